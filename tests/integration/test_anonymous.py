"""Somebody reports without a name: nothing tells who it was, and still they are heard."""

from datetime import datetime
from typing import Any

import pytest

from service.domain.errors import NotFound
from service.operations.answer_by_code import answer_by_code, show_question
from service.operations.list_cases import OwnSignal, signal_by_code
from service.operations.show_case import show_case
from tests.integration import everything, steps
from tests.integration.conftest import Office

NAME, MAIL, PHONE = "Philippa Zonderling", "philippa@zonderling.example", "06 1234 9876"
WHO: dict[str, Any] = {
    "hoedanigheid": "medewerker",
    "anoniem": "ja",
    "organisatie": "Bakkerij Zonderling",
    "naam": NAME,
    "email": MAIL,
    "telefoon": PHONE,
    "veilig_terugbellen": None,
}
OFF_THE_HOUR = ("due_at", "next_nudge", "next_due")


def signal(office: Office, code: str) -> OwnSignal:
    with office.application.sessions() as session:
        return signal_by_code(session, office.application.collaborators, code=code)


def answer(office: Office, code: str, text: str) -> None:
    with office.application.sessions.begin() as session:
        answer_by_code(
            session,
            office.application.collaborators,
            code=code,
            answers={"aanvulling": {"tekst": text}},
            now=office.clock(),
        )
    office.work()


def code_of(office: Office, **answers: Any) -> tuple[str, str]:
    reported = office.report(by=None, **{**WHO, **answers})
    assert reported.code is not None
    return reported.reference, reported.code


def test_who_gives_a_name_without_an_account_can_be_called_back(office: Office) -> None:
    reported = office.report(
        by=None, hoedanigheid="inwoner", anoniem="nee", naam=NAME, email=MAIL, telefoon=PHONE
    )
    assert reported.code, "without an account the code is the way to hear more"
    instance = office.instance(reported.reference)
    seen = office.act(show_case, "af-zorg", instance_id=instance.id).reporter
    assert seen is not None
    assert (seen["signaal.naam"], seen["signaal.telefoon"]) == (NAME, PHONE)
    assert everything.holding(office.application.engine, NAME) == [], "only sealed"


@pytest.mark.parametrize("by", [None, "oov"])
def test_nothing_in_the_database_tells_who_reported(office: Office, by: str | None) -> None:
    reported = office.report(by=by, **WHO)
    engine = office.application.engine
    for secret in (NAME, MAIL, PHONE, "Zonderling", reported.code or ""):
        assert everything.holding(engine, secret) == []
    account = office.person("oov")
    for secret in (str(account.user_id), account.name):
        assert everything.holding(engine, secret, but=("user_account", "role_membership")) == []


def test_not_even_the_melderkluis_keeps_what_an_anonymous_reporter_typed(office: Office) -> None:
    code_of(office)
    [reporter] = [
        row for table, row in everything.rows(office.application.engine) if table == "reporter"
    ]
    assert reporter["contact"] is None
    assert reporter["code_digest"] is not None


def test_every_moment_of_an_anonymous_report_is_an_hour(office: Office) -> None:
    office.clock.move(minutes=7, seconds=13)
    reference, _ = code_of(office)
    office.announce([task.id for task in office.tasks(reference)])
    case = office.instance(reference)
    told = 0
    for table, row in everything.about(office.application.engine, case.id):
        for name, value in row.items():
            if name.endswith("_at") or name == "at":
                if value is None or name in OFF_THE_HOUR:
                    continue
                told += 1
                assert value[14:19] == "00:00", (table, name, value)
    assert told > 8


def test_no_norm_time_tells_the_minute_of_an_anonymous_report(office: Office) -> None:
    office.clock.move(minutes=7, seconds=13)
    reference, _ = code_of(office)
    for task in office.tasks(reference):
        due: datetime = task.due_at
        assert (due.minute, due.second) == (0, 0)


def test_acute_danger_told_without_a_name_is_not_given_more_time(office: Office) -> None:
    code_of(office, acuut_gevaar="ja")
    task = office.inbox("af-zorg")["acuut_vastleggen"]
    assert task.due_at is not None
    assert (task.due_at - office.clock()).total_seconds() <= 15 * 60


def test_no_event_or_access_names_a_person_for_what_an_anonymous_reporter_did(
    office: Office,
) -> None:
    reference, code = code_of(office)
    steps.triaged(office, bruikbaar="nee", vraag_aan_melder=steps.QUESTION)
    answer(office, code, steps.ANSWER)
    case = office.instance(reference)
    acts = list(everything.about(office.application.engine, case.id))
    events = [row for table, row in acts if table == "event"]
    theirs = [row for row in events if row["actor_name"] == "anoniem"]
    assert len(theirs) == 3, "started, reported, answered"
    assert {row["actor_id"] for row in theirs} == {None}
    assert [row for table, row in acts if table == "access" and row["user_id"] is None] == []
    assert (case.started_by, case.reported_by) == (None, None)


def test_feedback_is_read_with_the_code(office: Office) -> None:
    reference, code = code_of(office)
    assert signal(office, code).progress == "ontvangen"
    steps.triaged(office)
    assert signal(office, code).progress == "bekeken"
    steps.enriched(office)
    steps.judged(office, "nee")
    office.do(
        "af-zorg",
        "gemeentelijk_oppakken",
        oppakken={"wijze": "reguliere_hulp", "toelichting": steps.AGREED},
    )
    steps.told(office)
    seen = signal(office, code.lower().replace("-", " "))
    assert seen.reference == reference
    assert seen.progress == "afgerond"
    assert [text for _, text in seen.feedback] == ["Wij hebben uw melding bekeken."]


def test_a_question_is_read_and_answered_with_the_code(office: Office) -> None:
    reference, code = code_of(office)
    steps.triaged(office, bruikbaar="nee", vraag_aan_melder=steps.QUESTION)
    with office.application.sessions() as session:
        view = show_question(
            session, office.application.collaborators, code=code, now=office.clock()
        )
    assert view.values["triage"]["vraag_aan_melder"] == steps.QUESTION
    answer(office, code, steps.ANSWER)
    assert office.open_tasks(reference) == ["triage"]
    with pytest.raises(NotFound):
        answer(office, code, "Nog een keer.")


def test_another_code_opens_nothing(office: Office) -> None:
    code_of(office)
    with pytest.raises(NotFound):
        signal(office, "AAAA-BBBB-CCCC-DDDD")
