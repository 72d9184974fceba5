"""Work that waits is reminded of, and in the end seen by somebody else."""

import pytest

from service.domain.errors import Conflict
from service.operations.claim_task import claim_task
from tests.integration import steps
from tests.integration.conftest import DEMO, Office
from tests.integration.test_history import verified

REMINDER = "Herinnering: een taak loopt bijna af"
LATE = "Termijn verstreken: een taak wacht"


def mailed(office: Office, subject: str) -> list[str]:
    return [
        mail.recipient.removesuffix(f"@{DEMO}.example")
        for mail in office.post.sent
        if mail.subject == subject
    ]


def claimed(office: Office, role: str) -> None:
    task_id = office.inbox(role)["triage"].id
    with office.application.sessions.begin() as session:
        claim_task(session, task_id=task_id, actor=office.person(role), now=office.clock())


def test_a_reminder_goes_out_at_three_quarters_and_only_once(office: Office) -> None:
    office.report()  # triage within two working days: 48 hours on this Monday
    office.later(hours=35, minutes=59)
    assert mailed(office, REMINDER) == []
    office.later(minutes=2)
    assert mailed(office, REMINDER) == ["af-zorg"]
    office.later(hours=6)
    assert mailed(office, REMINDER) == ["af-zorg"]
    assert mailed(office, LATE) == []


def test_at_its_end_the_stand_in_sees_the_task_and_can_do_it(office: Office) -> None:
    reference = office.report().reference
    assert office.inbox("af-veiligheid") == {}
    office.later(hours=47)
    assert office.inbox("af-veiligheid") == {}
    office.later(hours=2)
    assert office.inbox("af-veiligheid")["triage"].escalated
    assert office.inbox("af-zorg")["triage"].escalated
    assert sorted(mailed(office, LATE)) == ["af-veiligheid", "af-zorg"]
    steps.triaged(office, by="af-veiligheid")
    assert office.open_tasks(reference) == ["verrijken"]
    assert "verrijken" not in office.inbox("af-veiligheid")
    assert verified(office, reference).broken_at is None


def test_a_late_task_is_taken_over_from_a_colleague_who_is_away(office: Office) -> None:
    office.report()
    claimed(office, "af-zorg")
    office.later(hours=49)
    task = office.inbox("af-veiligheid")["triage"]
    with pytest.raises(Conflict, match="behandelt deze taak"):
        steps.triaged(office, by="af-veiligheid")
    claimed(office, "af-veiligheid")
    assert office.inbox("af-zorg")["triage"].assignee_name == office.person("af-veiligheid").name
    with pytest.raises(Conflict, match="behandelt deze taak"):
        office.complete("af-zorg", task.id, triage=steps.TRIAGE)
    steps.triaged(office, by="af-veiligheid")


def test_who_is_too_late_for_a_late_task_hears_who_was_first(office: Office) -> None:
    office.report()
    office.later(hours=49)
    task = office.inbox("af-veiligheid")["triage"]
    steps.triaged(office)
    with pytest.raises(Conflict, match="heeft deze taak al afgerond"):
        office.complete("af-veiligheid", task.id, triage=steps.TRIAGE)


def test_a_task_that_is_done_in_time_is_nobodys_worry(office: Office) -> None:
    reference = office.report().reference
    steps.triaged(office)
    with_triage_only = [t for t in office.tasks(reference) if t.element_id == "triage"]
    assert [task.next_nudge for task in with_triage_only] == [None]
    office.later(hours=49)
    assert mailed(office, REMINDER) == []


def test_reminders_and_late_notices_hold_nothing_of_the_case(office: Office) -> None:
    office.report(omschrijving=steps.FACTS)
    office.later(hours=37)
    office.later(hours=20)
    assert mailed(office, REMINDER)
    assert mailed(office, LATE)
    for mail in office.post.sent:
        assert not [typed for typed in steps.TYPED if typed in mail.subject + mail.body]


def test_a_weekend_and_a_holiday_do_not_count(office: Office) -> None:
    office.clock.move(days=31)  # Thursday 2 April 2026: Good Friday, weekend, Easter Monday
    office.report()
    task = office.inbox("af-zorg")["triage"]
    assert task.due_at is not None
    assert task.due_at.astimezone(office.clock().tzinfo).date().isoformat() == "2026-04-08"
