"""The embedded PostgreSQL: it keeps what it was given, and lets in nobody but its own user."""

import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from service.domain.errors import Misconfigured
from service.storage.embedded import SUPERUSER, EmbeddedDatabase, database
from service.storage.embedded_home import made_home
from service.storage.embedded_server import running
from tests.conftest import in_memory, libpq_url, remove_data_dir

PATIENCE = 200.0  # seconds: a bound for slow machines, nothing takes so long
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user")


@pytest.fixture
def new_dir() -> Iterator[Path]:
    """The place of a data folder that is still to be made."""
    with a_data_dir() as folder:
        yield folder


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A data folder after its first start, the slow one; only to be copied."""
    with a_data_dir() as folder:
        with EmbeddedDatabase(folder) as server:
            assert ask(server.url(), "SELECT 1") == 1
        yield folder


@pytest.fixture
def data_dir(made: Path) -> Iterator[Path]:
    """A data folder that was used before, and that does not run."""
    with a_data_dir() as folder:
        copy(made, folder)
        yield folder


@pytest.fixture(scope="module")
def shared(made: Path) -> Iterator[EmbeddedDatabase]:
    """A server for the tests that only look."""
    with a_data_dir() as folder:
        copy(made, folder)
        with EmbeddedDatabase(folder) as server:
            yield server


def copy(data_dir: Path, there: Path) -> None:
    """With the owners: root's server runs as another user."""
    subprocess.run(["cp", "-a", data_dir, there], check=True)


@contextmanager
def a_data_dir() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="meldroute-test-", dir=in_memory()) as folder:
        Path(folder).chmod(0o711)
        yield Path(folder) / "data"
        remove_data_dir(Path(folder) / "data")


@pytest.fixture
def embedded(data_dir: Path) -> Iterator[EmbeddedDatabase]:
    with EmbeddedDatabase(data_dir) as server:
        yield server


def ask(address: str, question: str) -> Any:
    with psycopg.connect(libpq_url(address), autocommit=True) as connection:
        row = connection.execute(question).fetchone()
        return row and row[0]


def write(address: str) -> None:
    with psycopg.connect(libpq_url(address), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")


def as_nobody(server: EmbeddedDatabase, role: str) -> subprocess.CompletedProcess[str]:
    """Another user of this machine tries to get in."""
    home = made_home(server.folder.parent)
    host = server.folder / "socket"
    return subprocess.run(
        [home.programs / "psql", f"host={host} user={role} dbname=postgres", "-c", "SELECT 1"],
        check=False,
        capture_output=True,
        text=True,
        user="nobody",
        group="nogroup",
        extra_groups=[],
        cwd="/",
        env={"PATH": "/usr/bin:/bin"},
    )


def test_it_waits_for_the_disk_and_checks_what_it_reads(shared: EmbeddedDatabase) -> None:
    assert ask(shared.url(), "SHOW fsync") == "on"
    assert ask(shared.url(), "SHOW full_page_writes") == "on"
    assert ask(shared.url(), "SHOW data_checksums") == "on"


def test_the_application_is_no_superuser(shared: EmbeddedDatabase) -> None:
    assert ask(shared.url(), "SELECT usesuper FROM pg_user WHERE usename = current_user") is False
    assert ask(shared.url(), "SELECT current_database()") == "meldroute"


def test_it_keeps_its_data_over_a_restart(data_dir: Path) -> None:
    with EmbeddedDatabase(data_dir) as first:
        write(first.url())

    with EmbeddedDatabase(data_dir) as second:
        assert ask(second.url(), "SELECT answer FROM kept") == 42


def test_it_comes_back_with_its_data_after_a_kill(embedded: EmbeddedDatabase) -> None:
    write(embedded.url())
    address, killed = embedded.url(), embedded.pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    psutil.wait_procs(
        [psutil.Process(killed)] if psutil.pid_exists(killed) else [], timeout=PATIENCE
    )

    assert embedded.ensure_running()
    assert not embedded.ensure_running()
    assert embedded.url() == address
    assert ask(address, "SELECT answer FROM kept") == 42


def test_it_stops_without_leaving_a_process(data_dir: Path) -> None:
    embedded = EmbeddedDatabase(data_dir)
    embedded.start()
    processes = [psutil.Process(embedded.pid), *psutil.Process(embedded.pid).children()]

    embedded.stop()

    _, alive = psutil.wait_procs(processes, timeout=PATIENCE)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []
    assert not embedded.ensure_running(), "a stopped server stays stopped"


def test_a_stale_pid_file_does_not_keep_it_from_starting(data_dir: Path) -> None:
    with EmbeddedDatabase(data_dir) as first:
        folder = first.folder
    for pid in (os.getpid(), 1, 2**22 - 1):
        lines = f"{pid}\n{folder}/cluster\n1\n5432\n\n\n"
        (folder / "cluster" / "postmaster.pid").write_text(lines)
        (folder / "socket" / ".s.PGSQL.5432.lock").write_text(f"{pid}\n")

        with EmbeddedDatabase(data_dir) as second:
            assert ask(second.url(), "SELECT 1") == 1


def test_a_first_start_that_was_cut_short_does_no_harm(new_dir: Path) -> None:
    home = made_home(new_dir)
    home.make(home.folder / "cluster.new")
    (home.folder / "cluster.new" / "PG_VERSION").write_text("18\n")

    with EmbeddedDatabase(new_dir) as embedded:
        assert ask(embedded.url(), "SELECT 1") == 1


def test_one_owner_at_a_time(shared: EmbeddedDatabase) -> None:
    with pytest.raises(Misconfigured, match=f"draait al.*{os.getpid()}"):
        EmbeddedDatabase(shared.folder.parent).start()

    assert ask(shared.url(), "SELECT 1") == 1


def test_the_server_of_a_killed_owner_is_taken_over(data_dir: Path) -> None:
    program = (
        "import pathlib, sys, time; from service.storage.embedded import EmbeddedDatabase; "
        "EmbeddedDatabase(pathlib.Path(sys.argv[1])).start(); print('started', flush=True); "
        "time.sleep(300)"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", program, str(data_dir)], stdout=subprocess.PIPE, text=True
    )
    with owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "started\n"
        owner.kill()
    left = running(made_home(data_dir))
    assert left is not None

    with EmbeddedDatabase(data_dir) as embedded:
        assert embedded.pid != left.pid
        assert ask(embedded.url(), "SELECT 1") == 1
    assert running(made_home(data_dir)) is None


def test_a_command_uses_the_server_that_runs(shared: EmbeddedDatabase) -> None:
    with database(None, shared.folder.parent) as address:
        assert address == shared.url()

    assert ask(shared.url(), "SELECT 1") == 1, "the command leaves it running"


def test_a_command_starts_and_stops_its_own_server(data_dir: Path) -> None:
    with database(None, data_dir) as address:
        assert ask(address, "SELECT 1") == 1

    assert running(made_home(data_dir)) is None


def test_a_command_uses_the_database_it_is_given(new_dir: Path) -> None:
    with database("postgresql+psycopg://elsewhere/meldroute", new_dir) as address:
        assert address == "postgresql+psycopg://elsewhere/meldroute"

    assert not new_dir.exists()


def test_a_long_path_gets_a_short_socket(made: Path, new_dir: Path) -> None:
    deep = new_dir / ("lange-naam-" * 10)
    new_dir.mkdir(mode=0o711)
    copy(made, deep)
    with EmbeddedDatabase(deep, durable=False) as embedded:
        assert ask(embedded.url(), "SELECT 1") == 1
        [place] = ask_socket_folders(embedded)
        with database(None, deep) as address:
            assert address == embedded.url()

    assert not place.exists()


def ask_socket_folders(embedded: EmbeddedDatabase) -> list[Path]:
    answer = ask(embedded.url("postgres", role=SUPERUSER), "SHOW unix_socket_directories")
    return [Path(folder) for folder in answer.split(", ")]


def test_it_listens_on_no_network(shared: EmbeddedDatabase) -> None:
    kinds = {link.family for link in psutil.Process(shared.pid).net_connections("all")}

    assert not kinds & {socket.AF_INET, socket.AF_INET6}
    assert ask(shared.url(), "SHOW listen_addresses") == ""


def test_its_files_are_closed_to_others(shared: EmbeddedDatabase) -> None:
    closed = [shared.folder, shared.folder / "cluster", shared.folder / "socket"]
    closed += [shared.folder / "postgresql.log", shared.folder.parent / "database.lock"]
    closed += [shared.folder / "socket" / ".s.PGSQL.5432"]

    assert [oct(stat.S_IMODE(path.stat().st_mode) & 0o077) for path in closed] == ["0o0"] * 6


@needs_root
@pytest.mark.parametrize("role", ["meldroute", "postgres"])
def test_another_user_cannot_connect(shared: EmbeddedDatabase, role: str) -> None:
    answer = as_nobody(shared, role)

    assert answer.returncode != 0
    assert "Permission denied" in answer.stderr


@needs_root
def test_another_user_is_refused_even_where_the_folders_stand_open(
    embedded: EmbeddedDatabase,
) -> None:
    for path in (embedded.folder, embedded.folder / "socket"):
        path.chmod(0o755)
    (embedded.folder / "socket" / ".s.PGSQL.5432").chmod(0o777)

    answer = as_nobody(embedded, "postgres")

    assert answer.returncode != 0
    assert "Peer authentication failed" in answer.stderr


@needs_root
def test_the_user_of_the_server_is_made_once_however_many_ask_at_once(
    tmp_path: Path,
) -> None:
    """As on a new machine where the web node and the worker start together.

    The first to ask is held up until the others ask too.
    """
    slow = tmp_path / "useradd"
    slow.write_text(
        "#!/bin/sh\n"
        f"for _ in $(seq 1000); do [ -e {tmp_path}/asks-0 ] && [ -e {tmp_path}/asks-1 ] && "
        f"[ -e {tmp_path}/asks-2 ] && break; sleep 0.1; done\n"
        f'sleep 0.5\nexec {shutil.which("useradd")} "$@"\n'
    )
    slow.chmod(0o755)
    path = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    name = f"mr-test-{os.getpid()}"
    ask = (
        "import pathlib, sys; from service.storage.embedded_home import system_user as s; "
        f"pathlib.Path(sys.argv[1]).touch(); print(s({name!r}).pw_uid)"
    )
    try:
        asking = [
            subprocess.Popen(
                [sys.executable, "-c", ask, tmp_path / f"asks-{number}"],
                stdout=subprocess.PIPE,
                env=os.environ | path,
            )
            for number in range(3)
        ]
        told = {int(one.communicate(timeout=PATIENCE)[0]) for one in asking}
        assert told == {pwd.getpwnam(name).pw_uid}
    finally:
        subprocess.run(["userdel", name], check=True, capture_output=True)


@needs_root
def test_no_existing_folder_is_opened_for_the_server(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    modes = {path: path.stat().st_mode for path in (closed, *closed.parents)}
    try:
        with EmbeddedDatabase(closed, durable=False) as embedded:
            assert ask(embedded.url(), "SELECT 1") == 1
            assert not embedded.folder.is_relative_to(closed)
    finally:
        remove_data_dir(closed)
    del modes[closed]

    assert {path: path.stat().st_mode for path in modes} == modes


def test_a_broken_transaction_is_gone_after_a_kill(embedded: EmbeddedDatabase) -> None:
    write(embedded.url())
    with psycopg.connect(libpq_url(embedded.url())) as open_connection:
        open_connection.execute("UPDATE kept SET answer = 1")
        assert embedded.pid is not None
        os.kill(embedded.pid, signal.SIGKILL)
        deadline = time.monotonic() + PATIENCE
        while not embedded.ensure_running() and time.monotonic() < deadline:
            time.sleep(0.01)
        with pytest.raises(psycopg.OperationalError):
            open_connection.execute("SELECT 1")
        open_connection.close()

    assert ask(embedded.url(), "SELECT answer FROM kept") == 42
