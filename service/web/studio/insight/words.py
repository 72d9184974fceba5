"""Counts, lengths of time and norm times in words."""

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from service.domain.working_days import Unit, norm_parts
from service.operations.studio.insight.figures import Insight, StepFigures

NOTHING = "–"


def counted(count: int | None, insight: Insight) -> str:
    """A count, or that it is too small to show."""
    return few(insight) if count is None else str(count)


def few(insight: Insight) -> str:
    """What stands for a count that is hidden."""
    return f"<{insight.threshold}"


def number(value: float) -> str:
    """At most one figure behind the comma."""
    return str(format_decimal(round(value, 1), format="0.#"))


def length(value: float | None, unit: Unit) -> str:
    """A length of time: working days, working hours, or hours of the clock in a fitting unit."""
    if value is None:
        return NOTHING
    if unit == "wd":
        return _plural(value, _("werkdag"), _("werkdagen"))
    if unit == "wu":
        return _plural(value, _("werkuur"), _("werkuren"))
    if value < 1:
        return str(_("%(n)s min", n=round(value * 60)) if value >= 1 / 60 else _("< 1 min"))
    if value < 48:
        return str(_("%(n)s uur", n=number(value)))
    return _plural(value / 24, _("dag"), _("dagen"))


def took(step: StepFigures, value: float | None, insight: Insight) -> str:
    """How long a step took, if it was done, if that is known, and as far as it may be shown."""
    if step.done is None or step.timed is None:
        return few(insight)
    return str(_("onbekend")) if step.done and not step.timed else length(value, step.unit)


def norms(step: StepFigures) -> str:
    """The norm times of a step."""
    return str(_(" of ")).join(_norm(norm) for norm in step.norms) or NOTHING


def late(step: StepFigures, insight: Insight) -> str:
    """How many were late, of how many, as far as that may be shown."""
    if step.done is None:
        return few(insight)
    if step.with_norm == 0:
        return NOTHING
    told = _(
        "%(late)s van %(all)s",
        late=counted(step.late, insight),
        all=counted(step.with_norm, insight),
    )
    share = "" if step.late_share is None else f" ({step.late_share} %)"
    return f"{told}{share}"


def kind(tag: str) -> str:
    """What an element is."""
    known = {
        "userTask": _("taak"),
        "receiveTask": _("wacht op bericht"),
        "eventBasedGateway": _("wacht op wat het eerst gebeurt"),
        "callActivity": _("ander proces"),
        "subProcess": _("deelproces"),
        "transaction": _("deelproces"),
        "startEvent": _("begin"),
        "endEvent": _("einde"),
        "boundaryEvent": _("gebeurtenis"),
        "intermediateCatchEvent": _("wachten"),
        "serviceTask": _("automatische stap"),
        "sendTask": _("automatische stap"),
    }
    return str(known.get(tag, ""))


def _norm(norm: str) -> str:
    parts = norm_parts(norm)
    told = {
        "wd": ngettext("%(num)s werkdag", "%(num)s werkdagen", parts.get("wd", 0)),
        "wu": ngettext("%(num)s werkuur", "%(num)s werkuren", parts.get("wu", 0)),
        "weeks": ngettext("%(num)s week", "%(num)s weken", parts.get("weeks", 0)),
        "days": ngettext("%(num)s dag", "%(num)s dagen", parts.get("days", 0)),
        "hours": _("%(num)s uur", num=parts.get("hours", 0)),
        "minutes": ngettext("%(num)s minuut", "%(num)s minuten", parts.get("minutes", 0)),
    }
    return " ".join(told[name] for name in parts)


def _plural(value: float, one: str, many: str) -> str:
    """Up to one it is the singular: 0,5 werkdag."""
    return f"{number(value)} {one if 0 < round(value, 1) <= 1 else many}"
