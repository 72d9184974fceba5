"""Wires settings, sessions, publications, keys and mail into one application."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from service.config import Settings
from service.domain.errors import Misconfigured
from service.operations.collaborators import Collaborators
from service.operations.mail import Mailer
from service.operations.mailers import LogMailer, SmtpMailer
from service.operations.published import Publications
from service.storage.job_queue import PostgresJobQueue
from service.storage.sessions import Sessions, connect, sessions_of
from service.storage.vault import Vault

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of the product; tests hand in their own."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Application:
    """The parts of one node; web, API, jobs and command line work with nothing else."""

    settings: Settings
    engine: Engine
    sessions: Sessions
    collaborators: Collaborators
    mailer: Mailer
    clock: Clock

    def close(self) -> None:
        """Gives the connections back."""
        self.engine.dispose()


def bootstrap(settings: Settings, *, clock: Clock = utc_now) -> Application:
    """The application of these settings; the database must be there and migrated.

    Raises:
        Misconfigured: there is no database to work with.
    """
    if settings.database_url is None:
        raise Misconfigured("MELDROUTE_DATABASE_URL ontbreekt; of start 'meldroute run'.")
    engine = connect(settings.database_url, pool_size=settings.pool_size)
    return Application(
        settings=settings,
        engine=engine,
        sessions=sessions_of(engine),
        collaborators=Collaborators(
            publications=Publications(),
            vault=Vault(settings.master_key),
            queue=PostgresJobQueue(),
        ),
        mailer=SmtpMailer(settings.smtp_url, sender=settings.mail_from)
        if settings.smtp_url
        else LogMailer(),
        clock=clock,
    )
