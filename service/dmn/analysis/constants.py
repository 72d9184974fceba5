"""The fixed values that a cell compares with; nothing when it does more than comparing."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from service.domain.errors import ExpressionError
from service.feel import Environment, Run
from service.feel.compile import compile_tree
from service.feel.nodes import (
    AtLiteral,
    Between,
    Call,
    Chain,
    Compare,
    In,
    ListOf,
    Literal,
    Logic,
    Name,
    Negate,
    Node,
    RangeOf,
    Test,
    UnaryTestsOf,
    walk,
)
from service.feel.parse import parse_unary_tests
from service.feel.run import Frame
from service.feel.values import kind

_ORDERED = frozenset(
    {
        "number",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    }
)
_POINTS = _ORDERED | {"string", "boolean", "null"}
_MAKERS = frozenset({"date", "time", "date and time", "duration"})
_ENV = Environment(now=datetime(2000, 1, 1, tzinfo=UTC))


class _Unknown(Exception):
    """The cell is more than comparisons with fixed values."""


def constants_of(text: str) -> list[Any] | None:
    """The fixed values that the unary tests ``text`` compare with, in their order.

    Between two neighbours among them (and beyond the first and the last) the answer of the tests
    never changes. Nothing when that cannot be told.
    """
    try:
        tree = parse_unary_tests(text)
        return [value for test in tree.tests for value in _of_test(test)]
    except (ExpressionError, _Unknown):
        return None


def fixed_value(text: str) -> tuple[bool, Any]:
    """Whether an expression is a fixed value of a simple kind, and that value."""
    try:
        tree = parse_unary_tests(text)
        if len(tree.tests) != 1 or tree.negated:
            return False, None
        return True, _point(tree.tests[0])
    except (ExpressionError, _Unknown):
        return False, None


def _of_test(node: Node) -> Iterator[Any]:
    match node:
        case Test(sign=sign, operand=operand):
            yield _end(operand) if sign not in ("=", "!=") else _point(operand)
        case RangeOf(low=low, high=high):
            yield from (_end(low), _end(high))
        case ListOf(items=items):
            for item in items:
                yield from _of_test(item)
        case UnaryTestsOf(tests=tests):
            for test in tests:
                yield from _of_test(test)
        case Logic() | Compare() | Between() | In():
            yield from _of_condition(node)
        case Call(function=Name(name="not"), arguments=(argument,), names=()):
            yield from _of_condition(argument)
        case _:
            yield _point(node)


def _of_condition(node: Node) -> Iterator[Any]:
    """A condition about ``?``, the value itself."""
    match node:
        case Logic(operands=operands):
            for operand in operands:
                yield from _of_condition(operand)
        case Compare(sign=sign, left=Name(name="?"), right=other):
            yield _point(other) if sign in ("=", "!=") else _end(other)
        case Compare(sign=sign, left=other, right=Name(name="?")):
            yield _point(other) if sign in ("=", "!=") else _end(other)
        case Between(value=Name(name="?"), low=low, high=high):
            yield from (_end(low), _end(high))
        case In(value=Name(name="?"), tests=tests):
            for test in tests:
                yield from _of_test(test)
        case Call(function=Name(name="not"), arguments=(argument,), names=()):
            yield from _of_condition(argument)
        case _:
            raise _Unknown


def _end(node: Node) -> Any:
    """A fixed value that others lie before or after."""
    value = _point(node)
    if kind(value) not in _ORDERED:
        raise _Unknown
    return value


def _point(node: Node) -> Any:
    if not all(_is_fixed(part) for part, _ in walk(node)):
        raise _Unknown
    value = compile_tree(node, "")(Frame(Run(_ENV), {}))
    if kind(value) not in _POINTS or (value is None and not isinstance(node, Literal)):
        raise _Unknown
    return value


def _is_fixed(node: Node) -> bool:
    if isinstance(node, Name):
        return node.name in _MAKERS
    if isinstance(node, Call):
        return isinstance(node.function, Name) and node.function.name in _MAKERS
    return isinstance(node, Literal | AtLiteral | Negate | Chain)
