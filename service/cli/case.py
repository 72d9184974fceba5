"""``meldroute case``: where a case stands."""

from uuid import UUID

import click

from service.cli._online import on_behalf, on_case, the_case
from service.domain.working_days import AMSTERDAM
from service.operations.show_case import show_case


@click.command()
@the_case
@on_behalf
def command(*, case: UUID, email: str) -> None:
    """Toon waar zaak CASE staat, voor zover dit account dat mag zien."""
    view = on_case(show_case, case, email)
    instance = view.case.instance
    click.echo(f"{instance.reference}  {instance.status}  {instance.end_name or ''}")
    for task in view.open_tasks:
        click.echo(f"  open: {task.name} ({', '.join(task.roles)}) {task.id}")
    for line in view.history:
        at = line.at.astimezone(AMSTERDAM).strftime("%d-%m-%Y %H:%M")
        click.echo(f"  {at}  {line.kind}  {line.element_name or ''}  {line.actor_name}")
