"""The state of one evaluation: what was decided already, what went wrong, what it has cost."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.domain.errors import ExpressionError
from service.feel import Diagnosis, Environment

MAX_CALLS = 20_000
"""Function calls and iterations in one decision, over all its requirements."""
MAX_DEPTH = 24
"""Functions and decisions inside one another."""
MAX_DIAGNOSES = 100

Scope = Mapping[str, Any]


@dataclass
class Budget:
    """Counts the work of one evaluation, shared by everything that it calls."""

    calls: int = 0
    depth: int = 0

    def spend(self, what: str) -> None:
        """Count one call or iteration.

        Raises:
            ExpressionError: the bound is reached.
        """
        self.calls += 1
        if self.calls > MAX_CALLS:
            raise ExpressionError(
                f"{what}: meer dan {MAX_CALLS} aanroepen; maak de tabel of de functie eenvoudiger.",
                expression=what,
            )

    def enter(self, what: str) -> None:
        """Count one level deeper; ``leave`` it again.

        Raises:
            ExpressionError: functions call one another more than ``MAX_DEPTH`` deep.
        """
        self.spend(what)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(
                f"{what}: functies roepen elkaar meer dan {MAX_DEPTH} niveaus diep aan.",
                expression=what,
            )

    def leave(self) -> None:
        """One level up."""
        self.depth -= 1


@dataclass(slots=True)
class Run:
    """One evaluation of one decision."""

    env: Environment
    diagnoses: list[Diagnosis] = field(default_factory=list)
    matched: list[str] = field(default_factory=list)
    memo: dict[str, Any] = field(default_factory=dict)
    """Values of requirements by id: each is evaluated at most once."""
    budget: Budget = field(default_factory=Budget)

    def note(self, message: str, *, expression: str = "") -> None:
        """Remember why something became null."""
        self.add([Diagnosis(expression=expression, position=0, message=message)])

    def add(self, diagnoses: Iterator[Diagnosis] | list[Diagnosis] | tuple[Diagnosis, ...]) -> None:
        """Remember what FEEL has to say."""
        room = MAX_DIAGNOSES - len(self.diagnoses)
        self.diagnoses.extend(list(diagnoses)[:room])

    def within(self, memo: dict[str, Any]) -> "Run":
        """A run with other values for requirements, as inside a decision service."""
        return Run(
            env=self.env,
            diagnoses=self.diagnoses,
            matched=self.matched,
            memo=memo,
            budget=self.budget,
        )


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
