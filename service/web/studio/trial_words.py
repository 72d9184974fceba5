"""The steps of a trial in Dutch sentences."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext, ngettext

from service.engine import ProcessInfo, Subscription
from service.operations.published import Published
from service.operations.scenario.script import DoTask, Expect, Step, Tell, Wait
from service.operations.studio.trial.begin import Start
from service.web import words


def _(text: str, **values: Any) -> str:
    return str(gettext(text, **values))


_SPAN = re.compile(r"(?P<days>\d+)wd|(?P<hours>\d+)wu|P(?P<d>\d+)D|PT(?P<h>\d+)H|P(?P<m>\d+)M")


def start_choices(process: ProcessInfo, starts: Sequence[Start]) -> list[tuple[str, str]]:
    """The value and the words of each way in which a process begins."""
    return [(f"{start.way}:{start.what}", _start(process, start)) for start in starts]


def step_sentence(step: Step | None, published: Published, *, first: bool) -> str:
    """What somebody did, or what happened."""
    match step:
        case None:
            return _("De zaak begint.")
        case DoTask():
            return _(
                "%(role)s rondt ‘%(task)s’ af.",
                role=role_name(step.role, published),
                task=task_name(step.task, published),
            )
        case Wait():
            return _("Wachten: %(span)s.", span=span_in_words(step.span))
        case Tell() if first:
            return _("De zaak begint door bericht ‘%(name)s’.", name=step.message)
        case Tell():
            return _("Bericht ‘%(name)s’ komt binnen.", name=step.message)
        case Expect():
            return _(
                "Controle: open staan %(tasks)s.",
                tasks=", ".join(task_name(key, published) for key in step.open) or _("geen taken"),
            )


def role_name(role: str, published: Published) -> str:
    """A role in words; one that left the profile by its id."""
    known = published.profile.roles.get(role)
    return known.name if known else role


def task_name(element_id: str, published: Published) -> str:
    """A task in words; one that left the diagrams by its id."""
    for process in published.bundle.processes.values():
        for step in process.steps:
            if step.element_id == element_id and step.type == "userTask":
                return step.label
    return element_id


def waiting_name(waiting: Subscription, published: Published) -> str:
    """What the diagram calls the place that waits, and the message for which it does."""
    steps = (step for info in published.bundle.processes.values() for step in info.steps)
    names = (step.name for step in steps if step.element_id == waiting.element_id)
    name = next(names, "")
    return f"{name} ({waiting.name})" if name else waiting.name


def span_in_words(span: str) -> str:
    """``2wd`` as people say it."""
    found = _SPAN.fullmatch(span)
    part = {name: int(count) for name, count in found.groupdict().items() if count} if found else {}
    match part:
        case {"days": count}:
            return str(ngettext("%(num)s werkdag", "%(num)s werkdagen", count))
        case {"hours": count}:
            return str(ngettext("%(num)s werkuur", "%(num)s werkuren", count))
        case {"d": count}:
            return str(ngettext("%(num)s dag", "%(num)s dagen", count))
        case {"h": count}:
            return str(_("%(num)s uur", num=count))
        case {"m": count}:
            return str(ngettext("%(num)s maand", "%(num)s maanden", count))
    return span


def in_words(value: Any) -> str:
    """A value of a case as people read it."""
    match value:
        case None | "" | []:
            return "–"
        case bool():
            return _("ja") if value else _("nee")
        case datetime():
            return words.moment(value)
        case date() | time():
            return value.isoformat()
        case list() | tuple():
            return "; ".join(in_words(one) for one in value)
        case Mapping():
            return ", ".join(f"{key}: {in_words(inner)}" for key, inner in value.items())
    return str(value)


def _start(process: ProcessInfo, start: Start) -> str:
    match start.way:
        case "message":
            return _("Door bericht ‘%(name)s’", name=start.what)
        case "signal":
            return _("Door signaal ‘%(name)s’", name=start.what)
        case "timer":
            names = {step.element_id: step.label for step in process.steps}
            return _("Op de klok: %(name)s", name=names.get(start.what, start.what))
    return _("Met de hand")
