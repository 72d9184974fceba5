"""Makes the aggregated report over a period, and keeps what was released of it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import insert

from service.domain.errors import Incident
from service.operations.figures.earlier import earlier_report, last_day_reported
from service.operations.figures.labels import labels_of
from service.operations.figures.period import Period
from service.operations.figures.report import make_report
from service.operations.figures.rule import rule_of
from service.operations.figures.words import report_text
from service.operations.service_tasks.handler import Work, context
from service.storage import Report

KINDS = {"rapportage": "Rapportage mensenhandel", "monitor": "Regionale monitor mensenhandel"}
"""What can be reported, by ``periode.soort``."""
KEPT = ("tabellen", "kengetallen", "drempel", "tekst")
"""What is kept of a report, and drawn again later."""


def make(work: Work) -> Mapping[str, Any]:
    """Sets ``rapportage``: title, kind, period, text and figures, small numbers hidden.

    The period begins where the last released report of its kind ended, so that no day is
    counted twice or forgotten.
    """
    kind = _kind(work)
    instance = work.case.instance
    period = _period(work, kind)
    rule = rule_of(work.variables.get("kleine_aantallen"))
    published = work.case.published
    report = make_report(
        work.session,
        municipality=instance.municipality,
        period=period,
        rule=rule,
        labels=labels_of(published),
        settings=published.profile.settings,
        earlier=earlier_report(work.session, instance.municipality, kind, period),
    )
    title = f"{KINDS[kind]}, {published.profile.name}"
    return {
        "rapportage": {
            "soort": kind,
            "titel": title,
            "van": period.first,
            "tot": period.until,
            "tekst": report_text(report, title=title, period=period, rule=rule),
            **report,
        }
    }


def keep(work: Work) -> Mapping[str, Any]:
    """Keeps the released report, to compare the next one with; sets ``archivering.kenmerk``."""
    report = context(work.variables, "rapportage")
    if report.get("soort") not in KINDS:
        raise Incident("Er is geen rapportage om te bewaren; laat eerst de cijfers maken.")
    instance = work.case.instance
    work.session.execute(
        insert(Report),
        {
            "id": uuid4(),
            "municipality": instance.municipality,
            "kind": report["soort"],
            "period_from": report["van"],
            "period_to": report["tot"],
            "title": str(report["titel"])[:200],
            "content": _plain({key: report[key] for key in KEPT}),
            "released_at": work.now,
            "made_in": instance.id,
        },
    )
    return {"archivering": {"kenmerk": instance.reference}}


def _kind(work: Work) -> str:
    kind = context(work.variables, "periode").get("soort")
    if kind not in KINDS:
        raise Incident(f"periode.soort is {kind!r}; het diagram moet {' of '.join(KINDS)} geven.")
    return str(kind)


def _period(work: Work, kind: str) -> Period:
    asked = context(work.variables, "periode")
    first, until = asked.get("van"), asked.get("tot")
    if type(first) is not date or type(until) is not date:
        raise Incident("Het diagram geeft geen periode: periode.van en periode.tot zijn datums.")
    before = last_day_reported(work.session, work.case.instance.municipality, kind)
    return Period(first=before if before and before < until else first, until=until)


def _plain(value: Any) -> Any:
    """FEEL values as JSON has them."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, Decimal) else value
