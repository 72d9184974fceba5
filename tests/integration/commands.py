"""``meldroute`` with the settings of an office, as an administrator types it."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from service.cli import main
from tests.integration.conftest import Office

ROOT = Path(__file__).parents[2]


def command(office: Office, *words: str, **how: Any) -> Result:
    """What it says and how it ends; ``how`` is for click's runner."""
    return CliRunner().invoke(main, list(words), env=office.application.settings.as_env(), **how)


def said(office: Office, *words: str) -> tuple[int, str]:
    """Exit code and output; a crash fails the test."""
    done = command(office, *words, catch_exceptions=False)
    return done.exit_code, done.output


def said_by_a_process(office: Office, *words: str) -> tuple[int, str]:
    """The same of the command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "service.cli", *words],
        env=office.application.settings.as_env(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr
