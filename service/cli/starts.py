"""``meldroute starts``: what begins by itself, and what failed."""

from datetime import datetime
from uuid import UUID

import click

from service.cli._online import application, on_behalf, person
from service.domain.working_days import AMSTERDAM
from service.operations.list_starts import AutomaticStart, list_starts
from service.operations.retry_start import drop_start, retry_start


@click.command()
@on_behalf
@click.option("--opnieuw", type=click.UUID, metavar="NUMMER", help="Probeer deze start opnieuw.")
@click.option("--vervalt", type=click.UUID, metavar="NUMMER", help="Haal deze start niet in.")
def command(*, email: str, opnieuw: UUID | None, vervalt: UUID | None) -> None:
    """Toon welke processen vanzelf beginnen en wanneer; mislukte starts staan bovenaan."""
    with application() as running, running.sessions.begin() as session:
        actor, parts = person(session, email), running.collaborators
        if opnieuw is not None:
            retry_start(session, parts, start_id=opnieuw, actor=actor, now=running.clock())
        if vervalt is not None:
            drop_start(session, parts, start_id=vervalt, actor=actor, now=running.clock())
        starts = list_starts(session, parts, actor=actor)
    for start in starts:
        click.echo(_line(start))


def _line(start: AutomaticStart) -> str:
    by = {"timer": "klok", "message": "bericht", "signal": "signaal"}[start.by]
    when = f"volgende {_clock(start.next_at)}" if start.next_at else "geen volgende"
    line = f"{start.id}  {start.process_id}  {by} {start.name}  {when}"
    if start.incident is None:
        return line
    missed = f" om {_clock(start.missed_at)}" if start.missed_at else ""
    return f"{line}\n  MISLUKT{missed}: {start.incident}"


def _clock(moment: datetime) -> str:
    return moment.astimezone(AMSTERDAM).strftime("%d-%m-%Y %H:%M")
