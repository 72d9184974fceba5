"""Connections to PostgreSQL."""

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session, sessionmaker

from service.domain.errors import Misconfigured

Sessions = sessionmaker[Session]


def connect(database_url: str, *, pool_size: int = 10, application: str = "meldroute") -> Engine:
    """A pool of connections; a lost connection is noticed and replaced.

    Raises:
        Misconfigured: the address is not one of a PostgreSQL database.
    """
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        raise Misconfigured(
            "MELDROUTE_DATABASE_URL is geen adres van een database, zoals "
            "postgresql://gebruiker:wachtwoord@host/database."
        ) from error
    if url.get_backend_name() != "postgresql":
        raise Misconfigured("MELDROUTE_DATABASE_URL moet naar PostgreSQL 15 of nieuwer wijzen.")
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        pool_pre_ping=True,
        connect_args={"application_name": application, "connect_timeout": 5},
    )


def sessions_of(engine: Engine) -> Sessions:
    """A maker of sessions; one session per request or job, one commit at its edge."""
    return sessionmaker(engine, expire_on_commit=False)
