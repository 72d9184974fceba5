"""``meldroute user …``: accounts, roles and API tokens."""

import click

from service.cli._online import application, person
from service.operations.accounts import create_user, find_user, set_roles, users_of
from service.operations.api_tokens import create_token
from service.operations.known_roles import require_known_roles


@click.group()
def command() -> None:
    """Beheer accounts, rollen en API-tokens."""


@command.command()
@click.argument("email")
@click.option("--gemeente", required=True)
@click.option("--naam", required=True)
@click.option("--rol", "roles", multiple=True, help="Vaker mag.")
@click.option("--wachtwoord", prompt=True, hide_input=True, confirmation_prompt=True)
def add(*, email: str, gemeente: str, naam: str, roles: tuple[str, ...], wachtwoord: str) -> None:
    """Maak een account; het wachtwoord wordt gevraagd."""
    with application() as running, running.sessions.begin() as session:
        current = running.collaborators.publications.current(session, gemeente)
        require_known_roles(current.profile, roles)
        create_user(
            session,
            municipality=gemeente,
            email=email,
            name=naam,
            password=wachtwoord,
            roles=roles,
            now=running.clock(),
        )
    click.echo(f"Account {email} gemaakt.")


@command.command()
@click.argument("email")
@click.option("--rol", "chosen", multiple=True, help="Vaker mag; zonder: alleen melder.")
def roles(*, email: str, chosen: tuple[str, ...]) -> None:
    """Geef een account precies deze rollen."""
    with application() as running, running.sessions.begin() as session:
        account = find_user(session, email)
        current = running.collaborators.publications.current(session, account.municipality)
        require_known_roles(current.profile, chosen)
        set_roles(session, user_id=account.id, municipality=account.municipality, roles=chosen)
    click.echo(f"{email}: {', '.join(sorted(chosen)) or 'alleen melder'}")


@command.command(name="list")
@click.option("--gemeente", required=True)
def list_users(*, gemeente: str) -> None:
    """Toon de accounts van een gemeente."""
    with application() as running, running.sessions.begin() as session:
        for account, held in users_of(session, gemeente):
            click.echo(f"{account.email}  {account.name}  {', '.join(held)}")


@command.command()
@click.argument("email")
@click.option("--label", default="opdrachtregel")
def token(*, email: str, label: str) -> None:
    """Maak een API-token; het wordt één keer getoond."""
    with application() as running, running.sessions.begin() as session:
        made = create_token(
            session,
            running.collaborators,
            actor=person(session, email),
            label=label,
            now=running.clock(),
        )
    click.echo(made)
