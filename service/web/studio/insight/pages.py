"""Insight: which processes there are, how one of them runs, and that as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import InvalidInput
from service.operations import rights
from service.operations.figures.period import (
    Period,
    last_quarter,
    last_twelve_months,
    this_month,
)
from service.operations.studio.insight.figures import Insight
from service.operations.studio.insight.show import processes_with_insight, show_insight
from service.web.frame import publication_of, render
from service.web.inbox import page_url
from service.web.request import STAFF, access, now, parts, staff, transaction
from service.web.studio.insight.file import as_csv
from service.web.studio.insight.heat import VIEWS, views
from service.web.studio.insight.summary import summary
from service.web.studio.insight.tables import DOWN, UP, Sorting, path_table, step_table

studio_insight = Blueprint("studio_insight", __name__, url_prefix="/studio/inzicht")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The period that somebody asked for, as typed."""

    period: Period
    first: str
    last: str
    errors: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A period to choose without typing."""

    label: str
    url: str
    shown: bool


@studio_insight.get("")
@access(STAFF)
def index() -> ResponseReturnValue:
    """The processes."""
    with transaction() as session:
        actor = staff(session)
        return render(
            session,
            actor,
            "studio/inzicht_processen.html",
            page=_place(session, actor),
            processes=processes_with_insight(session, parts(), actor=actor),
        )


@studio_insight.get("/<process_id>")
@access(STAFF)
def show(process_id: str) -> ResponseReturnValue:
    """How one process runs."""
    asked = _asked()
    with transaction() as session:
        actor = staff(session)
        insight = _insight(session, actor, process_id, asked)
        page = render(
            session,
            actor,
            "studio/inzicht.html",
            page=_place(session, actor),
            **_values(insight, asked),
        )
    return page, 422 if asked.errors else 200


@studio_insight.get("/<process_id>/bestand")
@access(STAFF)
def download(process_id: str) -> ResponseReturnValue:
    """The same figures as a file: to share, so without small counts."""
    asked = _asked()
    if asked.errors:
        raise InvalidInput(asked.errors[0])
    with transaction() as session:
        insight = _insight(session, staff(session), process_id, asked, to_share=True)
    name = f"inzicht-{insight.process_id}-{asked.first}-{asked.last}.csv"
    return Response(
        as_csv(insight),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _insight(
    session: Session, actor: Actor, process_id: str, asked: Asked, *, to_share: bool = False
) -> Insight:
    return show_insight(
        session,
        parts(),
        process_id=process_id,
        period=asked.period,
        actor=actor,
        now=now(),
        publication=request.args.get("publicatie", type=int),
        to_share=to_share,
    )


def _values(insight: Insight, asked: Asked) -> dict[str, Any]:
    """Everything that the page draws."""
    sorting = Sorting(
        column=request.args.get("sorteer", ""),
        direction=UP if request.args.get("richting") == UP else DOWN,
    )
    chosen = request.args.get("beeld", "")
    shown, view = views(insight), chosen if chosen in VIEWS else VIEWS[0]
    return {
        "insight": insight,
        "asked": asked,
        "answers": summary(insight),
        "presets": _presets(asked.period),
        "views": [(one, page_url(beeld=one.key)) for one in shown],
        "view": view,
        "diagram": {
            "xml": insight.xml,
            "view": view,
            "views": {one.key: one.for_island() for one in shown},
        },
        "steps": step_table(insight, insight.steps, sorting),
        "paths": path_table(insight, insight.paths, sorting),
        "other_steps": step_table(insight, insight.other_steps, sorting),
        "other_paths": path_table(insight, insight.other_paths, sorting),
        "download_url": url_for(
            "studio_insight.download",
            process_id=insight.process_id,
            van=insight.period.first.isoformat(),
            tot=(insight.period.until - timedelta(days=1)).isoformat(),
            publicatie=insight.publication,
        ),
        "last_day": insight.period.until - timedelta(days=1),
    }


def _asked() -> Asked:
    """The period of the address; the last twelve months when it names none, or a wrong one."""
    usual = last_twelve_months(now())
    first, last = request.args.get("van", "").strip(), request.args.get("tot", "").strip()
    if not first and not last:
        return _whole(usual)
    try:
        period = Period(first=_day(first), until=_day(last) + timedelta(days=1))
    except (ValueError, OverflowError):
        why = _(
            "Van ‘%(first)s’ tot en met ‘%(last)s’ is geen periode. Vul twee datums in, zoals "
            "2026-03-01.",
            first=first[:20],
            last=last[:20],
        )
    except InvalidInput:
        why = _("De einddatum ligt voor de begindatum; draai ze om.")
    else:
        return _whole(period)
    return Asked(period=usual, first=first[:20], last=last[:20], errors=(why,))


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if not date(2000, 1, 1) <= day < date(2200, 1, 1):
        raise ValueError(text)
    return day


def _whole(period: Period) -> Asked:
    last = period.until - timedelta(days=1)
    return Asked(period=period, first=period.first.isoformat(), last=last.isoformat())


def _presets(shown: Period) -> list[Preset]:
    found: Mapping[str, Period] = {
        _("Deze maand"): this_month(now()),
        _("Vorig kwartaal"): last_quarter(now()),
        _("Laatste 12 maanden"): last_twelve_months(now()),
    }
    return [_preset(label, period, shown) for label, period in found.items()]


def _preset(label: str, period: Period, shown: Period) -> Preset:
    whole = _whole(period)
    url = page_url(van=whole.first, tot=whole.last)
    return Preset(label=label, url=url, shown=period == shown)


def _place(session: Session, actor: Actor) -> str:
    """Which item of the menu leads here: the studio is not for who only coordinates."""
    profile = publication_of(session, actor).profile
    return "studio" if rights.publishes(actor, profile) else "figures"
