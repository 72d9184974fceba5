"""``meldroute claim``: claim a task, or give it back."""

from uuid import UUID

import click

from service.cli._online import application, on_behalf, person
from service.operations.claim_task import claim_task
from service.operations.release_task import release_task


@click.command()
@click.argument("task", type=click.UUID)
@on_behalf
@click.option("--give-back", is_flag=True, help="Geef de taak juist terug.")
def command(*, task: UUID, email: str, give_back: bool) -> None:
    """Pak taak TASK op."""
    with application() as running, running.sessions.begin() as session:
        do = release_task if give_back else claim_task
        do(session, task_id=task, actor=person(session, email), now=running.clock())
    click.echo("Teruggegeven." if give_back else "Opgepakt.")
