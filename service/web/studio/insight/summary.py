"""The answers at a glance: where cases wait, what was late, and which way they go."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from flask_babel import gettext as _
from flask_babel import ngettext

from service.operations.studio.insight.figures import Insight, PathFigures, StepFigures
from service.web.studio.insight import words
from service.web.studio.insight.tables import called_url

_MOST = 3
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A question, and the few places that answer it, the first of them the most."""

    question: str
    places: tuple["Place", ...]
    nothing: str
    """What to say when there are none."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A step or choice, and its figures in words."""

    name: str
    figures: str
    url: str = ""
    """Of the insight in the process that runs there."""


def summary(insight: Insight) -> tuple[Answer, ...]:
    """Of what may be shown: what is hidden stands in no list, and changes no order."""
    steps, paths = insight.steps, insight.paths
    waiting, late = _most(steps, lambda step: step.waiting), _most(steps, lambda step: step.late)
    return (
        Answer(
            question=_("Waar wachten zaken nu?"),
            places=tuple(_waiting(step, insight) for step in waiting),
            nothing=_nothing((step.waiting for step in steps), _("Er wacht nu niets.")),
        ),
        Answer(
            question=_("Wat was te laat klaar?"),
            places=tuple(Place(name=s.name, figures=words.late(s, insight)) for s in late),
            nothing=_nothing((step.late for step in steps), _("In deze periode niets.")),
        ),
        Answer(
            question=_("Welke kant gaan zaken op?"),
            places=tuple(
                Place(name=name, figures=_ways(ways, insight)) for name, ways in _choices(paths)
            ),
            nothing=_nothing(
                (path.times for path in paths), _("In deze periode is er niets gekozen.")
            ),
        ),
    )


def _most(things: Iterable[_Thing], count: Callable[[_Thing], int | None]) -> list[_Thing]:
    """The first few of those that happened, the most frequent first."""
    found = [(count(thing) or 0, thing) for thing in things]
    ordered = sorted(found, key=lambda one: one[0], reverse=True)
    return [thing for times, thing in ordered[:_MOST] if times]


def _nothing(counts: Iterable[int | None], text: str) -> str:
    return str(_("De aantallen zijn te klein om te tonen.")) if None in counts else text


def _waiting(step: StepFigures, insight: Insight) -> Place:
    told = str(ngettext("%(num)s zaak", "%(num)s zaken", step.waiting or 0))
    if step.waiting_late != 0:
        late = words.counted(step.waiting_late, insight)
        told = str(_("%(cases)s, %(n)s te laat", cases=told, n=late))
    return Place(name=step.name, figures=told, url=called_url(step, insight))


def _choices(paths: Iterable[PathFigures]) -> list[tuple[str, list[PathFigures]]]:
    """The choices that were made most often, each with its ways on, the busiest first."""
    found: defaultdict[str, list[PathFigures]] = defaultdict(list)
    for path in paths:
        if path.choice:
            found[path.source].append(path)
    busiest = _most(found.items(), lambda one: sum(path.times or 0 for path in one[1]))
    return [(name, sorted(ways, key=lambda p: -(p.times or 0))) for name, ways in busiest]


def _ways(ways: Iterable[PathFigures], insight: Insight) -> str:
    return ", ".join(f"{path.name or path.target} {_share(path, insight)}" for path in ways)


def _share(path: PathFigures, insight: Insight) -> str:
    if path.share is None:
        return str(_("%(n)s keer", n=words.counted(path.times, insight)))
    return f"{path.share} %"
