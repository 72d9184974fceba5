"""Some time after a case has ended nobody can find who reported it."""

from sqlalchemy import select

from service.operations.retention.forget_reporters import forget_reporters
from service.storage import Access, Reporter
from tests.integration import aged, everything, steps
from tests.integration.conftest import Office

ACCOUNT = ("user_account", "role_membership", "user_session")
"""What belongs to the person, not to the case."""


def forgotten(office: Office) -> int:
    with office.application.sessions.begin() as session:
        return forget_reporters(session, now=office.clock())


def answered(office: Office) -> str:
    """A signal whose reporter was asked something, answered, and which then ended."""
    reference = office.report(terugkoppeling_gewenst="nee").reference
    steps.triaged(office, bruikbaar="nee", vraag_aan_melder=steps.QUESTION)
    [asked] = [task for task in office.tasks(reference) if task.state == "open"]
    office.complete("melder", asked.id, aanvulling={"tekst": steps.ANSWER})
    aged.sent_elsewhere(office)
    return reference


def test_an_account_is_known_while_the_case_runs_and_thirty_days_longer(office: Office) -> None:
    reference = answered(office)
    office.clock.move(days=29)
    assert forgotten(office) == 0
    assert [signal.reference for signal in office.own_signals("melder")] == [reference]


def test_after_that_nothing_leads_from_the_account_to_the_case_or_back(office: Office) -> None:
    reference = answered(office)
    office.clock.move(days=31)
    assert forgotten(office) == 1
    who = office.person("melder")
    assert office.own_signals("melder") == []
    assert everything.holding(office.application.engine, str(who.user_id), but=ACCOUNT) == []
    assert everything.holding(office.application.engine, who.name, but=ACCOUNT) == []
    with office.application.sessions() as session:
        instance_id = office.instance(reference).id
        assert session.get_one(Reporter, instance_id).contact is None
        noted = select(Access.what).where(Access.instance_id == instance_id)
        assert "melder_gewist" in session.scalars(noted).all()


def test_who_was_forgotten_is_not_forgotten_again(office: Office) -> None:
    answered(office)
    office.clock.move(days=31)
    assert (forgotten(office), forgotten(office)) == (1, 0)
