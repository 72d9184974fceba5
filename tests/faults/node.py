"""One node of Meldroute in a process of its own, to be started, killed and started again."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 300.0  # seconds for one step: a bound for slow machines, nothing takes so long


class Node:
    """A command of ours; what it says goes to ``log``."""

    def __init__(
        self,
        *words: str,
        environment: Mapping[str, str],
        log: Path,
        python: str = sys.executable,
        program: str = "service.cli",
        **how: Any,
    ) -> None:
        self._command, self._how = [python, "-m", program, *words], how
        self._environment, self._log = environment, log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """In a session of its own, as a machine would start it."""
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=ROOT,
                env=dict(self._environment),
                start_new_session=True,
                **self._how,
            )

    @property
    def ended(self) -> bool:
        """Whether it does not run, by itself or because it was killed."""
        return self.process is None or self.process.poll() is not None

    def kill(self) -> None:
        """``kill -9``."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def stop(self, request: int, *, patience: float = PATIENCE) -> int:
        """Asks with a signal and waits; the exit code."""
        assert self.process is not None
        self.process.send_signal(request)
        return self.process.wait(patience)

    @property
    def said(self) -> str:
        """All it said so far."""
        return self._log.read_text(errors="replace")


def clean_environment() -> dict[str, str]:
    """Ours, without the settings of whoever runs the tests."""
    return {k: v for k, v in os.environ.items() if not k.startswith("MELDROUTE_")}


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(
    true: Callable[[], object], what: Callable[[], str], *, patience: float = PATIENCE
) -> None:
    """Returns when it has come true; fails with ``what`` when that takes too long."""
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, f"still not after {patience:.0f} s: {what()}"
        time.sleep(0.05)
