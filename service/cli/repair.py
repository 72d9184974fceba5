"""``meldroute repair``: puts a case right by hand."""

from datetime import datetime
from typing import Any
from uuid import UUID

import click

from service.cli._online import on_behalf, on_case, the_case
from service.domain.working_days import AMSTERDAM
from service.operations.cancel_instance import cancel_instance
from service.operations.move_token import move_token
from service.operations.redo_element import redo_element
from service.operations.resume_instance import resume_instance
from service.operations.retry_incident import NewValue, retry_with
from service.operations.set_variable import read_value, set_variable
from service.operations.show_repair import show_repair
from service.operations.skip_token import skip_token
from service.operations.suspend_instance import suspend_instance

_reason = click.option("--reason", required=True, metavar="TEKST", help="Waarom; blijft bewaard.")
_token = click.option(
    "--token", "token_id", required=True, type=click.UUID, help="De plek, uit 'repair show'."
)
_confirm = click.option(
    "--confirm", "confirmed", is_flag=True, help="Ook als het diagram dit niet toelaat."
)
_path = click.option("--path", required=True, metavar="NAAM", help="Zoals triage.urgentie.")
_value = click.option(
    "--value", required=True, metavar="FEEL", help="FEEL of JSON; tekst tussen aanhalingstekens."
)


@click.group()
def command() -> None:
    """Herstel een zaak, zonder haar inhoud te zien."""


@command.command()
@the_case
@on_behalf
def show(*, case: UUID, email: str) -> None:
    """Toon waar zaak CASE staat."""
    view = on_case(show_repair, case, email)
    instance = view.case.instance
    click.echo(f"{instance.reference}  {instance.status}  {instance.incident or ''}".rstrip())
    for place in view.places:
        beside = "  (hoort bij een andere stap)" if place.armed else ""
        inside = f"  in {place.scope}" if place.scope else ""
        click.echo(f"  {place.token_id}  {place.element_id}  {place.name}{inside}{beside}")
    for done in view.repairs:
        at = done.at.astimezone(AMSTERDAM).strftime("%d-%m-%Y %H:%M")
        click.echo(f"  {at}  {done.kind}  {done.actor_name}: {done.reason}")


@command.command()
@the_case
@on_behalf
@_reason
def suspend(*, case: UUID, email: str, reason: str) -> None:
    """Zet zaak CASE stil."""
    on_case(suspend_instance, case, email, reason=reason)
    click.echo("Stilgezet.")


@command.command()
@the_case
@on_behalf
@_reason
def resume(*, case: UUID, email: str, reason: str) -> None:
    """Hervat zaak CASE."""
    on_case(resume_instance, case, email, reason=reason)
    click.echo("Hervat.")


@command.command()
@the_case
@on_behalf
@_reason
def cancel(*, case: UUID, email: str, reason: str) -> None:
    """Annuleer zaak CASE; dit is niet terug te draaien."""
    on_case(cancel_instance, case, email, reason=reason)
    click.echo("Geannuleerd.")


@command.command()
@the_case
@on_behalf
@_reason
@_token
@click.option("--to", required=True, metavar="STAP", help="Het id van de stap in het diagram.")
@_confirm
def move(*, case: UUID, email: str, **more: Any) -> None:
    """Verplaats zaak CASE van de ene stap naar de andere."""
    on_case(move_token, case, email, **more)
    click.echo("Verplaatst.")


@command.command()
@the_case
@on_behalf
@_reason
@_token
@_confirm
def skip(*, case: UUID, email: str, **more: Any) -> None:
    """Sla een stap van zaak CASE over."""
    on_case(skip_token, case, email, **more)
    click.echo("Overgeslagen.")


@command.command()
@the_case
@on_behalf
@_reason
@click.option("--element", "element_id", required=True, metavar="STAP", help="Het id van de stap.")
@click.option("--scope", default="", help="Het deel waarin, uit 'repair show'.")
@_confirm
def redo(*, case: UUID, email: str, **more: Any) -> None:
    """Laat een stap van zaak CASE opnieuw doen, naast wat er loopt."""
    on_case(redo_element, case, email, **more)
    click.echo("Opnieuw begonnen.")


@command.command(name="set")
@the_case
@on_behalf
@_reason
@_path
@_value
@click.option("--retry", is_flag=True, help="Probeer een storing daarna opnieuw.")
def set_(*, case: UUID, email: str, reason: str, path: str, value: str, retry: bool) -> None:
    """Vul een gegeven van zaak CASE in."""
    read = read_value(value, datetime.now(AMSTERDAM))
    if retry:
        on_case(retry_with, case, email, reason=reason, new=NewValue(path=path, value=read))
    else:
        on_case(set_variable, case, email, reason=reason, path=path, value=read)
    click.echo("Ingevuld.")
