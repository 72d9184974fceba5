"""The FEEL conditions of a form: compiled once, and never able to break a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.errors import ExpressionError
from service.feel import Environment, Expression, compile_expression


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """One ``=FEEL`` expression of a form."""

    source: str
    """With the leading ``=``, as it stands in the JSON."""
    expression: Expression

    def value(self, scope: Mapping[str, Any], env: Environment) -> Any:
        """What the expression gives; null when it cannot be evaluated."""
        try:
            return self.expression.evaluate(scope, env).value
        except ExpressionError:
            return None

    def holds(self, scope: Mapping[str, Any], env: Environment) -> bool:
        """Whether the expression is true; null is not true."""
        return self.value(scope, env) is True

    def fails(self, scope: Mapping[str, Any], env: Environment) -> bool:
        """Whether the expression is false; null is not false."""
        return self.value(scope, env) is False


def compile_rule(source: str) -> Rule:
    """A rule from ``=FEEL``.

    Raises:
        ExpressionError: without a leading ``=``, or when the rest is not FEEL.
    """
    if not source.startswith("="):
        raise ExpressionError('Een voorwaarde begint met "=".', expression=source, position=0)
    return Rule(source=source, expression=compile_expression(source[1:]))
