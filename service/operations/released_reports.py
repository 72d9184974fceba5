"""Figures to look at: the reports that were released, and how this year stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.operations.figures.labels import labels_of
from service.operations.figures.period import Period, last_twelve_months
from service.operations.figures.report import make_report
from service.operations.figures.rule import internal_rule
from service.operations.published import Published
from service.storage import Report

MAX_SHOWN = 50
"""Reports in the list; with two a year that is a generation."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """One report to draw: what may be shown of it, and nothing else."""

    title: str
    period: Period
    released_at: datetime | None
    """Empty for how this year stands: nobody has looked at that yet."""
    content: Mapping[str, Any]
    """``tabellen`` and ``kengetallen``, as ``make_report`` gives them."""


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    """A released report in the list."""

    id: UUID
    title: str
    period: Period
    released_at: datetime


def released_reports(
    session: Session, collaborators: Collaborators, *, actor: Actor
) -> Sequence[ReportLine]:
    """The released reports of the actor's municipality, newest first.

    Raises:
        NotFound: the actor does not work for the municipality.
    """
    _published_for(session, collaborators, actor)
    rows = session.scalars(
        select(Report)
        .where(Report.municipality == actor.municipality)
        .order_by(Report.released_at.desc())
        .limit(MAX_SHOWN)
    )
    return [
        ReportLine(id=row.id, title=row.title, period=_period(row), released_at=row.released_at)
        for row in rows
    ]


def released_report(
    session: Session, collaborators: Collaborators, *, report_id: UUID, actor: Actor
) -> Figures:
    """One released report.

    Raises:
        NotFound: there is no such report for this actor.
    """
    _published_for(session, collaborators, actor)
    row = session.scalars(
        select(Report).where(Report.id == report_id, Report.municipality == actor.municipality)
    ).one_or_none()
    if row is None:
        raise NotFound("Deze rapportage bestaat niet, of is niet voor u.")
    return Figures(
        title=row.title, period=_period(row), released_at=row.released_at, content=row.content
    )


def figures_so_far(
    session: Session, collaborators: Collaborators, *, actor: Actor, now: datetime
) -> Figures | None:
    """How the last twelve months stand, for who sees every case anyhow; nothing for others.

    Raises:
        NotFound: the actor does not work for the municipality.
    """
    published = _published_for(session, collaborators, actor)
    if not rights.coordinates(actor, published.profile):
        return None
    period = last_twelve_months(now)
    return Figures(
        title="De laatste twaalf maanden",
        period=period,
        released_at=None,
        content=make_report(
            session,
            municipality=actor.municipality,
            period=period,
            rule=internal_rule(published, now),
            labels=labels_of(published),
            settings=published.profile.settings,
        ),
    )


def _published_for(session: Session, collaborators: Collaborators, actor: Actor) -> Published:
    published = collaborators.publications.current(session, actor.municipality)
    if not rights.works_here(actor, published.profile):
        raise NotFound("Cijfers zijn er voor wie bij de gemeente werkt.")
    return published


def _period(row: Report) -> Period:
    return Period(first=row.period_from, until=row.period_to)
