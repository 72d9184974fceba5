"""What was measured, against which goal, as a table and as JSON."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure; without a goal it is only reported."""

    name: str
    value: float
    unit: str = "×"
    goal: float | None = None
    """The most it may be."""
    how: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is met."""
        return None if self.goal is None else self.value <= self.goal


def median(values: Iterable[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def table(figures: Sequence[Figure]) -> str:
    """For a person."""
    lines = [f"{'':52}{'gemeten':>12}{'doel':>9}  "]
    for figure in figures:
        goal = "" if figure.goal is None else f"≤ {figure.goal:g}"
        verdict = {True: "gehaald", False: "NIET GEHAALD", None: ""}[figure.met]
        value = f"{figure.value:.2f} {figure.unit}"
        lines.append(f"{figure.name:52}{value:>12}{goal:>9}  {verdict:13}{figure.how}".rstrip())
    return "\n".join(lines)


def as_json(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """For a program."""
    return [{**asdict(figure), "met": figure.met} for figure in figures]
