"""``meldroute start``: start a case."""

from typing import Any

import click

from service.cli._online import application, on_behalf, person
from service.cli._values import JsonObject
from service.operations.start_instance import start_instance


@click.command()
@click.argument("process")
@on_behalf
@click.option(
    "--variables", type=JsonObject(), default=None, help="Beginwaarden (JSON of @bestand)."
)
def command(*, process: str, email: str, variables: dict[str, Any] | None) -> None:
    """Start een zaak van proces PROCESS; toont het kenmerk en het nummer."""
    with application() as running, running.sessions.begin() as session:
        instance = start_instance(
            session,
            running.collaborators,
            process_id=process,
            variables=variables,
            actor=person(session, email),
            now=running.clock(),
        )
    click.echo(f"{instance.reference} {instance.id}")
