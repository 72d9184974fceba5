"""The two things other rooms use: compiled expressions and compiled unary tests."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from service.domain.errors import ExpressionError
from service.feel.compile import compile_tests, compile_tree
from service.feel.free_names import free_names
from service.feel.limits import MAX_CACHED, MAX_RESULT, MAX_VALUE_DEPTH
from service.feel.nodes import Node, UnaryTestsOf
from service.feel.parse import parse_expression, parse_unary_tests
from service.feel.run import Diagnosis, Environment, Exceeded, Frame, Run, Spot
from service.feel.values import FeelValue, to_feel

_Built = TypeVar("_Built")
_TOO_DEEP = "De expressie roept zichzelf te diep aan."


@dataclass(frozen=True, slots=True)
class Result:
    """What an evaluation gave, and why parts of it gave null."""

    value: Any
    """A FEEL value."""
    diagnoses: tuple[Diagnosis, ...] = ()


class Expression:
    """A compiled expression: immutable, and safe to share between threads."""

    __slots__ = ("_code", "names", "source", "tree")

    def __init__(self, source: str, tree: Node, known: Collection[str]) -> None:
        self.source = source
        self.tree = tree
        self.names = free_names(tree)
        """The variables it reads from outside, as far as can be told without running it."""
        self._code = compile_tree(tree, source, known)

    def __repr__(self) -> str:
        return f"Expression({self.source!r})"

    def evaluate(self, scope: Mapping[str, Any], env: Environment) -> Result:
        """The value, or null with the reasons; never raises for what the expression does."""
        return _evaluate(self.source, lambda run: self.evaluate_in(run, scope), env)

    def evaluate_in(self, run: Run, scope: Mapping[str, Any]) -> FeelValue:
        """The value, on the budget of an evaluation that is already under way.

        Raises:
            ExpressionError: a bound was reached.
        """
        value: FeelValue = self._code(Frame(run, scope))
        return value

    def value(self, scope: Mapping[str, Any], env: Environment) -> FeelValue:
        """The value of an expression that should have one.

        Raises:
            ExpressionError: the value is null because something went wrong (not merely because
                a variable or entry is null), or a bound was reached.
        """
        value: FeelValue = _value(self.evaluate(scope, env))
        return value


class UnaryTests:
    """The compiled cell of a decision table."""

    __slots__ = ("_matcher", "names", "source", "tree")

    def __init__(self, source: str, tree: UnaryTestsOf, known: Collection[str]) -> None:
        self.source = source
        self.tree = tree
        self.names = free_names(tree) - {"?"}
        self._matcher = compile_tests(tree, source, known)

    def __repr__(self) -> str:
        return f"UnaryTests({self.source!r})"

    def matches(self, value: Any, scope: Mapping[str, Any], env: Environment) -> Result:
        """Whether ``value``, from Python or FEEL, passes: true, false, or null with the reasons."""
        return _evaluate(self.source, lambda run: self.matches_in(run, to_feel(value), scope), env)

    def matches_in(self, run: Run, value: FeelValue, scope: Mapping[str, Any]) -> bool | None:
        """As :meth:`matches`, on the budget of an evaluation that is already under way.

        Raises:
            ExpressionError: a bound was reached.
        """
        return self._matcher(Frame(run, {"?": value}, Frame(run, scope)), value)


def compile_expression(source: str, *, names: Collection[str] = ()) -> Expression:
    """Compile FEEL, written without a leading ``=``; equal calls give the same object.

    Raises:
        ExpressionError: it is no FEEL; ``position`` tells where.
    """
    build = _expression if len(source) <= MAX_CACHED else _expression.__wrapped__
    return build(source, frozenset(names))


def compile_unary_tests(source: str, *, names: Collection[str] = ()) -> UnaryTests:
    """Compile a cell of a decision table; equal calls give the same object.

    Raises:
        ExpressionError: it is no FEEL; ``position`` tells where.
    """
    build = _unary_tests if len(source) <= MAX_CACHED else _unary_tests.__wrapped__
    return build(source, frozenset(names))


@lru_cache(maxsize=2048)
def _expression(source: str, names: frozenset[str]) -> Expression:
    return _guarded(source, lambda: Expression(source, parse_expression(source, names), names))


@lru_cache(maxsize=2048)
def _unary_tests(source: str, names: frozenset[str]) -> UnaryTests:
    return _guarded(source, lambda: UnaryTests(source, parse_unary_tests(source, names), names))


def _guarded(source: str, build: Callable[[], _Built]) -> _Built:
    try:
        return build()
    except RecursionError as error:  # the caller itself is already very deep
        raise ExpressionError(_TOO_DEEP, expression=source, position=0) from error


def _evaluate(source: str, code: Callable[[Run], Any], env: Environment) -> Result:
    run = Run(env)
    try:
        value = code(run)
        if isinstance(value, list | dict):
            _weigh(value)
    except (ExpressionError, RecursionError) as error:
        reason = _TOO_DEEP if isinstance(error, RecursionError) else str(error)
        run.diagnoses = run.diagnoses[-10:]
        run.note(Spot(source, 0), reason)
        value = None
    return Result(value, tuple(run.diagnoses))


def _value(result: Result) -> Any:
    if result.value is None:
        before = ""
        for diagnosis in result.diagnoses:
            if not diagnosis.minor:
                raise ExpressionError(
                    f"{before}{diagnosis.message} (in: {_short(diagnosis.expression)})",
                    expression=diagnosis.expression,
                    position=diagnosis.position,
                )
            before = f"{diagnosis.message} "
    return result.value


def _short(source: str) -> str:
    return source if len(source) <= 120 else f"{source[:119]}…"


def _weigh(value: Any) -> None:
    """Refuse a value that is small in memory but huge once written out."""
    count, waiting = 0, [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        inside = item.values() if isinstance(item, dict) else item
        count += len(item) + 1
        if count > MAX_RESULT or depth > MAX_VALUE_DEPTH:
            raise Exceeded("De uitkomst is te groot of te diep genest.")
        waiting += [(part, depth + 1) for part in inside if isinstance(part, list | dict)]
