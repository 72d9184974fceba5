"""``meldroute erase``: erase an ended case."""

import click

from service.cli._online import application, on_behalf, person
from service.operations.erase_instance import erase_instance
from service.operations.find_case import find_case
from service.storage.erasure import GROUNDS


@click.command()
@click.argument("kenmerk")
@on_behalf
@click.option("--ground", required=True, type=click.Choice(GROUNDS), help="Waarom.")
@click.confirmation_option(prompt="Dit kan niet ongedaan worden gemaakt. Doorgaan?")
def command(*, kenmerk: str, email: str, ground: str) -> None:
    """Vernietig de afgesloten zaak KENMERK; wat blijft is dat zij er was."""
    with application() as running, running.sessions.begin() as session:
        actor = person(session, email)
        erase_instance(
            session,
            running.collaborators,
            instance_id=find_case(session, reference=kenmerk, actor=actor),
            ground=ground,
            actor=actor,
            now=running.clock(),
        )
    click.echo(f"Zaak {kenmerk} is vernietigd.")
