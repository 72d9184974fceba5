"""``meldroute move-cases …``: move running cases to a newer publication."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from service.bootstrap import Application
from service.cli._online import application, on_behalf, person
from service.cli._values import JsonFile, to_json
from service.domain.errors import InvalidInput
from service.domain.working_days import AMSTERDAM
from service.operations.moving import batches
from service.operations.moving.as_plain import plain_preview
from service.operations.moving.plans import MoveRequest, suggest_plan
from service.operations.moving.preview_move import MAX_PAGE, preview_move
from service.operations.moving.undo_move import undo_move

_STEPS = {"stays": "blijft", "moves": "gaat naar", "dropped": "vervalt", "armed": "komt erbij"}


@click.group()
def command() -> None:
    """Zet lopende zaken over naar een nieuwere publicatie."""


def _what(function: Callable[..., None]) -> Callable[..., None]:
    """The options that say which cases go where."""
    for option in (
        click.option("--zaak", "cases", multiple=True, help="Kenmerk; vaker mag. Zonder: alle."),
        click.option("--plan", "plans", type=JsonFile(), multiple=True, help="Bestand met plan."),
        click.option("--to", "target", type=int, required=True, help="Nummer van de publicatie."),
        on_behalf,
    ):
        function = option(function)
    return function


@command.command()
@on_behalf
@click.option("--from", "source", type=int, required=True, help="Nummer van de publicatie.")
@click.option("--to", "target", type=int, required=True, help="Nummer van de publicatie.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Schrijf het plan hier; zonder: op het scherm.",
)
def plan(*, email: str, source: int, target: int, out: Path | None) -> None:
    """Maak een plan: waar elk element heen gaat. Pas daarin zo nodig 'to' aan."""
    with application() as running, running.sessions.begin() as session:
        found = suggest_plan(
            session,
            running.collaborators,
            source=source,
            target=target,
            actor=person(session, email),
        )
    text = to_json(found.as_json())
    if out is None:
        click.echo(text)
        return
    out.write_text(text + "\n", encoding="utf-8")
    open_ends = [move for move in found.moves if move.to is None]
    click.echo(f"{out}: {len(found.moves)} elementen, {len(open_ends)} zonder plek.")
    for move in open_ends:
        click.echo(f"  {move.process_id} {move.element_id} ({move.name}): {move.why}")


@command.command()
@_what
@click.option("--json", "machine", is_flag=True, help="Als JSON.")
def preview(
    *,
    email: str,
    target: int,
    plans: tuple[dict[str, Any], ...],
    cases: tuple[str, ...],
    machine: bool,
) -> None:
    """Laat per zaak zien wat er zou gebeuren; er verandert niets."""
    request = _request(target, plans, cases)
    with application() as running:
        found = list(_previewed(running, request, email))
    if machine:
        click.echo(json.dumps({"cases": found}, ensure_ascii=False, indent=2, default=_as_text))
        return
    for case in found:
        _show(case)
    fits = sum(case["fits"] for case in found)
    click.echo(f"{fits} van {len(found)} zaken kunnen over naar publicatie {target}.")


@command.command()
@_what
@click.option("--reden", required=True, help="Waarom.")
def start(
    *,
    email: str,
    target: int,
    plans: tuple[dict[str, Any], ...],
    cases: tuple[str, ...],
    reden: str,
) -> None:
    """Begin met overzetten; de werker doet het, zaak voor zaak."""
    with application() as running, running.sessions.begin() as session:
        batch_id = batches.start_batch(
            session,
            running.collaborators,
            request=_request(target, plans, cases),
            reason=reden,
            actor=person(session, email),
            now=running.clock(),
        )
    click.echo(str(batch_id))


@command.command()
@on_behalf
@click.argument("batch", type=click.UUID, required=False)
def status(*, email: str, batch: UUID | None) -> None:
    """Toon hoe ver overzetting BATCH is; zonder BATCH de laatste."""
    with application() as running, running.sessions.begin() as session:
        actor, parts = person(session, email), running.collaborators
        found = (
            (batches.progress(session, parts, batch_id=batch, actor=actor),)
            if batch
            else batches.batches(session, parts, actor=actor)
        )
    for one in found:
        counts = ", ".join(f"{state} {count}" for state, count in sorted(one.counts.items()))
        click.echo(f"{one.id}  publicatie {one.target}  {one.state}  {counts}  ({one.reason})")
        for case in one.told:
            click.echo(f"  {case.reference}  {case.state}: {case.reason}")
    if not found:
        click.echo("Er is nog niets overgezet.")


@command.command()
@on_behalf
@click.argument("batch", type=click.UUID)
def stop(*, email: str, batch: UUID) -> None:
    """Stop overzetting BATCH na de zaak die nu aan de beurt is."""
    with application() as running, running.sessions.begin() as session:
        actor = person(session, email)
        batches.stop_batch(session, running.collaborators, batch_id=batch, actor=actor)
    click.echo("Gestopt. Wat al over is, blijft over.")


@command.command()
@on_behalf
@click.argument("batch", type=click.UUID)
def resume(*, email: str, batch: UUID) -> None:
    """Ga verder met overzetting BATCH."""
    with application() as running, running.sessions.begin() as session:
        actor = person(session, email)
        batches.resume_batch(session, running.collaborators, batch_id=batch, actor=actor)
    click.echo("De werker gaat verder.")


@command.command()
@on_behalf
@click.argument("batch", type=click.UUID)
@click.option("--zaak", "case", help="Alleen de zaak met dit kenmerk.")
def undo(*, email: str, batch: UUID, case: str | None) -> None:
    """Maak overzetting BATCH ongedaan voor zaken waaraan niemand meer heeft gewerkt."""
    with application() as running, running.sessions.begin() as session:
        actor, now = person(session, email), running.clock()
        parts = running.collaborators
        if case is None:
            batches.undo_batch(session, parts, batch_id=batch, actor=actor, now=now)
        else:
            undo_move(session, parts, batch_id=batch, case=case, actor=actor, now=now)
    click.echo("De werker zet de zaken terug." if case is None else "De zaak is teruggezet.")


def _request(target: int, plans: tuple[dict[str, Any], ...], cases: tuple[str, ...]) -> MoveRequest:
    for given in plans:
        if not _is_plan(given):
            raise InvalidInput("Dit is geen plan; maak er een met 'meldroute move-cases plan'.")
    return MoveRequest(target=target, plans=plans, cases=cases or None)


def _is_plan(given: Mapping[str, Any]) -> bool:
    moves = given.get("moves")
    return (
        isinstance(given.get("from"), int)
        and isinstance(given.get("to"), int)
        and isinstance(moves, list)
        and all(_is_move(move) for move in moves)
    )


def _is_move(move: Any) -> bool:
    return (
        isinstance(move, dict)
        and isinstance(move.get("process"), str)
        and isinstance(move.get("element"), str)
        and isinstance(move.get("to", 0), str | None)
    )


def _previewed(running: Application, request: MoveRequest, email: str) -> Iterator[dict[str, Any]]:
    after = None
    while True:
        with running.sessions.begin() as session:
            page = preview_move(
                session,
                running.collaborators,
                request=request,
                actor=person(session, email),
                now=running.clock(),
                after=after,
                limit=MAX_PAGE,
            )
            yield from (plain_preview(case) for case in page.cases)
        after = page.next_reference
        if after is None:
            return


def _show(case: Mapping[str, Any]) -> None:
    verdict = "kan over" if case["fits"] else "kan niet over"
    click.echo(f"{case['reference']}  publicatie {case['source']}  {verdict}")
    for obstacle in case["obstacles"]:
        click.echo(f"  {obstacle['reason']} {obstacle['way_out']}".rstrip())
    for landing in case["landings"]:
        to = f" {landing['to']}" if landing["what"] == "moves" else ""
        due = f" (tijd: {_clock(landing['due'])})" if landing["due"] else ""
        click.echo(f"  {landing['element']} {_STEPS[landing['what']]}{to}{due}")
    for task in case["tasks"]:
        for line in _noticed(task):
            click.echo(f"  taak {task['name']}: {line}")


def _noticed(task: Mapping[str, Any]) -> Iterator[str]:
    if task["name"] != task["new_name"]:
        yield f"heet voortaan {task['new_name']}"
    if task["gained"]:
        yield f"ook voor {', '.join(task['gained'])}"
    if task["lost"]:
        yield f"niet meer voor {', '.join(task['lost'])}"
    if task["taken_back"]:
        yield "wie haar had opgepakt, raakt haar kwijt"
    if task["new_questions"]:
        yield "de vragen zijn veranderd"
    if task["questions_gone"]:
        yield f"in het concept, en niet meer gevraagd: {', '.join(task['questions_gone'])}"
    if task["due_at"] != task["new_due_at"]:
        yield f"termijn {_clock(task['due_at'])} wordt {_clock(task['new_due_at'])}"


def _clock(moment: datetime | None) -> str:
    return moment.astimezone(AMSTERDAM).strftime("%d-%m-%Y %H:%M") if moment else "geen"


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
