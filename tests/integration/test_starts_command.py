"""``meldroute starts``: what an administrator sees and does at the machine itself."""

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
from tests.integration.commands import said, said_by_a_process
from tests.integration.conftest import DEMO, Office


def starts(*words: str, role: str = "functioneel-beheer") -> list[str]:
    """What the administrator types."""
    return ["starts", "--as", f"{role}@{DEMO}.example", *words]


def lines_of(process_id: str, told: str) -> list[str]:
    """The line of a process that begins by the clock, and why it failed if it did."""
    lines = told.splitlines()
    [at_line] = [n for n, line in enumerate(lines) if f"  {process_id}  klok" in line]
    return [lines[at_line], *(line for line in lines[at_line + 1 :][:1] if line.startswith("  M"))]


def test_an_administrator_sees_what_failed_and_has_it_tried_again(office: Office) -> None:
    published_with(office, "", heel=begins(DAILY), kapot=stumbles(DAILY))
    until(office, at(2026, 3, 3, 9, 30))
    code, told = said(office, *starts())
    assert code == 0, told
    first, why = lines_of("kapot", told)
    [other] = lines_of("heel", told)
    assert "kapot  klok op_tijd  volgende 04-03-2026 09:30" in first
    assert why.startswith("  MISLUKT om 03-03-2026 09:30: ")
    assert "heel  klok op_tijd  volgende 04-03-2026 09:30" in other

    published_with(office, "", heel=begins(DAILY), kapot=begins(DAILY))
    code, told = said(office, *starts("--opnieuw", first.split()[0]))
    assert code == 0, told
    assert "MISLUKT" not in told
    until(office, at(2026, 3, 3, 10))
    assert begun_at(office, "kapot") == [at(2026, 3, 3, 10)]


def test_without_the_role_there_is_nothing_to_see(office: Office) -> None:
    published_with(office, "", kapot=stumbles(DAILY))
    until(office, at(2026, 3, 3, 9, 30))
    code, told = said_by_a_process(office, *starts(role="oov"))
    assert code == 1
    assert "Traceback" not in told
    assert "kapot" not in told


def test_what_need_not_be_made_up_for_goes_from_the_list(office: Office) -> None:
    published_with(office, "", kapot=stumbles(DAILY))
    until(office, at(2026, 3, 3, 9, 30))
    [failed] = listed(office)
    code, told = said(office, *starts("--vervalt", str(failed.id)))
    assert code == 0, told
    assert "MISLUKT" not in told
    assert next_of(office, "kapot") == at(2026, 3, 4, 9, 30)
    code, _ = said(office, *starts("--vervalt", str(failed.id)))
    assert code == 1
