"""Taking a publication back: what comes back, which cases go along, and who confirms it."""

from uuid import UUID

import pytest
from sqlalchemy import select

from service.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from service.operations.studio.originals import Origin, origins, own_versions, shared_files
from service.operations.studio.publishing.approval import approval_of
from service.operations.studio.publishing.confirm_take_back import confirm_take_back
from service.operations.studio.publishing.confirming import Confirmation
from service.operations.studio.publishing.take_back import take_back
from service.storage import Access
from tests.integration import drawn, moves, publishing
from tests.integration.conftest import DEMO, Office
from tests.integration.moves import published
from tests.integration.publishing import OWNER, SECOND_OWNER
from tests.integration.test_studio_publish import FORM, ONE, TWO


def taken_back(office: Office, number: int, *, reason: str = "toch niet", by: str = OWNER) -> int:
    with office.application.sessions.begin() as session:
        return take_back(
            session,
            office.application.collaborators,
            number=number,
            reason=reason,
            actor=office.person(by),
            now=office.clock(),
        ).number


def test_taking_back_publishes_what_was_before_and_puts_moved_cases_back(office: Office) -> None:
    published(office, ONE)
    untouched, worked_on = drawn.begun(office), drawn.begun(office)
    draft = publishing.begun(office, diagram=TWO)
    done = publishing.publish(office, draft, move=True)
    assert done.batch_id
    moves.worked_off(office, done.batch_id)
    started = drawn.begun(office)
    moves.claimed(office, moves.only(office, worked_on))
    number = taken_back(office, done.number)
    fared = moves.worked_off(office, done.batch_id)
    assert (fared.state, dict(fared.counts)) == ("undone", {"undone": 1, "kept": 1})
    assert number == done.number + 1
    [line, before, *_] = publishing.listed(office)
    assert (line.undoes, before.undone_by) == (done.number, number)
    assert office.instance(started.reference).publication_id == done.id
    assert office.instance(worked_on.reference).publication_id == done.id
    assert office.instance(untouched.reference).publication_id != done.id
    new = drawn.begun(office)
    drawn.completed(office, moves.only(office, new).id, office.person("af-zorg"))
    assert office.open_tasks(new.reference) == []


def test_taking_back_stops_a_move_that_is_still_going_on(office: Office) -> None:
    published(office, ONE)
    case = drawn.begun(office)
    done = publishing.publish(office, publishing.begun(office, diagram=TWO), move=True)
    assert done.batch_id
    taken_back(office, done.number)
    fared = moves.worked_off(office, done.batch_id)
    assert (fared.state, dict(fared.counts)) == ("undone", {"skipped": 1})
    assert office.instance(case.reference).publication_id == case.publication_id


def test_only_the_newest_is_taken_back_with_a_reason_and_by_who_publishes(office: Office) -> None:
    first = published(office, ONE)
    second = published(office, TWO)
    for reason in (" ", "x" * 2001):
        with pytest.raises(InvalidInput, match=r"waarom|reden"):
            taken_back(office, second, reason=reason)
    with pytest.raises(Conflict, match="niet \\(meer\\) de nieuwste"):
        taken_back(office, first)
    with pytest.raises(NotFound):
        taken_back(office, second, by="oov")
    with pytest.raises(NotFound, match="Publicatie 99"):
        taken_back(office, 99)
    taken_back(office, second)
    with office.application.sessions() as session:
        kinds = session.scalars(select(Access.what)).all()
    assert "publicatie_teruggedraaid" in kinds


def with_a_form(office: Office, text: bytes) -> int:
    """Publishes other words in a form, seen by two; gives the number."""
    draft = publishing.begun(office)
    publishing.save(office, draft, {FORM: shared_files()[FORM] + text})
    publishing.approved(office, draft)
    return publishing.publish(office, draft).number


def confirmed(office: Office, number: int, *, by: str = SECOND_OWNER) -> None:
    with office.application.sessions.begin() as session:
        confirm_take_back(
            session,
            office.application.collaborators,
            number=number,
            actor=office.person(by),
            now=office.clock(),
        )


def test_with_four_eyes_one_takes_back_at_once_and_another_confirms(office: Office) -> None:
    publishing.with_four_eyes(office)
    number = taken_back(office, with_a_form(office, b"\n"))
    assert publishing.current(office) == number
    [line, *_] = publishing.listed(office)
    assert line.confirmation == Confirmation(by=None, at=None, own=True)
    with pytest.raises(NotAllowed, match="zelf teruggedraaid"):
        confirmed(office, number, by=OWNER)
    with pytest.raises(NotFound):
        confirmed(office, number, by="oov")

    confirmed(office, number)
    [line, *_] = publishing.listed(office)
    told = Confirmation(by=office.person(SECOND_OWNER).name, at=office.clock(), own=True)
    assert line.confirmation == told
    with pytest.raises(Conflict, match="heeft dit al bevestigd, om 09:30"):
        confirmed(office, number)
    with office.application.sessions() as session:
        assert "terugdraaien_bevestigd" in session.scalars(select(Access.what)).all()


def test_until_a_taking_back_is_confirmed_nothing_else_is_published(office: Office) -> None:
    publishing.with_four_eyes(office)
    number = taken_back(office, with_a_form(office, b"\n"))
    with pytest.raises(NotAllowed, match=f"Publicatie {number} draaide een andere terug"):
        with_a_form(office, b"\n\n")
    confirmed(office, number)
    assert with_a_form(office, b"\n\n\n") == number + 1


def test_taking_back_does_not_switch_four_eyes_off_for_one_person(office: Office) -> None:
    before = publishing.current(office)
    publishing.with_four_eyes(office)
    number = taken_back(office, before + 1)
    draft = publishing.begun(office)
    publishing.save(office, draft, {FORM: shared_files()[FORM] + b"\n"})
    assert not approval_asked(office, draft)
    with pytest.raises(NotAllowed, match="nog niet bevestigd"):
        publishing.publish(office, draft)
    confirmed(office, number)
    publishing.publish(office, draft)


def approval_asked(office: Office, draft: UUID) -> bool:
    with office.application.sessions() as session:
        return approval_of(
            session,
            office.application.collaborators,
            draft_id=draft,
            actor=office.person(OWNER),
        ).asked


def test_who_disagrees_takes_the_taking_back_back_and_only_that_is_confirmed(
    office: Office,
) -> None:
    publishing.with_four_eyes(office)
    once = taken_back(office, with_a_form(office, b"\n"))
    twice = taken_back(office, once, by=SECOND_OWNER)
    assert [line.to_confirm for line in publishing.listed(office)[:2]] == [True, False]
    with pytest.raises(Conflict, match="is zelf teruggedraaid"):
        confirmed(office, once)
    with pytest.raises(NotAllowed, match=f"Publicatie {twice} draaide"):
        with_a_form(office, b"\n\n")
    confirmed(office, twice, by=OWNER)
    assert with_a_form(office, b"\n\n\n") == twice + 1


def test_without_four_eyes_nobody_has_to_confirm(office: Office) -> None:
    published(office, ONE)
    number = taken_back(office, published(office, TWO))
    assert publishing.listed(office)[0].confirmation is None
    with pytest.raises(Conflict, match="geen bevestiging gevraagd"):
        confirmed(office, number)
    publishing.publish(office, publishing.begun(office, diagram=TWO))


def test_what_was_ones_own_before_is_ones_own_again(office: Office) -> None:
    own = shared_files()[FORM] + b"\n"
    for text in (own, shared_files()[FORM]):
        draft = publishing.begun(office)
        publishing.save(office, draft, {FORM: text})
        number = publishing.publish(office, draft).number
    taken_back(office, number)
    with office.application.sessions() as session:
        assert origins(session, municipality=DEMO, files={FORM: own})[FORM] is Origin.OWN
    taken_back(office, number + 1)
    with office.application.sessions() as session:
        assert own_versions(session, DEMO)[FORM].original is None
