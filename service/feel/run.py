"""One evaluation under way: its surroundings, its budget, its remarks, its variables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from service.domain.errors import ExpressionError
from service.domain.working_days import AMSTERDAM, WorkingCalendar
from service.feel.limits import (
    CHARS_PER_STEP,
    MAX_CALL_DEPTH,
    MAX_DIAGNOSES,
    MAX_STEPS,
    MAX_STRING,
)

MISSING: Final = object()
_NOTE: Final = 2
_SHOWN: Final = 60
_NO_YEARS: Final[frozenset[int]] = frozenset()
_NO_PATTERNS: Final[dict[tuple[str, str], Any]] = {}
"""Shared by all evaluations without patterns, and never filled."""


class Problem(Exception):
    """An operation has no answer; the result is null and the message tells why, in Dutch."""


class Exceeded(ExpressionError):
    """A bound was reached; the whole evaluation stops."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Environment:
    """What an expression can know besides its variables."""

    now: datetime
    """The moment of evaluation, aware."""
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    zone: ZoneInfo = AMSTERDAM
    """Where dates and times without a zone are."""
    budget: int = MAX_STEPS
    types: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict, hash=False)
    """Types that the decision model defines: whether a value is of the type."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Why a part of an expression gave null."""

    expression: str
    position: int
    message: str
    """One Dutch sentence."""
    minor: bool = False
    """A variable or entry that is simply not there: worth telling, no failure by itself."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a source, made once when it is compiled."""

    source: str
    at: int


class Run:
    """The mutable part of one evaluation; shared by every expression that takes part in it."""

    __slots__ = ("depth", "diagnoses", "env", "left", "patterns", "taken", "years")

    def __init__(self, env: Environment) -> None:
        self.env = env
        self.left = env.budget
        self.depth = 0
        self.diagnoses: list[Diagnosis] = []
        self.taken: dict[int, tuple[Any, Any]] = {}
        """Containers from outside and their copies, by the identity of the first."""
        self.patterns: dict[tuple[str, str], Any] = _NO_PATTERNS
        """Regular expressions that were compiled and paid for."""
        self.years = _NO_YEARS
        """Years of which the calendar has been asked and paid for."""

    def spend(self, steps: int) -> None:
        """Use up a part of the budget.

        Raises:
            Exceeded: there is nothing left.
        """
        self.left -= steps
        if self.left < 0:
            raise Exceeded(
                f"De expressie kost meer dan {self.env.budget} stappen en is gestopt; "
                "maak lijsten of herhalingen kleiner."
            )

    def spend_text(self, length: int) -> None:
        """Use up what a text of ``length`` characters costs.

        Raises:
            Exceeded: nothing is left, or no text may be that long.
        """
        if length > MAX_STRING:
            raise Exceeded(f"Een tekst wordt langer dan {MAX_STRING} tekens.")
        self.spend(length // CHARS_PER_STEP)

    def enter(self, depth: int) -> None:
        """Begin a call of a function whose body is ``depth`` levels deep."""
        self.depth += depth
        if self.depth > MAX_CALL_DEPTH:
            raise Exceeded("Functies roepen elkaar te diep aan.")

    def note(self, spot: Spot, message: str, *, minor: bool = False) -> Any:
        """Remember why something gives null; always returns that null."""
        self.left -= _NOTE
        if len(self.diagnoses) < MAX_DIAGNOSES:
            self.diagnoses.append(Diagnosis(spot.source, spot.at, message, minor))
        return None


def shown(text: str) -> str:
    """A name or text of a source between quotes, cut when it is long."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


class Frame:
    """Variables that can be seen at one place, and the frame around it."""

    __slots__ = ("around", "run", "variables")

    def __init__(
        self, run: Run, variables: Mapping[str, Any], around: "Frame | None" = None
    ) -> None:
        self.run = run
        self.variables = variables
        self.around = around
