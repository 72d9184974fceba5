"""The embedded PostgreSQL: our own server on one machine, reachable by nobody but its own user.

It listens on no network. Its socket lies in a folder with mode 0700, and the server itself also
asks the system who connects (peer). A lock on the data folder keeps it with one owner at a time.
"""

import fcntl
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self
from urllib.parse import quote

import psycopg
from psycopg import sql

from service.domain.errors import Misconfigured
from service.storage.embedded_home import Home, made_home
from service.storage.embedded_server import (
    end_leftover,
    launch,
    make_cluster,
    running,
    shut_down,
    socket_folder,
    socket_in_use,
)

if TYPE_CHECKING:
    import psutil

ROLE = DATABASE = "meldroute"
SUPERUSER = "postgres"
_PATIENCE = 60.0  # seconds; after a crash the server first repairs what it was doing
_LEAVING = "pre-existing shared memory"  # processes of a killed server that are not gone yet


class EmbeddedDatabase:
    """One PostgreSQL server with its data in ``data_dir``: start, keep running and stop it.

    ``durable`` False leaves out the waiting for the disk: only for tests.
    """

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self._data_dir, self._durable = data_dir.absolute(), durable
        self._guard = threading.RLock()
        self._claim: IO[str] | None = None
        self._home: Home | None = None
        self._socket: Path | None = None
        self._server: psutil.Popen | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def pid(self) -> int | None:
        """The process id of the server while it runs."""
        server = self._server
        return server.pid if server is not None and server.poll() is None else None

    @property
    def folder(self) -> Path:
        """The real folder of the database; it must have been started once."""
        return self._started[0].folder

    def url(self, database: str = DATABASE, *, role: str = ROLE) -> str:
        """The address for SQLAlchemy; ``role`` owns the database but is no superuser."""
        return _url(self._started[1], database, role)

    def start(self) -> None:
        """Return when the server answers; the first time it makes the role and the database.

        Raises:
            Misconfigured: it cannot start here, or another process uses the same data.
        """
        with self._guard:
            self._home = made_home(self._data_dir)
            self._claim = _claimed(self._data_dir)
            try:
                make_cluster(self._home, superuser=SUPERUSER, durable=self._durable)
                self._socket = socket_folder(self._home)
                self._launch()
                self._make_database()
            except BaseException:
                self.stop()
                raise

    def ensure_running(self) -> bool:
        """Start the server again when it was killed; whether that was needed."""
        with self._guard:
            if self._claim is None or self.pid is not None:
                return False
            self._launch()
            return True

    def stop(self) -> None:
        """End the server cleanly: no process stays behind, the data is ready for a next start."""
        with self._guard:
            if self._server is not None:
                shut_down(self._server)
                self._server = None
            if self._socket is not None and self._socket.parent != self.folder:
                shutil.rmtree(self._socket, ignore_errors=True)
            if self._claim is not None:
                self._claim.close()
                self._claim = None

    @property
    def _started(self) -> tuple[Home, Path]:
        if self._home is None or self._socket is None:
            raise RuntimeError("The embedded database has not been started.")
        return self._home, self._socket

    def _launch(self) -> None:
        """Start, and start again while what a killed server left behind is still leaving."""
        home, socket = self._started
        deadline = time.monotonic() + _PATIENCE
        end_leftover(home, socket)
        self._server = launch(home, socket, durable=self._durable)
        while not self._answers():
            if self._server.poll() is not None:
                last_words = home.last_words()
                if _LEAVING not in last_words or time.monotonic() > deadline:
                    raise Misconfigured(f"De ingebouwde database start niet. {last_words}")
                self._server = launch(home, socket, durable=self._durable)
            elif time.monotonic() > deadline:
                raise Misconfigured(
                    f"De ingebouwde database antwoordt niet binnen {_PATIENCE:.0f} seconden. "
                    f"{home.last_words()}"
                )
            time.sleep(0.05)

    def _answers(self) -> bool:
        with suppress(psycopg.OperationalError), self._as_superuser():
            return True
        return False

    def _as_superuser(self) -> psycopg.Connection[Any]:
        return psycopg.connect(
            host=str(self._started[1]), dbname="postgres", user=SUPERUSER, autocommit=True
        )

    def _make_database(self) -> None:
        role, database = sql.Identifier(ROLE), sql.Identifier(DATABASE)
        with self._as_superuser() as connection:
            if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [ROLE]).rowcount:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
            known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
            if not known.rowcount:
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))
                revoke = sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database)
                connection.execute(revoke)


@contextmanager
def database(database_url: str | None, data_dir: Path) -> Iterator[str]:
    """The address of the database, for the time of one command.

    A given address is used as it is; otherwise the embedded database, also when another process
    has started it, and else started and stopped here.
    """
    if database_url is not None:
        yield database_url
        return
    home = made_home(data_dir.absolute())
    if running(home) is not None:
        yield _url(socket_in_use(home), DATABASE, ROLE)
        return
    with EmbeddedDatabase(data_dir) as embedded:
        yield embedded.url()


def _url(socket: Path, name: str, role: str) -> str:
    return f"postgresql+psycopg://{quote(role)}@/{quote(name)}?host={quote(str(socket), safe='')}"


def _claimed(data_dir: Path) -> IO[str]:
    """A lock for as long as the file is open; the system lets go of it when we are killed."""
    file = os.fdopen(os.open(data_dir / "database.lock", os.O_RDWR | os.O_CREAT, 0o600), "r+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        owner = file.read().strip()
        file.close()
        raise Misconfigured(
            f"Meldroute draait al met de gegevens in {data_dir} (proces {owner}). Stop dat "
            "eerst, of kies een andere map met MELDROUTE_DATA_DIR."
        ) from error
    file.truncate()
    file.write(str(os.getpid()))
    file.flush()
    return file
