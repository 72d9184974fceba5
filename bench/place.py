"""Where the measuring happens: a real PostgreSQL with fsync on, and a published process."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from service.bootstrap import Application, bootstrap
from service.config import Settings
from service.domain.actor import Actor
from service.migrations import upgrade
from service.operations.accounts import actor_of, create_user
from service.operations.api_tokens import create_token
from service.operations.bundle_files import PROFILE
from service.operations.publish import publish
from service.storage.embedded import EmbeddedDatabase

HERE = Path(__file__).parent
MUNICIPALITY, PROCESS, LOOP = "meting", "meldroute_bench", "meldroute_lus"
PAYLOADS: dict[str, Any] = json.loads((HERE / "payloads.json").read_text())
_KEY = "5a" * 32


@dataclass(kw_only=True)
class Place:
    """One application on one database, and the person on whose behalf all is done."""

    application: Application
    actor: Actor
    token: str
    environment: dict[str, str] = field(repr=False)

    def now(self) -> datetime:
        """The real time."""
        return datetime.now(UTC)


def answers_for(element_id: str, number: int = 1) -> dict[str, Any]:
    """The payload of a task; the placeholder makes instances differ."""
    found = json.dumps(PAYLOADS.get(element_id, {"gezien": "ja"})).replace("{i}", str(number))
    answers: dict[str, Any] = json.loads(found)
    return answers


@contextmanager
def place() -> Iterator[Place]:
    """A fresh database in a folder of its own, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="meldroute-bench-"))
    folder.chmod(0o711)  # root's server runs as another user, who must pass here
    try:
        with EmbeddedDatabase(folder / "data") as database:
            upgrade(database.url())
            yield from _furnished(database.url(), folder)
    finally:
        kept = folder / "data" / "database"
        if kept.is_symlink():
            shutil.rmtree(kept.resolve(), ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _furnished(address: str, folder: Path) -> Iterator[Place]:
    environment = {
        "MELDROUTE_DATABASE_URL": address,
        "MELDROUTE_DATA_DIR": str(folder / "data"),
        "MELDROUTE_SECRET_KEY": _KEY,
        "MELDROUTE_MASTER_KEY": _KEY,
        "MELDROUTE_LOG_LEVEL": "WARNING",
    }
    application = bootstrap(Settings.from_env(environment))
    now = datetime.now(UTC)
    with application.sessions.begin() as session:
        publish(session, content=_content(), published_by="bench", reason="meting", now=now)
        user_id = create_user(
            session,
            municipality=MUNICIPALITY,
            email="meting@voorbeeld.example",
            name="Mees de Meter",
            password="een-lang-wachtwoord",  # noqa: S106 - of a database that is thrown away
            roles={"Lane_meldpunt", "Lane_regie"},
            now=now,
        )
        actor = actor_of(session, user_id=user_id)
        assert actor is not None
        token = create_token(
            session, application.collaborators, actor=actor, label="bench", now=now
        )
    try:
        yield Place(application=application, actor=actor, token=token, environment=environment)
    finally:
        application.close()


def _content() -> dict[str, bytes]:
    diagrams = {
        f"processes/{name}/{name}.bpmn": (HERE / f"{name}.bpmn").read_bytes()
        for name in (PROCESS, LOOP)
    }
    return {**diagrams, PROFILE: (HERE / PROFILE).read_bytes()}


@contextmanager
def web_server(at: Place) -> Iterator[int]:
    """``meldroute serve`` in a process of its own; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    environment = {**os.environ, **at.environment, "MELDROUTE_PORT": str(port)}
    server = subprocess.Popen(
        [sys.executable, "-m", "service.cli", "serve"], env=environment, cwd=HERE.parent
    )
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except OSError:
            if server.poll() is not None:
                raise
            time.sleep(0.1)
    raise TimeoutError("The web server did not start.")
