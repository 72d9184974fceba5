"""The processes that ``meldroute run`` starts and keeps running: the web and the worker.

A child reads from a pipe that we hold open. When we are killed the pipe closes, and the child
stops by itself; no process stays behind.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
import time

import click

from service.config import Settings

_LOG = logging.getLogger("meldroute.run")
_GRACE = 30.0  # seconds for a child to finish what it is doing
_STEADY = 10.0  # seconds; a child that dies sooner is started again ever more slowly
_LONGEST_PAUSE = 30.0


class Child:
    """One command of ours in a process of its own."""

    def __init__(self, command: str, settings: Settings) -> None:
        self.command = command
        self._env = settings.as_env()
        self._process: subprocess.Popen[bytes] | None = None
        self._started = self._again_at = 0.0
        self._pause = 0.5

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._process.poll() if self._process else None

    def start(self) -> None:
        """In a session of its own: a Ctrl-C is for us, and we stop it in order."""
        program = [sys.executable, "-m", "service.cli", self.command, "--with-parent"]
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            program, stdin=subprocess.PIPE, env=self._env, start_new_session=True
        )
        self._started = time.monotonic()

    def ensure_running(self) -> bool:
        """Start it again when it died, after a pause; whether that was done now."""
        if self._process is None or self._process.poll() is None:
            return False
        now = time.monotonic()
        if not self._again_at:
            steady = now - self._started > _STEADY
            self._pause = 0.5 if steady else min(self._pause * 2, _LONGEST_PAUSE)
            self._again_at = now + self._pause
        if now < self._again_at:
            return False
        self._again_at = 0.0
        self._forget()
        self.start()
        return True

    def ask_to_stop(self) -> None:
        """Ask; ``stop`` waits for it."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def stop(self) -> None:
        """Return when it is gone: finished in order, or killed after a while."""
        self.ask_to_stop()
        if self._process is not None:
            try:
                self._process.wait(_GRACE)
            except subprocess.TimeoutExpired:
                _LOG.warning("%s did not stop within %.0f s and is killed", self.command, _GRACE)
                self._process.kill()
            self._forget()
            self._process = None

    def _forget(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            self._process.wait()


def with_parent(function: click.decorators.FC) -> click.decorators.FC:
    """The hidden option that ``Child`` gives."""
    return click.option("--with-parent", "parent", is_flag=True, hidden=True)(function)


def stop_with_parent() -> None:
    """Ask this process to stop when the pipe from its parent closes."""

    def watch() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()
