"""What commands that need the database share: the application, and on whose behalf."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

import click
from sqlalchemy.orm import Session

from service.bootstrap import Application, bootstrap
from service.config import Settings
from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.domain.logs import log_as_json
from service.migrations import upgrade
from service.operations.accounts import actor_of, find_user
from service.storage.embedded import database

on_behalf = click.option(
    "--as", "email", required=True, metavar="E-MAIL", help="Namens wie: een account."
)
"""The option that says on whose behalf a command acts; with exactly that person's rights."""
the_case = click.argument("case", type=click.UUID)

T = TypeVar("T")


@contextmanager
def application() -> Iterator[Application]:
    """The application, its database migrated; the embedded one is started when it must be."""
    settings = Settings.from_env()
    log_as_json("WARNING")
    with database(settings.database_url, settings.data_dir) as address:
        upgrade(address)
        running = bootstrap(replace(settings, database_url=address))
        try:
            yield running
        finally:
            running.close()


def person(session: Session, email: str) -> Actor:
    """The account with this address, as actor.

    Raises:
        NotFound: there is no such account, or it is switched off.
    """
    actor = actor_of(session, user_id=find_user(session, email).id)
    if actor is None:
        raise NotFound(f"Het account {email!r} is uitgeschakeld.")
    return actor


def on_case(operation: Callable[..., T], case: UUID, email: str, **more: Any) -> T:
    """What an operation on one case gives, done on behalf of an account."""
    with application() as running, running.sessions.begin() as session:
        return operation(
            session,
            running.collaborators,
            instance_id=case,
            actor=person(session, email),
            now=running.clock(),
            **more,
        )
