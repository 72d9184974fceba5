"""The state of one evaluation: what was decided already, what went wrong, what it has cost."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from service.feel import Environment
from service.feel import Run as Evaluation
from service.feel.run import Spot

DEPTH = 10
"""Levels that a function or a required decision counts for in FEEL, which allows 300."""

Scope = Mapping[str, Any]


class Run:
    """One decision under way; all its expressions share one budget and one list of remarks."""

    __slots__ = ("evaluation", "matched", "memo")

    def __init__(self, env: Environment) -> None:
        self.evaluation = Evaluation(env)
        self.matched: list[str] = []
        self.memo: dict[tuple[str, str], Any] = {}
        """Values of requirements by namespace and id: each is evaluated at most once."""

    def note(self, message: str, *, expression: str = "") -> None:
        """Remember why something became null."""
        self.evaluation.note(Spot(expression, 0), message)

    def spend(self, steps: int = 1) -> None:
        """Use up a part of the budget.

        Raises:
            ExpressionError: nothing is left.
        """
        self.evaluation.spend(steps)

    def enter(self) -> None:
        """Go into a requirement; ``leave`` it again.

        Raises:
            ExpressionError: requirements and functions are nested too deep.
        """
        self.evaluation.spend(1)
        self.evaluation.enter(DEPTH)

    def leave(self) -> None:
        """Come back out of a requirement."""
        self.evaluation.depth -= DEPTH

    def within(self, memo: dict[tuple[str, str], Any]) -> "Run":
        """The same run with other values for requirements, as inside a decision service."""
        inner = Run.__new__(Run)
        inner.evaluation, inner.matched, inner.memo = self.evaluation, self.matched, memo
        return inner


class RequirementScope(Scope):
    """What a decision can read: its requirements, evaluated when first read, over the case.

    Nothing of the case is copied.
    """

    __slots__ = ("_base", "_members", "_run")

    def __init__(self, base: Scope, members: Mapping[str, "Member"], run: Run) -> None:
        self._base = base
        self._members = members
        self._run = run

    def __getitem__(self, name: str) -> Any:
        member = self._members.get(name)
        return self._base[name] if member is None else member(self._base, self._run)

    def __contains__(self, name: object) -> bool:
        return name in self._members or name in self._base

    def __iter__(self) -> Iterator[str]:
        yield from self._members
        yield from (name for name in self._base if name not in self._members)

    def __len__(self) -> int:
        return sum(1 for _ in self)


Member = Callable[[Scope, Run], Any]
"""The value of a requirement, given the case and the run."""
Evaluator = Callable[[Scope, Run], Any]
"""A compiled boxed expression."""
Tester = Callable[[Any, Scope, Run], bool | None]
"""Compiled unary tests: does the value match (``None``: unknown, so it does not)."""
