"""A move meets somebody at work, the clock, or another worker: one outcome and no lost word."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.operations.complete_task import Completed
from service.operations.moving.work_off import Chunk
from service.storage import Event, Instance, MigrationItem
from tests.integration import drawn, moves
from tests.integration.conftest import Office
from tests.integration.drawn import FOR_CARE
from tests.integration.moves import (
    FOR_SAFETY,
    asks,
    claimed,
    form,
    history,
    kinds,
    only,
    published,
    shown,
    steps,
)
from tests.integration.test_two_at_once import (
    Act,
    claiming,
    completing,
    firing,
    in_transaction,
    meeting,
    sound,
)
from tests.unit.engine.diagrams import boundary, chain, timer, user


def moving(office: Office, batch_id: UUID, instance: Instance) -> Act:
    """What the worker does in the transaction of one case."""

    def act(session: Session) -> None:
        with office.application.sessions() as beside:
            number = beside.scalar(
                select(MigrationItem.chunk).where(
                    MigrationItem.batch_id == batch_id, MigrationItem.instance_id == instance.id
                )
            )
        assert number is not None
        chunk = Chunk(batch_id, number)
        chunk.handle(session, office.application.collaborators, instance.id, now=office.clock())

    return act


def counts(office: Office, batch_id: UUID) -> dict[str, int]:
    return dict(moves.fared(office, batch_id).counts)


@pytest.fixture
def care(office: Office) -> Actor:
    return office.person("af-zorg")


def test_a_move_that_meets_a_completion_moves_the_case_from_where_it_is_then(
    office: Office, care: Actor
) -> None:
    published(office, steps(user("doen", FOR_CARE), user("daarna", FOR_CARE)))
    instance = drawn.begun(office)
    task_id = only(office, instance).id
    second = published(office, steps(user("doen", FOR_CARE), user("daarna", FOR_SAFETY)))
    batch_id = moves.begun(office, second)
    done, went = meeting(
        office, completing(office, task_id, care, wie="x"), moving(office, batch_id, instance)
    )
    assert isinstance(done, Completed)
    assert done.incident is None
    assert went is None
    assert counts(office, batch_id) == {"moved": 1}
    assert kinds(office, instance) == ["gestart", "taak_afgerond", "gemigreerd"]
    assert "daarna" in office.inbox("af-veiligheid")
    assert office.instance(instance.reference).revision == instance.revision + 2
    moves.consistent(office, instance.id)


def test_a_completion_that_meets_a_move_is_done_on_the_new_publication(
    office: Office, care: Actor
) -> None:
    published(office, steps(user("doen", FOR_CARE)))
    instance = drawn.begun(office)
    task_id = only(office, instance).id
    second = published(office, steps(user("doen", FOR_CARE), user("tussen", FOR_CARE)))
    batch_id = moves.begun(office, second)
    _, done = meeting(
        office, moving(office, batch_id, instance), completing(office, task_id, care, wie="x")
    )
    assert isinstance(done, Completed)
    assert done.incident is None
    assert office.open_tasks(instance.reference) == ["tussen"]
    assert kinds(office, instance) == ["gestart", "gemigreerd", "taak_afgerond"]
    moves.consistent(office, instance.id)


def test_whoever_answers_a_question_that_a_move_took_away_loses_no_word(
    office: Office, care: Actor
) -> None:
    published(office, steps(user("doen", asks())), doen=form("wie", "waar"))
    instance = drawn.begun(office)
    task_id = only(office, instance).id
    second = published(office, steps(user("doen", asks())), doen=form("wie"))
    batch_id = moves.begun(office, second)
    answers: dict[str, Any] = {"doen": {"wie": "Violeta", "waar": "Dorpsstraat"}}
    _, told = meeting(
        office, moving(office, batch_id, instance), completing(office, task_id, care, **answers)
    )
    assert isinstance(told, Completed)
    assert told.incident == (
        "De zaak is om 09:30 op 02-03-2026 overgezet naar een nieuwere versie van het proces. "
        "Niet meer gevraagd: ‘Vraag waar’. Wat u invulde staat bij de zaak; kijk de vragen na en "
        "rond opnieuw af."
    )
    assert office.open_tasks(instance.reference) == ["doen"]
    assert shown(office, only(office, instance))["doen"]["wie"] == "Violeta"
    [kept] = [line for line in history(office, instance) if line.kind == "antwoorden_bewaard"]
    assert [answer.text for answer in kept.answers] == ["Violeta", "Dorpsstraat"]
    done = drawn.completed(office, task_id, care, doen={"wie": "Violeta"})
    assert done.ended
    sound(office, instance)


def test_whoever_lost_the_task_by_a_move_is_told_so_and_loses_no_word(
    office: Office, care: Actor
) -> None:
    published(office, steps(user("doen", asks())), doen=form("wie"))
    instance = drawn.begun(office)
    task_id = only(office, instance).id
    claimed(office, only(office, instance))
    settings = asks().replace(FOR_CARE, FOR_SAFETY)
    second = published(office, steps(user("doen", settings)), doen=form("wie"))
    batch_id = moves.begun(office, second)
    answers: dict[str, Any] = {"doen": {"wie": "Violeta"}}
    _, told = meeting(
        office, moving(office, batch_id, instance), completing(office, task_id, care, **answers)
    )
    assert isinstance(told, Completed)
    assert told.incident is not None
    assert "Deze taak is nu voor een andere rol" in told.incident
    task = only(office, instance)
    assert (task.roles, task.draft_by) == (["af-veiligheid"], care.name)
    assert shown(office, task, "af-veiligheid")["doen"] == {"wie": "Violeta"}
    moves.consistent(office, instance.id)


def test_somebody_who_never_had_the_task_is_told_nothing(office: Office) -> None:
    published(office, steps(user("doen", FOR_CARE)))
    instance = drawn.begun(office)
    task_id = only(office, instance).id
    second = published(office, steps(user("doen", FOR_SAFETY)))
    moves.moved(office, second)
    with pytest.raises(Exception, match="bestaat niet, of is niet voor u"):
        drawn.completed(office, task_id, office.person("oov"), wie="x")
    assert kinds(office, instance) == ["gestart", "gemigreerd"]


def test_a_claim_that_meets_a_move_falls_to_one_of_both_sides(office: Office, care: Actor) -> None:
    published(office, steps(user("doen", FOR_CARE)))
    first, other = drawn.begun(office), drawn.begun(office)
    ids = {case.id: only(office, case).id for case in (first, other)}
    second = published(office, steps(user("doen", FOR_SAFETY)))
    batch_id = moves.begun(office, second)
    meeting(office, claiming(office, ids[first.id], care), moving(office, batch_id, first))
    assert only(office, first).assignee_id is None
    assert kinds(office, first) == ["gestart", "gemigreerd", "taak_teruggenomen"]
    _, told = meeting(
        office, moving(office, batch_id, other), claiming(office, ids[other.id], care)
    )
    assert isinstance(told, NotFound)
    assert only(office, other).assignee_id is None
    for case in (first, other):
        moves.consistent(office, case.id)


WATCH = (
    boundary("na_een_uur", "doen", timer("PT1H"))
    + user("te_laat", FOR_CARE)
    + chain("na_een_uur", "te_laat", "einde")
)


def test_a_move_that_meets_the_timer_finds_the_case_where_the_timer_brought_it(
    office: Office,
) -> None:
    published(office, steps(user("doen", FOR_CARE), after=WATCH))
    instance = drawn.begun(office)
    second = published(office, steps(user("doen", FOR_CARE), user("nog", FOR_CARE), after=WATCH))
    batch_id = moves.begun(office, second)
    office.clock.move(minutes=61)
    fired, _ = meeting(office, firing(office, instance), moving(office, batch_id, instance))
    assert fired is True
    assert office.open_tasks(instance.reference) == ["te_laat"]
    assert kinds(office, instance) == ["gestart", "tijd_verstreken", "gemigreerd"]
    moves.consistent(office, instance.id)


def test_a_timer_that_meets_a_move_fires_afterwards_on_the_new_publication(
    office: Office,
) -> None:
    published(office, steps(user("doen", FOR_CARE), after=WATCH))
    instance = drawn.begun(office)
    later = WATCH.replace("te_laat", "escaleren")
    second = published(office, steps(user("doen", FOR_CARE), after=later))
    batch_id = moves.begun(office, second)
    office.clock.move(minutes=61)
    _, fired = meeting(
        office, moving(office, batch_id, instance), firing(office, instance), waits=False
    )
    assert fired is False
    assert in_transaction(office, firing(office, instance)) is True
    assert office.open_tasks(instance.reference) == ["escaleren"]
    assert kinds(office, instance) == ["gestart", "gemigreerd", "tijd_verstreken"]
    moves.consistent(office, instance.id)


def test_two_workers_at_the_same_case_move_it_once(office: Office) -> None:
    published(office, steps(user("doen", FOR_CARE)))
    instance = drawn.begun(office)
    second = published(office, steps(user("doen", FOR_CARE), user("nog", FOR_CARE)))
    batch_id = moves.begun(office, second)
    act = moving(office, batch_id, instance)
    assert meeting(office, act, act) == [None, None]
    with office.application.sessions() as session:
        told = session.scalar(select(func.count()).where(Event.kind == "gemigreerd"))
    assert told == 1
    assert counts(office, batch_id) == {"moved": 1}
    assert office.instance(instance.reference).revision == instance.revision + 1


def test_undoing_that_meets_a_completion_lets_the_work_stand(office: Office, care: Actor) -> None:
    published(office, steps(user("doen", FOR_CARE), user("daarna", FOR_CARE)))
    instance = drawn.begun(office)
    task_id = only(office, instance).id
    second = published(
        office, steps(user("doen", FOR_CARE), user("daarna", FOR_CARE), user("nog", FOR_CARE))
    )
    fared = moves.moved(office, second)
    parts, actor = office.application.collaborators, moves.publisher(office)
    with office.application.sessions.begin() as session:
        moves.undo_batch(session, parts, batch_id=fared.id, actor=actor, now=office.clock())
    meeting(office, completing(office, task_id, care, wie="x"), moving(office, fared.id, instance))
    assert counts(office, fared.id) == {"kept": 1}
    assert office.open_tasks(instance.reference) == ["daarna"]
    moves.consistent(office, instance.id)
