"""Real parts for every test: a PostgreSQL, migrated once, and cheap fresh databases from it.

The server is an embedded one in a folder of its own, per test process (xdist's too), unless
``MELDROUTE_TEST_DATABASE_URL`` or ``MELDROUTE_DATABASE_URL`` names a server whose role may make
databases. Nothing stays behind: no process, folder or database.

What is the same for every test is made once in a process, and passwords are hashed fast.
"""

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from argon2 import PasswordHasher
from hypothesis import settings
from psycopg import sql
from sqlalchemy import make_url

from service.operations.accounts import HASHER
from service.storage.embedded import ROLE, SUPERUSER, EmbeddedDatabase

if TYPE_CHECKING:
    from service.operations.published import Publications

settings.register_profile("house", deadline=None)
settings.load_profile("house")
"""No test is timed: figures come from the benchmark."""
PasswordHasher.__init__(HASHER, time_cost=1, memory_cost=8, parallelism=1)

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory, in which we make one of our own
ROOM = 4 * 1024**3
"""Bytes that the databases of all test processes may need at once."""


@dataclass(kw_only=True)
class TestServer:
    """A PostgreSQL server on which tests make and drop databases."""

    __test__ = False

    admin: str
    address: Callable[[str], str]
    owner: str
    prefix: str = field(
        default_factory=lambda: (
            f"meldroute_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
        )
    )
    numbers: Iterator[int] = field(default_factory=itertools.count)

    @contextmanager
    def database(self, *, template: str = "template1") -> Iterator[str]:
        """The address of a new database, a copy of ``template``; dropped at the end."""
        name = f"{self.prefix}_{next(self.numbers)}"
        words = {"name": sql.Identifier(name), "template": sql.Identifier(template)}
        words["owner"] = sql.Identifier(self.owner)
        self._do(
            sql.SQL("CREATE DATABASE {name} OWNER {owner} TEMPLATE {template}").format(**words)
        )
        try:
            yield self.address(name)
        finally:
            self._drop(name)

    def _drop(self, name: str) -> None:
        """Ends who is still connected; the server's own vacuum, not ours to end, makes way."""
        ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s "
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(ours + "AND pg_has_role(usename, 'MEMBER')", [name])
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))

    def _do(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def database_server() -> Iterator[TestServer]:
    """The server of this test process."""
    given = os.environ.get("MELDROUTE_TEST_DATABASE_URL") or os.environ.get(
        "MELDROUTE_DATABASE_URL"
    )
    if given:
        yield _named_server(given)
        return
    folder = Path(tempfile.mkdtemp(prefix="meldroute-test-", dir=in_memory()))
    folder.chmod(0o711)  # root's server runs as another user, who must pass here
    try:
        with EmbeddedDatabase(folder / "data", durable=False) as embedded:
            yield TestServer(
                admin=libpq_url(embedded.url("postgres", role=SUPERUSER)),
                address=embedded.url,
                owner=ROLE,
            )
    finally:
        remove_data_dir(folder / "data")
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def template_database(database_server: TestServer) -> Iterator[str]:
    """The name of a database that is migrated and empty; nobody may stay connected to it."""
    from service.migrations import upgrade  # noqa: PLC0415 - only where a test needs it

    with database_server.database() as address:
        upgrade(address)
        yield str(make_url(address).database)


@pytest.fixture(scope="session")
def demo_template(
    database_server: TestServer, template_database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a database with the demo municipality in it; copies of it are cheap."""
    from service.bootstrap import bootstrap  # noqa: PLC0415 - only where a test needs it
    from service.operations.demo import load_demo  # noqa: PLC0415
    from tests.integration.conftest import MONDAY, settings_for  # noqa: PLC0415

    with database_server.database(template=template_database) as address:
        application = bootstrap(settings_for(address, tmp_path_factory.mktemp("demo")))
        with application.sessions.begin() as session:
            load_demo(session, now=MONDAY)
        application.close()
        yield str(make_url(address).database)


@pytest.fixture(scope="session")
def compiled() -> "Publications":
    """The publications of the demo municipality, compiled once: all databases are copies."""
    from service.operations.published import Publications  # noqa: PLC0415

    return Publications()


@pytest.fixture(scope="session")
def database_url(database_server: TestServer, template_database: str) -> Iterator[str]:
    """A migrated database, shared by the tests of this process."""
    with database_server.database(template=template_database) as address:
        yield address


@pytest.fixture
def fresh_database_url(database_server: TestServer, template_database: str) -> Iterator[str]:
    """A migrated database for one test alone."""
    with database_server.database(template=template_database) as address:
        yield address


def in_memory() -> Path | None:
    """A folder in memory, if there is room: a database is made there in a tenth of the time."""
    fits = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM
    return MEMORY if fits else None


def libpq_url(address: str) -> str:
    """The address without SQLAlchemy's driver, as psycopg wants it."""
    return address.replace("postgresql+psycopg://", "postgresql://", 1)


def remove_data_dir(data_dir: Path) -> None:
    """A data folder with its database, also where root's database lives elsewhere."""
    database = data_dir / "database"
    if database.is_symlink():
        shutil.rmtree(database.resolve(), ignore_errors=True)
    shutil.rmtree(data_dir, ignore_errors=True)


def _named_server(given: str) -> TestServer:
    url = make_url(given).set(drivername="postgresql+psycopg")
    if not url.username:
        pytest.fail("The address of the test database names no role: postgresql://role@host/name")
    return TestServer(
        admin=libpq_url(url.render_as_string(hide_password=False)),
        address=lambda name: url.set(database=name).render_as_string(hide_password=False),
        owner=url.username,
    )
