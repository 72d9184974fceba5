"""``meldroute run`` on one machine: it keeps all parts running, and leaves nothing behind."""

import os
import pwd
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil
import psycopg
import pytest

from service.operations.demo import MUNICIPALITY
from service.storage.embedded import database
from service.storage.embedded_home import made_home
from service.storage.embedded_server import running
from tests.conftest import in_memory, libpq_url, remove_data_dir
from tests.faults.node import PATIENCE, ROOT, Node, clean_environment, free_port, until
from tests.faults.short_year import CASES
from tests.integration.conftest import SIGNAL

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user")
STARTED = "Meldroute draait op"
ORDINARY = "nobody"
NOTHING: Mapping[str, str] = {}


class Machine:
    """One data folder, and what runs on it."""

    def __init__(self, folder: Path, *, environment: Mapping[str, str], **how: Any) -> None:
        self.folder, self.data, self._how = folder, folder / "data", how
        self._environment = {**clean_environment(), **environment, "HOME": str(folder)}
        self._count = 0

    def run(self, *words: str) -> "Running":
        """Starts ``meldroute run`` without waiting for it."""
        self._count += 1
        port = free_port()
        node = Node(
            *("run", "--port", str(port), "--data-dir", str(self.data), *words),
            environment=self._environment,
            log=self.folder / f"run{self._count}.log",
            program="tests.faults.short_year",
            **self._how,
        )
        node.start()
        return Running(node, port)


class Running:
    """One ``meldroute run``."""

    def __init__(self, node: Node, port: int) -> None:
        self.node, self.url = node, f"http://127.0.0.1:{port}"

    def wait(self) -> "Running":
        """Returns when it says that it runs."""
        until(
            lambda: STARTED in self.node.said or self.node.ended,
            lambda: self.node.said[-2000:],
        )
        assert STARTED in self.node.said, self.node.said[-2000:]
        return self

    @property
    def process(self) -> psutil.Process:
        assert self.node.process is not None
        return psutil.Process(self.node.process.pid)

    def child(self, word: str) -> psutil.Process | None:
        """The direct child with this word in its command line."""
        for child in self.process.children():
            with suppress(psutil.NoSuchProcess):
                words = child.cmdline()  # empty for a zombie
                if any(part.endswith(word) for part in words):
                    return child
        return None

    def comes_back(self, word: str) -> None:
        """``kill -9`` of one child; returns when there is another and the site is ready."""
        killed = self.child(word)
        assert killed is not None, word
        killed.kill()
        until(
            lambda: (found := self.child(word)) is not None and found.pid != killed.pid,
            lambda: f"{word}: {self.node.said[-2000:]}",
        )
        until(self.ready, lambda: self.node.said[-2000:])

    def ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=10).status_code == 200
        except httpx.TransportError:
            return False

    def everything(self) -> list[psutil.Process]:
        """It and all that came from it."""
        return [self.process, *self.process.children(recursive=True)]

    def report(self) -> str:
        """Reports without an account; the code with which one hears more."""
        answer = httpx.post(
            f"{self.url}/api/v1/signals",
            json={
                "municipality": MUNICIPALITY,
                "submission_id": str(uuid4()),
                "answers": {"signaal": SIGNAL},
            },
            timeout=30,
        )
        assert answer.status_code == 201, answer.text
        code: str = answer.json()["code"]
        return code

    def known(self, code: str) -> bool:
        """Whether there is a signal with this code."""
        answer = httpx.post(f"{self.url}/api/v1/signals/feedback", json={"code": code}, timeout=30)
        return answer.status_code == 200


@contextmanager
def machine(*, environment: Mapping[str, str] = NOTHING, **how: Any) -> Iterator[Machine]:
    """A folder of its own; whatever runs there is ended, by its own number."""
    folder = Path(tempfile.mkdtemp(prefix="meldroute-run-", dir=in_memory()))
    folder.chmod(0o711)
    owner = how.get("user")
    if owner is not None:
        os.chown(folder, owner, how["group"])
    made = Machine(folder, environment=environment, **how)
    begun: list[Running] = []
    start = made.run
    made.run = lambda *words: begun.append(start(*words)) or begun[-1]  # type: ignore[method-assign,func-returns-value]
    try:
        yield made
    finally:
        for one in begun:
            _end(one)
        left = running(made_home(made.data)) if made.data.exists() and owner is None else None
        if left is not None:
            left.kill()
        remove_data_dir(made.data)
        remove_data_dir(folder)


def _end(one: Running) -> None:
    process = one.node.process
    if process is not None and process.poll() is None:
        family = one.everything()
        process.send_signal(signal.SIGTERM)
        _, alive = psutil.wait_procs(family, timeout=PATIENCE)
        for left in alive:
            left.kill()
    one.node.kill()


def gone(family: list[psutil.Process]) -> list[psutil.Process]:
    """Those of the processes that are still there after a while."""
    _, alive = psutil.wait_procs(family, timeout=PATIENCE)
    return [one for one in alive if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def ends_without_a_trace(one: Running, request: int) -> None:
    """Stops it as a person or a system does."""
    family = one.everything()
    assert len(family) >= 4, [member.name() for member in family]
    assert one.node.stop(request) == 0, one.node.said[-2000:]
    assert gone(family) == []


def test_what_is_killed_comes_back_and_a_stop_leaves_nothing_but_the_data() -> None:
    with machine() as here:
        first = here.run().wait()
        assert _cases(here) >= CASES, "those of the past year"
        code = first.report()
        for part in ("serve", "worker", "postgres"):
            first.comes_back(part)
        assert first.known(code)
        _a_second_start_is_refused(here)
        assert first.ready(), "the first does not notice"
        ends_without_a_trace(first, signal.SIGINT)

        second = here.run("--no-demo").wait()
        assert second.known(code)
        parts = [second.child("serve"), second.child("worker")]
        second.node.kill()
        assert gone([part for part in parts if part is not None]) == []

        third = here.run("--no-demo").wait()
        assert third.known(code)
        ends_without_a_trace(third, signal.SIGTERM)


def _cases(here: Machine) -> int:
    """How many cases there are."""
    with (
        database(None, here.data) as address,
        psycopg.connect(libpq_url(address)) as connection,
    ):
        row = connection.execute("SELECT count(*) FROM instance").fetchone()
    assert row is not None
    count: int = row[0]
    return count


def _a_second_start_is_refused(here: Machine) -> None:
    second = here.run("--no-demo")
    assert second.node.process is not None
    assert second.node.process.wait(PATIENCE) == 1
    assert "Meldroute draait al met de gegevens in" in second.node.said
    assert "Traceback" not in second.node.said


@needs_root
def test_an_ordinary_user_can_do_it_too() -> None:
    user = pwd.getpwnam(ORDINARY)
    how = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    python = _python_of(how)
    if python is None:
        pytest.skip(
            f"the user {ORDINARY} can reach no Python {sys.version_info.minor} or no checkout"
        )
    with machine(python=python, environment=PACKAGES, **how) as here:
        first = here.run().wait()
        assert {member.uids().real for member in first.everything()} == {user.pw_uid}
        code = first.report()
        first.comes_back("postgres")
        assert first.known(code)
        ends_without_a_trace(first, signal.SIGINT)


PACKAGES = {"PYTHONPATH": sysconfig.get_path("purelib"), "PYTHONDONTWRITEBYTECODE": "1"}
"""Ours, for a Python that is not that of our environment."""


def _python_of(how: Mapping[str, Any]) -> str | None:
    """A Python of our version with which that user can start us."""
    for python in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        with suppress(OSError):
            attempt = subprocess.run(
                [python, "-c", "import service.cli.run"],
                check=False,
                capture_output=True,
                cwd=ROOT,
                env=clean_environment() | PACKAGES | {"HOME": "/nonexistent"},
                **how,
            )
            if attempt.returncode == 0:
                return python
    return None
