"""Cells, and whether they hold for a value, as the table itself would say."""

from typing import Any, Final

from service.dmn.compiling import Compiling
from service.domain.errors import ExpressionError
from service.feel import compile_unary_tests

ANYTHING: Final = frozenset({"", "-"})
"""Cells that hold for every value."""


def holds(tests: str, value: Any, compiling: Compiling) -> bool:
    """Whether the unary tests hold for ``value``; broken ones never do."""
    if tests in ANYTHING:
        return True
    try:
        compiled = compile_unary_tests(tests, names=compiling.names)
    except ExpressionError:
        return False
    return compiled.matches(value, {}, compiling.env).value is True
