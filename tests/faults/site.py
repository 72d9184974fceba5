"""A small production site: a database, a web node and a worker, each in a process of its own."""

import signal
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import psutil

from service.bootstrap import Application, bootstrap
from service.config import Settings
from service.domain.actor import REPORTER_ROLE
from service.migrations import upgrade
from service.operations import bundle_files
from service.operations.accounts import actor_of, create_user, find_user
from service.operations.api_tokens import create_token
from service.operations.demo import MUNICIPALITY, PASSWORD
from service.operations.publish import publish
from service.storage.embedded import EmbeddedDatabase
from tests.conftest import in_memory, remove_data_dir
from tests.faults.mailbox import Mailbox, mailbox
from tests.faults.node import Node, clean_environment, free_port, until

NOTHING: Mapping[str, bytes] = {}
STAFF = (REPORTER_ROLE, "af-zorg", "af-veiligheid")


class Site:
    """The demo municipality on real processes; each part can be killed and started again."""

    database: EmbeddedDatabase
    """Its own one, where it has that; what others use cannot be killed."""

    def __init__(self, folder: Path, address: str, mail: Mailbox) -> None:
        self.mail = mail
        given = {
            "MELDROUTE_DATABASE_URL": address,
            "MELDROUTE_DATA_DIR": str(folder / "data"),
            "MELDROUTE_SECRET_KEY": "ab" * 32,
            "MELDROUTE_MASTER_KEY": "cd" * 32,
            "MELDROUTE_PORT": str(free_port()),
            "MELDROUTE_SMTP_URL": mail.url,
            "MELDROUTE_LOG_LEVEL": "INFO",
        }
        self.settings = Settings.from_env(given)
        environment = clean_environment() | given
        self.web = Node("serve", environment=environment, log=folder / "web.log")
        self.worker = Node("worker", environment=environment, log=folder / "worker.log")
        self.application: Application = bootstrap(self.settings)

    @property
    def url(self) -> str:
        """Where the web node answers."""
        return self.settings.base_url

    def fill(self, files: Mapping[str, bytes], roles: Iterable[str]) -> None:
        """Publishes the demo municipality with these files, and makes an account per role."""
        now = self.application.clock()
        with self.application.sessions.begin() as session:
            content = {**bundle_files.read_bundled(MUNICIPALITY), **files}
            publish(session, content=content, published_by="Test", reason="Test", now=now)
            for role in roles:
                create_user(
                    session,
                    municipality=MUNICIPALITY,
                    email=f"{role}@{MUNICIPALITY}.example",
                    name=role,
                    password=PASSWORD,
                    roles={role} - {REPORTER_ROLE},
                    now=now,
                )

    @property
    def complete(self) -> bool:
        """Whether web and worker run."""
        return not self.web.ended and not self.worker.ended

    def token(self, role: str) -> str:
        """An API token of the account of one of ``STAFF``."""
        with self.application.sessions.begin() as session:
            account = find_user(session, f"{role}@{MUNICIPALITY}.example")
            actor = actor_of(session, user_id=account.id)
            assert actor is not None
            return create_token(
                session,
                self.application.collaborators,
                actor=actor,
                label="faults",
                now=self.application.clock(),
            )

    def status(self, path: str) -> int | None:
        """The status with which the web answers, or ``None`` when it does not."""
        with suppress(httpx.TransportError):
            return httpx.get(self.url + path, timeout=10).status_code
        return None

    def start(self) -> None:
        """Starts what does not run; returns when the web can do its work."""
        self.revive_database()
        for node in (self.web, self.worker):
            if node.ended:
                node.start()
        until(
            lambda: self.status("/readyz") == 200 or self.web.ended,
            lambda: f"ready: {self.web.said[-2000:]}",
        )
        assert not self.web.ended, self.web.said[-2000:]

    def kill(self, part: str) -> None:
        """``kill -9`` of ``web``, ``worker`` or ``database``; nothing starts it again by itself."""
        if part == "database":
            self._kill_database()
        else:
            {"web": self.web, "worker": self.worker}[part].kill()

    def _kill_database(self) -> None:
        """The postmaster alone: the system does the rest, or does not."""
        pid = self.database.pid
        if pid is not None:
            psutil.Process(pid).send_signal(signal.SIGKILL)
            until(lambda: self.database.pid is None, lambda: "the database is gone")

    def revive_database(self) -> None:
        """What ``meldroute run`` or a service manager does."""
        self.database.ensure_running()

    def close(self) -> None:
        """Ends every process of this site."""
        self.web.kill()
        self.worker.kill()
        self.application.close()


@contextmanager
def site() -> Iterator[Site]:
    """A site with a database of its own, filled and not yet started; nothing stays behind."""
    with _home() as folder, EmbeddedDatabase(folder / "data") as database:
        upgrade(database.url())
        with _filled(folder, database.url(), NOTHING, STAFF) as made:
            made.database = database
            yield made


@contextmanager
def lent_site(
    address: str, files: Mapping[str, bytes], roles: Iterable[str] = STAFF
) -> Iterator[Site]:
    """One on a migrated database that others look after, where these files are published too."""
    with _home() as folder, _filled(folder, address, files, roles) as made:
        yield made


@contextmanager
def _home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="meldroute-faults-", dir=in_memory()))
    folder.chmod(0o711)  # root's server runs as another user, who must pass here
    try:
        yield folder
    finally:
        remove_data_dir(folder / "data")
        remove_data_dir(folder)


@contextmanager
def _filled(
    folder: Path, address: str, files: Mapping[str, bytes], roles: Iterable[str]
) -> Iterator[Site]:
    with mailbox() as mail:
        made = Site(folder, address, mail)
        try:
            made.fill(files, roles)
            yield made
        finally:
            made.close()
