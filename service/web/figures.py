"""Figures: the reports that were released, and how this year stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.operations.figures.words import in_words, what_is_hidden
from service.operations.released_reports import (
    Figures,
    figures_so_far,
    released_report,
    released_reports,
)
from service.operations.studio.insight.show import has_insight
from service.web.frame import render
from service.web.request import STAFF, access, application, now, staff, transaction

figures = Blueprint("figures", __name__, url_prefix="/cijfers")


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One line of a table; ``share`` is the length of its bar, in hundredths of the longest."""

    label: str
    value: str
    share: int


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A table with bars."""

    key: str
    title: str
    about: str
    bars: Sequence[Bar]


@figures.get("")
@access(STAFF)
def index() -> ResponseReturnValue:
    """How this year stands, for who coordinates; and what was released."""
    with transaction() as session:
        actor, parts = staff(session), application().collaborators
        lines = released_reports(session, parts, actor=actor)
        so_far = figures_so_far(session, parts, actor=actor, now=now())
        return render(
            session,
            actor,
            "cijfers.html",
            page="figures",
            has_insight=has_insight(session, parts, actor=actor),
            reports=[(line, _last_day(line.period.until)) for line in lines],
            **_drawn(so_far),
        )


@figures.get("/<uuid:report_id>")
@access(STAFF)
def show(report_id: UUID) -> ResponseReturnValue:
    """One released report."""
    with transaction() as session:
        actor = staff(session)
        found = released_report(
            session, application().collaborators, report_id=report_id, actor=actor
        )
        return render(session, actor, "rapportage.html", page="figures", **_drawn(found))


def _drawn(shown: Figures | None) -> dict[str, Any]:
    if shown is None:
        return {"shown": None}
    threshold = int(shown.content["drempel"])
    return {
        "shown": shown,
        "last_day": _last_day(shown.period.until),
        "charts": [_chart(table, threshold) for table in shown.content["tabellen"]],
        "key_figures": shown.content["kengetallen"],
        "legend": what_is_hidden(threshold),
    }


def _chart(table: Mapping[str, Any], threshold: int) -> Chart:
    rows = table["regels"]
    longest = max((row["aantal"] or 0 for row in rows), default=0)
    return Chart(
        key=table["tabel"].replace(".", "-"),
        title=table["titel"],
        about=_about(table, threshold),
        bars=[
            Bar(
                label=row["wat"],
                value=in_words(row["aantal"], threshold),
                share=round(100 * (row["aantal"] or 0) / longest) if longest else 0,
            )
            for row in rows
        ],
    )


def _about(table: Mapping[str, Any], threshold: int) -> str:
    if not table["telt_op"]:
        return str(_("Een signaal kan vaker meetellen."))
    return str(_("Totaal: %(total)s", total=in_words(table["totaal"], threshold)))


def _last_day(until: date) -> date:
    return until - timedelta(days=1)
