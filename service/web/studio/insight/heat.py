"""Figures as heat on a diagram: for each view which elements, how strong, and in which words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from flask_babel import gettext as _

from service.operations.studio.insight.figures import Insight
from service.web.studio.insight import words

LEVELS = 5
VIEWS = ("wachtend", "doorlooptijd", "te_laat", "paden")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One element."""

    element_id: str
    level: int
    """From 1, the least, to 5; 0 is what never happened."""
    text: str
    told: str
    """The same in the legend, where texts must be alike."""


@dataclass(frozen=True, kw_only=True)
class View:
    """One way to look at the diagram."""

    key: str
    label: str
    about: str
    unit: str
    """What the legend counts."""
    marks: tuple[Mark, ...]
    legend: tuple[tuple[int, str], ...]
    """Each level that is there, and what it stands for."""
    nothing: str
    """What to say when there is none."""

    def for_island(self) -> list[dict[str, Any]]:
        """What the script draws."""
        return [{"id": m.element_id, "level": m.level, "text": m.text} for m in self.marks]


@dataclass(frozen=True, kw_only=True)
class _Point:
    element_id: str
    value: float
    text: str
    told: str = ""
    """In the legend; ``text`` without it."""


Scale = Callable[[float, Sequence[float]], int]


def views(insight: Insight) -> tuple[View, ...]:
    """The four views, in the order of their buttons."""
    return (
        _view(
            "wachtend",
            _("Wachtend"),
            _("Hoeveel zaken op dit moment bij een stap staan."),
            _("Aantal zaken"),
            _waiting(insight),
            _by_share,
            _("Op dit moment wacht er niets."),
        ),
        _view(
            "doorlooptijd",
            _("Doorlooptijd"),
            _(
                "Hoe lang een stap duurde: de helft was sneller klaar, de helft later. De kleur "
                "telt dag en nacht."
            ),
            _("Helft binnen"),
            _times(insight),
            _by_rank,
        ),
        _view(
            "te_laat",
            _("Te laat"),
            _("Welk deel van de taken na de normtijd is afgerond."),
            _("Te laat"),
            _late(insight),
            _by_fifths,
        ),
        _view(
            "paden",
            _("Paden"),
            _("Hoe vaak een pad is genomen; hoe dikker de lijn, hoe vaker."),
            _("Aantal keer"),
            _paths(insight),
            _by_share,
        ),
    )


def _view(
    key: str,
    label: str,
    about: str,
    unit: str,
    points: Iterable[_Point],
    scale: Scale,
    nothing: str = "",
) -> View:
    found = sorted(points, key=lambda point: point.value)
    values = [point.value for point in found]
    marks = [
        Mark(
            element_id=point.element_id,
            level=scale(point.value, values),
            text=point.text,
            told=point.told or point.text,
        )
        for point in found
    ]
    return View(
        key=key,
        label=label,
        about=about,
        unit=unit,
        marks=tuple(marks),
        legend=tuple(_legend(marks)),
        nothing=nothing or _("Niets te tonen in deze periode."),
    )


def _legend(marks: Sequence[Mark]) -> Iterator[tuple[int, str]]:
    """The least and the most of each level; marks come in order."""
    for level in range(LEVELS + 1):
        texts = [mark.told for mark in marks if mark.level == level]
        if texts:
            yield level, texts[0] if texts[0] == texts[-1] else f"{texts[0]} – {texts[-1]}"


def _waiting(insight: Insight) -> Iterator[_Point]:
    for step in insight.steps:
        if step.waiting != 0:
            yield _Point(
                element_id=step.element_id,
                value=step.waiting or 1,
                text=words.counted(step.waiting, insight),
            )


def _times(insight: Insight) -> Iterator[_Point]:
    for step in insight.steps:
        if step.median_hours is not None:
            yield _Point(
                element_id=step.element_id,
                value=step.median_hours,
                text=words.length(step.median, step.unit),
                told=words.length(step.median_hours, "clock"),
            )


def _late(insight: Insight) -> Iterator[_Point]:
    for step in insight.steps:
        if step.late_share is not None:
            yield _Point(
                element_id=step.element_id, value=step.late_share, text=f"{step.late_share} %"
            )


def _paths(insight: Insight) -> Iterator[_Point]:
    for path in insight.paths:
        yield _Point(
            element_id=path.element_id,
            value=1 if path.times is None else path.times,
            text=words.counted(path.times, insight),
        )


def _by_share(value: float, values: Sequence[float]) -> int:
    """Of the largest; 0 is what never happened."""
    return ceil(LEVELS * value / values[-1]) if value else 0


def _by_rank(value: float, values: Sequence[float]) -> int:
    """Among those that differ: one step that takes months would make all others look alike."""
    different = sorted(set(values))
    if len(different) == 1:
        return LEVELS
    return 1 + round((LEVELS - 1) * different.index(value) / (len(different) - 1))


def _by_fifths(value: float, values: Sequence[float]) -> int:  # noqa: ARG001 - as its neighbours
    return min(LEVELS, 1 + int(value) // 20)
