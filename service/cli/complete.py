"""``meldroute complete``: complete a task."""

from typing import Any
from uuid import UUID

import click

from service.cli._online import application, on_behalf, person
from service.cli._values import JsonObject
from service.domain.errors import InvalidInput
from service.operations.complete_task import complete_task


@click.command()
@click.argument("task", type=click.UUID)
@on_behalf
@click.option("--answers", type=JsonObject(), default=None, help="Antwoorden (JSON of @bestand).")
def command(*, task: UUID, email: str, answers: dict[str, Any] | None) -> None:
    """Rond taak TASK af met deze antwoorden."""
    with application() as running, running.sessions.begin() as session:
        try:
            done = complete_task(
                session,
                running.collaborators,
                task_id=task,
                actor=person(session, email),
                answers=answers or {},
                now=running.clock(),
            )
        except InvalidInput as wrong:
            for path, messages in wrong.fields.items():
                click.echo(f"{path}: {' '.join(messages)}", err=True)
            raise
    if done.incident:
        raise click.ClickException(f"De zaak staat stil: {done.incident}")
    click.echo(f"Afgerond: {done.task_name} ({done.reference})")
