"""``meldroute starts``: what an administrator sees and does at the machine itself."""

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from service.cli import main
from tests.integration.carried import published_with
from tests.integration.clockwork import (
    DAILY,
    at,
    begins,
    begun_at,
    listed,
    next_of,
    stumbles,
    until,
)
from tests.integration.conftest import DEMO, Office

ROOT = Path(__file__).parents[2]


def said(office: Office, *words: str, role: str = "functioneel-beheer") -> tuple[int, str]:
    """Exit code and output of the command."""
    done = CliRunner().invoke(main, spoken(role, *words), env=ours(office), catch_exceptions=False)
    return done.exit_code, done.output


def spoken(role: str, *words: str) -> list[str]:
    """What the administrator types."""
    return ["starts", "--as", f"{role}@{DEMO}.example", *words]


def ours(office: Office) -> dict[str, str]:
    """The settings of the office, as variables."""
    settings = office.application.settings
    return {
        "MELDROUTE_DATABASE_URL": settings.database_url or "",
        "MELDROUTE_DATA_DIR": str(settings.data_dir),
        "MELDROUTE_SECRET_KEY": "ab" * 32,
        "MELDROUTE_MASTER_KEY": "cd" * 32,
    }


def said_by_a_process(office: Office, role: str) -> tuple[int, str]:
    """The same of the command in a process of its own, as an administrator runs it."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MELDROUTE_")}
    done = subprocess.run(
        [sys.executable, "-m", "service.cli", *spoken(role)],
        env=clean | ours(office),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def lines_of(process_id: str, told: str) -> list[str]:
    """The line of a process that begins by the clock, and why it failed if it did."""
    lines = told.splitlines()
    [at_line] = [n for n, line in enumerate(lines) if f"  {process_id}  klok" in line]
    return [lines[at_line], *(line for line in lines[at_line + 1 :][:1] if line.startswith("  M"))]


def test_an_administrator_sees_what_failed_and_has_it_tried_again(office: Office) -> None:
    published_with(office, "", heel=begins(DAILY), kapot=stumbles(DAILY))
    until(office, at(2026, 3, 3, 9, 30))
    code, told = said(office)
    assert code == 0, told
    first, why = lines_of("kapot", told)
    [other] = lines_of("heel", told)
    assert "kapot  klok op_tijd  volgende 04-03-2026 09:30" in first
    assert why.startswith("  MISLUKT om 03-03-2026 09:30: ")
    assert "heel  klok op_tijd  volgende 04-03-2026 09:30" in other

    published_with(office, "", heel=begins(DAILY), kapot=begins(DAILY))
    code, told = said(office, "--opnieuw", first.split()[0])
    assert code == 0, told
    assert "MISLUKT" not in told
    until(office, at(2026, 3, 3, 10))
    assert begun_at(office, "kapot") == [at(2026, 3, 3, 10)]


def test_without_the_role_there_is_nothing_to_see(office: Office) -> None:
    published_with(office, "", kapot=stumbles(DAILY))
    until(office, at(2026, 3, 3, 9, 30))
    code, told = said_by_a_process(office, "oov")
    assert code == 1
    assert "Traceback" not in told
    assert "kapot" not in told


def test_what_need_not_be_made_up_for_goes_from_the_list(office: Office) -> None:
    published_with(office, "", kapot=stumbles(DAILY))
    until(office, at(2026, 3, 3, 9, 30))
    [failed] = listed(office)
    code, told = said(office, "--vervalt", str(failed.id))
    assert code == 0, told
    assert "MISLUKT" not in told
    assert next_of(office, "kapot") == at(2026, 3, 4, 9, 30)
    code, _ = said(office, "--vervalt", str(failed.id))
    assert code == 1
