"""A reporter adds to a signal or takes leave of it; a signal about more matters is split."""

from sqlalchemy import select

from service.operations.reporter_says import add_information, withdraw
from service.storage import Instance, Reporter
from tests.integration import everything, steps
from tests.integration.conftest import SIGNAL, Office

MORE = "Het busje staat er elke nacht, wit met een blauwe streep."


def adds(office: Office, reference: str, by: str = "melder") -> None:
    office.act(
        add_information, by, reference_or_code=reference, text=MORE, submission_id=office.submission
    )


def leaves(office: Office, reference: str, by: str | None = "melder") -> None:
    office.act(
        withdraw,
        office.person(by) if by else None,
        reference_or_code=reference,
        submission_id=office.submission,
    )
    office.work()


def kept_of_reporter(office: Office, reference: str) -> Reporter:
    with office.application.sessions() as session:
        return session.get_one(Reporter, office.instance(reference).id)


def test_what_is_added_is_kept_in_no_table_and_told_by_nobody_in_particular(
    office: Office,
) -> None:
    reference = office.report().reference
    adds(office, reference)
    engine = office.application.engine
    assert everything.holding(engine, MORE) == []
    assert everything.holding(engine, office.person("melder").name, but=("user_account",)) == []


def test_who_takes_leave_is_wiped_and_what_they_told_stays(office: Office) -> None:
    reference = office.report().reference
    assert kept_of_reporter(office, reference).contact is not None
    leaves(office, reference)
    assert kept_of_reporter(office, reference).contact is None
    assert not kept_of_reporter(office, reference).wants_feedback
    assert office.instance(reference).reported_by is None
    assert office.own_signals("melder") == []
    steps.triaged(office)
    assert "verrijken" in office.open_tasks(reference)


def test_who_took_leave_gets_no_mail_any_more(office: Office) -> None:
    reference = office.report().reference
    leaves(office, reference)
    before = len(office.post.sent)
    steps.triaged(office, bruikbaar="nee", vraag_aan_melder=steps.QUESTION)
    office.announce([task.id for task in office.tasks(reference) if task.state == "open"])
    assert [m for m in office.post.sent[before:] if m.recipient == SIGNAL["email"]] == []


def test_a_code_still_tells_how_it_went_after_taking_leave(office: Office) -> None:
    reported = office.report(by=None, hoedanigheid="anoniem", anoniem="ja")
    assert reported.code is not None
    leaves(office, reported.code, by=None)
    assert "intrekking_bekijken" in office.open_tasks(reported.reference)
    assert kept_of_reporter(office, reported.reference).code_digest is not None


def test_each_part_of_a_split_signal_becomes_a_case_without_its_reporter(office: Office) -> None:
    reference = office.report().reference
    parts = [
        {"omschrijving": "In de woning ernaast ook.", "gaat_over": ["locatie"]},
        {"omschrijving": "En een man met een auto.", "gaat_over": ["dader"]},
    ]
    steps.triaged(office, splitsen="ja", delen=parts)
    with office.application.sessions() as session:
        others = session.scalars(select(Instance).where(Instance.reference != reference)).all()
    assert {case.process_id for case in others} == {"meldroute_signaal"}
    assert [office.open_tasks(case.reference) for case in others] == [["triage"], ["triage"]]
    assert [case.reported_by for case in others] == [None, None]
    assert office.open_tasks(reference) == ["verrijken"]
