"""``meldroute tasks``: the inbox."""

import json

import click

from service.cli._online import application, on_behalf, person
from service.domain.working_days import AMSTERDAM
from service.operations.inbox import MAX_PAGE, TaskLine, my_tasks, role_tasks


@click.command()
@on_behalf
@click.option("--mine", is_flag=True, help="Alleen wat u hebt opgepakt.")
@click.option("--json", "machine", is_flag=True, help="Als JSON.")
@click.option("--after", default=None, help="De volgende bladzijde, vanaf deze cursor.")
def command(*, email: str, mine: bool, machine: bool, after: str | None) -> None:
    """Toon open taken, de vroegste termijn eerst."""
    listed = my_tasks if mine else role_tasks
    with application() as running, running.sessions.begin() as session:
        page = listed(session, actor=person(session, email), after=after, limit=MAX_PAGE)
    if machine:
        click.echo(
            json.dumps({"tasks": [_as_json(t) for t in page.tasks], "next": page.next_cursor})
        )
        return
    for task in page.tasks:
        due = task.due_at.astimezone(AMSTERDAM).strftime("%d-%m-%Y %H:%M") if task.due_at else "-"
        click.echo(
            f"{task.id}  {due:16}  {task.reference}  {task.name}  {task.assignee_name or ''}"
        )
    if not page.tasks:
        click.echo("Geen open taken.")
    if page.next_cursor:
        click.echo(f"Meer: --after {page.next_cursor}")


def _as_json(task: TaskLine) -> dict[str, object]:
    return {
        "id": str(task.id),
        "instance_id": str(task.instance_id),
        "reference": task.reference,
        "element_id": task.element_id,
        "name": task.name,
        "roles": task.roles,
        "assignee": task.assignee_name,
        "due_at": task.due_at.isoformat() if task.due_at else None,
    }
