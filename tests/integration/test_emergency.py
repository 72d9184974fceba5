"""Reading in an emergency: for a while, for reading only, told and judged by somebody else."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from service.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from service.operations import bundle_files
from service.operations.complete_task import complete_task
from service.operations.download_file import download_file
from service.operations.list_cases import list_cases
from service.operations.notes import add_note
from service.operations.publish import publish
from service.operations.show_case import HistoryLine
from service.operations.show_task import show_task
from service.operations.viewers_of import viewers_of
from service.storage import Access, EmergencyAccess, Instance
from tests.integration import everything, steps
from tests.integration.conftest import DEMO, SIGNAL, Office
from tests.integration.guarded import NEED, colleague, lock, logged, read, seen
from tests.integration.test_rights import next_door

READER = "wonen"


def reviews(office: Office) -> list[Instance]:
    with office.application.sessions() as session:
        return list(session.scalars(select(Instance).where(Instance.process_id == "noodtoegang")))


def form_of(office: Office, role: str, element_id: str) -> dict[str, object]:
    with office.application.sessions.begin() as session:
        view = show_task(
            session,
            office.application.collaborators,
            task_id=office.inbox(role)[element_id].id,
            actor=office.person(role),
            now=office.clock(),
        )
        return dict(view.variables)


def test_it_lasts_as_long_as_the_profile_says_and_not_a_moment_more(office: Office) -> None:
    reference, reader = office.report().reference, office.person(READER)
    found = read(office, reference, reader)
    assert found is not None
    assert found.until == office.clock() + timedelta(hours=4)
    assert seen(office, reference, reader).reads_until == found.until

    office.clock.move(hours=4)
    with pytest.raises(NotFound, match="bestaat niet, of is niet voor u"):
        seen(office, reference, reader)


def test_it_shows_what_ones_role_may_see_and_never_who_reported(office: Office) -> None:
    reference, reader = office.report().reference, office.person("sociaal-domein")
    steps.triaged(office)
    read(office, reference, reader)
    view = seen(office, reference, reader)

    told = str([line.answers for line in view.history])
    assert SIGNAL["omschrijving"] in told
    provisions = office.person(READER)
    read(office, reference, provisions)
    assert SIGNAL["omschrijving"] not in str(seen(office, reference, provisions).history)
    assert SIGNAL["naam"] not in told
    assert view.reporter is None
    assert not view.overseen
    assert view.viewers == ()

    coordinates = colleague(office, "af-zorg")
    lock(office, reference)
    read(office, reference, coordinates)
    assert seen(office, reference, coordinates).reporter is None


def test_it_is_reading_and_nothing_else(office: Office) -> None:
    reference, reader = office.report().reference, office.person(READER)
    task_id = office.inbox("af-zorg")["triage"].id
    read(office, reference, reader)
    parts, case = office.application.collaborators, office.instance(reference)
    asked = {"instance_id": case.id, "actor": reader, "now": office.clock()}
    for what, more in (
        (add_note, {"domain": "algemeen", "text": "Ik was hier."}),
        (download_file, {"attachment_id": task_id}),
    ):
        with office.application.sessions.begin() as session, pytest.raises(NotFound):
            what(session, parts, **asked, **more)  # type: ignore[operator]
    with office.application.sessions.begin() as session, pytest.raises(NotFound):
        complete_task(session, parts, task_id=task_id, actor=reader, answers={}, now=office.clock())
    with office.application.sessions.begin() as session, pytest.raises(NotFound):
        list_cases(session, parts, actor=reader)
    assert office.instance(reference).revision == case.revision


def test_the_case_and_the_log_tell_it(office: Office) -> None:
    reference, reader = office.report().reference, office.person(READER)
    read(office, reference, reader)
    seen(office, reference, reader)

    owner = seen(office, reference, office.person("af-zorg"))
    [told] = [line for line in owner.history if line.kind == "noodtoegang"]
    assert (told.actor_name, told.reason) == (reader.name, NEED)
    assert logged(office, reader.user_id) == ["noodtoegang", "noodtoegang_gelezen"]
    marked = {viewer.name: viewer.in_emergency for viewer in owner.viewers}
    assert marked == {reader.name: True, office.person("af-zorg").name: False}
    assert everything.holding(office.application.engine, NEED) == []


def test_somebody_else_hears_it_at_once_and_reads_no_more_than_that(office: Office) -> None:
    reference, reader = office.report().reference, office.person(READER)
    office.post.sent.clear()
    read(office, reference, reader)

    task = office.inbox("privacy")["noodtoegang_beoordelen"]
    office.announce([task.id])
    assert [mail.recipient for mail in office.post.sent] == ["privacy@midden-delfland.example"]
    assert task.due_at == office.clock() + timedelta(hours=24)
    variables = form_of(office, "privacy", "noodtoegang_beoordelen")
    assert variables["noodtoegang"] == {
        "kenmerk": reference,
        "wie": reader.name,
        "rollen": "Wonen",
        "van": "09:30 op 02-03-2026",
        "tot": "13:30 op 02-03-2026",
        "reden": NEED,
        "vergrendeld": "nee",
    }
    assert set(variables) == {"registratie", "noodtoegang", "gemeente"}
    with pytest.raises(NotFound):
        seen(office, reference, office.person("privacy"))


def test_nobody_judges_their_own_reading_and_the_stand_in_gets_it(office: Office) -> None:
    reference, judge = office.report().reference, office.person("privacy")
    read(office, reference, judge)
    own = {"uitkomst": "terecht", "motivering": "Ik had gelijk."}
    with pytest.raises(NotAllowed, match="tweede persoon"):
        office.do("privacy", "noodtoegang_beoordelen", oordeel=own)

    office.later(hours=25)
    office.do("jz", "noodtoegang_beoordelen", oordeel=own)
    [review] = reviews(office)
    assert (review.status, review.end_name) == ("completed", "Terecht gebruikt")


def test_what_was_not_right_comes_to_the_board(office: Office) -> None:
    read(office, office.report().reference, office.person(READER))
    office.do(
        "privacy",
        "noodtoegang_beoordelen",
        oordeel={"uitkomst": "onterecht", "motivering": "Er was geen nood."},
    )
    decided = {"besluit": "gesprek", "datalek": "nee", "motivering": "Er volgt een gesprek."}
    office.do("directie", "gevolg_bepalen", gevolg=decided)
    [review] = reviews(office)
    assert review.end_name == "Onterecht, met gevolg"


UNJUST = {"uitkomst": "onterecht", "motivering": "Er was geen nood."}


def judged(office: Office, **verdict: str) -> None:
    office.do("privacy", "noodtoegang_beoordelen", oordeel=verdict or UNJUST)


def test_what_is_found_not_right_ends_at_once(office: Office) -> None:
    reference, reader = office.report().reference, office.person(READER)
    read(office, reference, reader)
    office.clock.move(hours=1)
    assert seen(office, reference, reader)
    judged(office)
    with pytest.raises(NotFound, match="bestaat niet, of is niet voor u"):
        seen(office, reference, reader)


@pytest.mark.parametrize(
    "verdict",
    [
        {"uitkomst": "terecht", "motivering": "Er was gevaar."},
        {"uitkomst": "uitleg", "vraag": "Wat was de nood?"},
    ],
)
def test_what_is_right_or_asked_about_lasts_on(office: Office, verdict: dict[str, str]) -> None:
    reference, reader = office.report().reference, office.person(READER)
    read(office, reference, reader)
    judged(office, **verdict)
    assert seen(office, reference, reader).reads_until
    assert ended(office, reference) == []


def test_only_the_reading_that_was_judged_ends(office: Office) -> None:
    reference, reader = office.report().reference, office.person(READER)
    other = colleague(office, READER, name="Kim Vermeer")
    elsewhere = office.report().reference
    read(office, reference, reader)
    judge = office.inbox("privacy")["noodtoegang_beoordelen"].id
    for who, what in ((other, reference), (reader, elsewhere)):
        read(office, what, who)
    office.complete("privacy", judge, oordeel=UNJUST)

    with pytest.raises(NotFound):
        seen(office, reference, reader)
    assert seen(office, reference, other).reads_until
    assert seen(office, elsewhere, reader).reads_until
    assert ended(office, elsewhere) == []


def ended(office: Office, reference: str) -> list[HistoryLine]:
    history = seen(office, reference, office.person("af-zorg")).history
    return [line for line in history if line.kind == "noodtoegang_beeindigd"]


def test_the_case_tells_that_it_ended_and_why_to_who_oversees_it(office: Office) -> None:
    reference, reader = office.report().reference, office.person(READER)
    read(office, reference, reader)
    judged(office)
    [review] = reviews(office)
    [line] = ended(office, reference)
    assert line.element_name == reader.name
    assert line.reason == f"Beoordeeld als onterecht, in {review.reference}."
    [line] = (
        line
        for line in seen(office, review.reference, office.person("privacy")).history
        if line.element_name == "Lezen beëindigen"
    )
    assert line.kind == "taak_uitgevoerd"


def test_who_was_told_that_it_was_not_right_does_not_take_it_again(office: Office) -> None:
    reference, reader = office.report().reference, office.person(READER)
    read(office, reference, reader)
    office.clock.move(hours=1)
    judged(office)
    with pytest.raises(Conflict, match="beëindigd, om 10:30 op 02-03-2026"):
        read(office, reference, reader)
    assert read(office, reference, colleague(office, READER))
    office.clock.move(hours=3)
    assert read(office, reference, reader)


def test_what_was_over_already_is_not_ended_once_more(office: Office) -> None:
    reference, reader = office.report().reference, office.person(READER)
    read(office, reference, reader)
    office.clock.move(hours=5)
    judged(office)
    assert ended(office, reference) == []
    assert office.inbox("directie")["gevolg_bepalen"]


def test_the_review_goes_on_when_the_reading_went_with_the_case(office: Office) -> None:
    read(office, office.report().reference, office.person(READER))
    with office.application.sessions.begin() as session:
        session.execute(delete(EmergencyAccess))
    judged(office)
    assert office.inbox("directie")["gevolg_bepalen"]


def test_asking_again_while_it_lasts_changes_nothing(office: Office) -> None:
    reference, reader = office.report().reference, office.person(READER)
    first = read(office, reference, reader)
    office.clock.move(hours=1)
    assert read(office, reference, reader) == first
    assert len(reviews(office)) == 1
    office.clock.move(hours=4)
    again = read(office, reference, reader)
    assert again is not None
    assert again.until == office.clock() + timedelta(hours=4)
    assert len(reviews(office)) == 2


def test_who_sees_the_case_needs_nothing_and_nothing_is_recorded(office: Office) -> None:
    reference, owner = office.report().reference, office.person("af-zorg")
    found = read(office, reference, owner)
    assert found is not None
    assert found.until is None
    assert reviews(office) == []
    assert logged(office, owner.user_id) == []


def test_a_kenmerk_that_is_not_there_is_logged_and_told(office: Office) -> None:
    reader = office.person(READER)
    assert read(office, "2026-aaaa-bbbb", reader) is None
    with office.application.sessions() as session:
        [line] = session.scalars(select(Access).where(Access.user_id == reader.user_id))
    assert (line.what, line.thing) == ("noodtoegang_onbekend", "2026-AAAA-BBBB")
    assert reviews(office) == []


@pytest.mark.parametrize("typed", ["", "Violeta", "2026-AAAA", "2026-AAAA-BBBB; en meer"])
def test_what_is_no_kenmerk_is_refused_and_kept_nowhere(office: Office, typed: str) -> None:
    reader = office.person(READER)
    with pytest.raises(InvalidInput, match="hele kenmerk"):
        read(office, typed, reader)
    assert logged(office, reader.user_id) == []


def test_a_reason_that_explains_nothing_is_refused(office: Office) -> None:
    reference, reader = office.report().reference, office.person(READER)
    for reason in ("", "   ", "spoed"):
        with pytest.raises(InvalidInput):
            read(office, reference, reader, reason)
    with pytest.raises(NotFound):
        seen(office, reference, reader)


@pytest.mark.parametrize("role", ["melder", "zvh", "politie-avim"])
def test_it_is_not_there_for_partners_and_reporters(office: Office, role: str) -> None:
    reference = office.report().reference
    with pytest.raises(NotFound):
        read(office, reference, office.person(role))
    assert reviews(office) == []


def test_next_door_a_case_is_unknown(office: Office) -> None:
    reference, neighbour = office.report().reference, next_door(office, READER)
    assert read(office, reference, neighbour) is None
    with pytest.raises(NotFound):
        seen(office, reference, neighbour)
    assert reviews(office) == []


def test_the_review_of_a_locked_case_is_locked_the_same(office: Office) -> None:
    reference, other = office.report().reference, office.person("af-achtervang")
    lock(office, reference)
    read(office, reference, other)
    [review] = reviews(office)

    with pytest.raises(NotFound):
        seen(office, review.reference, other)
    assert seen(office, review.reference, office.person("af-zorg")).overseen
    told = form_of(office, "privacy", "noodtoegang_beoordelen")["noodtoegang"]
    assert isinstance(told, dict)
    assert told["vergrendeld"] == "ja"


def test_without_the_process_that_judges_it_there_is_none(office: Office) -> None:
    content = {
        path: body
        for path, body in bundle_files.read_bundled(DEMO).items()
        if "/noodtoegang/" not in path
    }
    with office.application.sessions.begin() as session:
        publish(session, content=content, published_by="proef", reason="proef", now=office.clock())
    reference, reader = office.report().reference, office.person(READER)
    with pytest.raises(Conflict, match="niet gepubliceerd"):
        read(office, reference, reader)
    with pytest.raises(NotFound):
        seen(office, reference, reader)


def test_only_who_oversees_a_case_hears_who_looked_at_it(office: Office) -> None:
    reference = office.report().reference
    for role in ("wonen", "functioneel-beheer", "zvh"):
        with office.application.sessions() as session, pytest.raises(NotFound):
            viewers_of(
                session,
                office.application.collaborators,
                instance_id=office.instance(reference).id,
                actor=office.person(role),
            )
