"""The same figures as tables that can be sorted by links."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from service.operations.studio.insight.figures import FLOW, Insight, PathFigures, StepFigures
from service.web.inbox import page_url
from service.web.studio.insight import words

UP, DOWN = "op", "af"


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The head of a column."""

    label: str
    url: str
    direction: str
    """``ascending`` or ``descending`` for the column by which the rows lie, else empty."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One figure."""

    text: str
    sub: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line; ``sub`` says what kind of thing it is."""

    name: str
    sub: str
    url: str = ""
    """Of the insight in what it runs."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of one kind of elements."""

    headings: tuple[Heading, ...]
    """That of the name first."""
    rows: tuple[Row, ...]
    more: tuple[Row, ...] = ()
    """What tells less: ways on where there is no choice."""
    idle: tuple[str, ...]
    """The names of what nothing happened to."""


@dataclass(frozen=True, kw_only=True)
class Sorting:
    """By which column, and in which direction."""

    column: str
    direction: str


Key = Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True)
class _Column:
    id: str
    label: str
    key: Key


def step_table(insight: Insight, steps: Iterable[StepFigures], sorting: Sorting) -> Table:
    """Steps; as they stand in the diagram unless a column is chosen."""
    columns = (
        _Column(id="stap", label=_("Stap"), key=lambda step: step.name.casefold()),
        _Column(id="wachtend", label=_("Wacht nu"), key=lambda step: _least(step.waiting)),
        _Column(id="afgerond", label=_("Afgerond"), key=lambda step: _least(step.done)),
        _Column(id="mediaan", label=_("Helft binnen"), key=lambda s: _least(s.median_hours)),
        _Column(id="p90", label=_("9 van de 10 binnen"), key=lambda s: _least(s.p90_hours)),
        _Column(id="norm", label=_("Normtijd"), key=words.norms),
        _Column(id="te_laat", label=_("Te laat"), key=lambda step: _least(step.late_share)),
    )
    found = _sorted(steps, columns, sorting)
    return Table(
        headings=_headings(columns, sorting),
        rows=tuple(_step(step, insight) for step in found if _is_busy(step)),
        idle=tuple(step.name for step in found if not _is_busy(step)),
    )


def path_table(insight: Insight, paths: Iterable[PathFigures], sorting: Sorting) -> Table:
    """Paths; choices first, then as they stand in the diagram, unless a column is chosen."""
    columns = (
        _Column(id="pad", label=_("Pad"), key=lambda path: _path_name(path).casefold()),
        _Column(id="keer", label=_("Keer"), key=lambda path: _least(path.times)),
        _Column(id="zaken", label=_("Zaken"), key=lambda path: _least(path.cases)),
        _Column(id="aandeel", label=_("Aandeel"), key=lambda path: _least(path.share)),
    )
    found = _sorted(_by_choice(paths), columns, sorting)
    return Table(
        headings=_headings(columns, sorting),
        rows=tuple(_path(path, insight) for path in found if path.times != 0 and _tells(path)),
        more=tuple(_path(path, insight) for path in found if path.times != 0 and not _tells(path)),
        idle=tuple(_path_name(path) for path in found if path.times == 0),
    )


def _by_choice(paths: Iterable[PathFigures]) -> list[PathFigures]:
    """The ways of each choice together, then the rest."""
    found = list(paths)
    order = {path.source: number for number, path in enumerate(reversed(found))}
    return sorted(found, key=lambda path: (not path.choice, path.choice and -order[path.source]))


def _tells(path: PathFigures) -> bool:
    return path.choice or path.type != FLOW


def _is_busy(step: StepFigures) -> bool:
    return step.waiting != 0 or step.done != 0


def _headings(columns: Sequence[_Column], sorting: Sorting) -> tuple[Heading, ...]:
    first = {"stap": UP, "pad": UP}
    return tuple(
        Heading(
            label=column.label,
            url=page_url(
                sorteer=column.id,
                richting=_turned(sorting.direction)
                if column.id == sorting.column
                else first.get(column.id, DOWN),
            ),
            direction=_ARIA[sorting.direction] if column.id == sorting.column else "",
        )
        for column in columns
    )


_ARIA: Mapping[str, str] = {UP: "ascending", DOWN: "descending"}


def _turned(direction: str) -> str:
    return UP if direction == DOWN else DOWN


def _sorted(rows: Iterable[Any], columns: Sequence[_Column], sorting: Sorting) -> list[Any]:
    chosen = next((column for column in columns if column.id == sorting.column), None)
    if chosen is None:
        return list(rows)
    return sorted(rows, key=chosen.key, reverse=sorting.direction == DOWN)


def _least(value: float | None) -> float:
    """What is hidden or absent lies below everything."""
    return -1 if value is None else value


def _step(step: StepFigures, insight: Insight) -> Row:
    return Row(
        name=step.name,
        sub=words.kind(step.type),
        url=called_url(step, insight),
        cells=(
            _waiting(step, insight),
            Cell(text=words.counted(step.done, insight)),
            Cell(text=words.took(step, step.median, insight), sub=_timed(step)),
            Cell(text=words.took(step, step.p90, insight)),
            Cell(text=words.norms(step)),
            Cell(text=words.late(step, insight)),
        ),
    )


def called_url(step: StepFigures, insight: Insight) -> str:
    """Where to see how the process runs that a step calls, if that is still published."""
    newest, _ = insight.publications[0]
    if step.called is None or insight.publication != newest or step not in insight.steps:
        return ""
    return url_for(
        "studio_insight.show",
        process_id=step.called,
        van=insight.period.first.isoformat(),
        tot=(insight.period.until - timedelta(days=1)).isoformat(),
    )


def _timed(step: StepFigures) -> str:
    """Of how many the time is known, when that is not all."""
    partly = step.timed and step.timed != step.done
    return str(_("bekend van %(n)s", n=step.timed)) if partly else ""


def _waiting(step: StepFigures, insight: Insight) -> Cell:
    late = ""
    if step.waiting_late != 0:
        late = str(_("%(n)s te laat", n=words.counted(step.waiting_late, insight)))
    to_look_up = insight.sees_cases and step.waiting != 0 and step.type == "userTask"
    place = f"{insight.process_id}:{step.element_id}"
    return Cell(
        text=words.counted(step.waiting, insight),
        sub=late,
        url=url_for("case.index", stap=place) if to_look_up else "",
    )


def _path(path: PathFigures, insight: Insight) -> Row:
    return Row(
        name=_path_name(path),
        sub=words.kind(path.type),
        cells=(
            Cell(text=words.counted(path.times, insight)),
            Cell(text=words.counted(path.cases, insight)),
            Cell(text=words.NOTHING if path.share is None else f"{path.share} %"),
        ),
    )


def _path_name(path: PathFigures) -> str:
    if path.type != FLOW:
        return path.name
    return f"{path.source} {path.name}".strip() + f" → {path.target}"
