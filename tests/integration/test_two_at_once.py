"""Two people, or a person and the clock, at the same case at the same moment: one outcome.

The first has done its work and not committed yet when the second begins, so that the second
waits in the database at exactly the spot where they meet.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, MeldrouteError, NotFound
from service.operations import bundle_files
from service.operations.claim_task import claim_task
from service.operations.complete_task import complete_task
from service.operations.erase_instance import erase_instance
from service.operations.fire_due import fire_due
from service.operations.publish import publish
from service.operations.report_signal import Reported, report_signal
from service.operations.save_draft import save_draft
from service.operations.verify_history import verify_history
from service.storage import Instance
from tests.integration import drawn
from tests.integration.conftest import DEMO, SIGNAL, Office
from tests.integration.drawn import FOR_CARE
from tests.integration.repairing import BOTH, Act, started
from tests.unit.engine.diagrams import END, START, boundary, chain, timer, user

PATIENCE = 30.0
"""Seconds for the second to come to where the first is."""
ALONE = (
    START
    + user("doen", FOR_CARE)
    + user("daarna", FOR_CARE)
    + END
    + chain("begin", "doen", "daarna", "einde")
)
WATCHED = (
    START
    + user("doen", FOR_CARE)
    + boundary("na_een_uur", "doen", timer("PT1H"))
    + user("te_laat", FOR_CARE)
    + END
    + chain("begin", "doen", "einde")
    + chain("na_een_uur", "te_laat", "einde")
)


def meeting(office: Office, first: Act, second: Act, *, waits: bool = True) -> list[object]:
    """Runs both; the first commits only once the second waits for it (or is done, if it may)."""
    with ThreadPoolExecutor(1) as pool:
        with office.application.sessions.begin() as session:
            one = outcome(lambda: first(session))
            running = pool.submit(lambda: outcome(lambda: in_transaction(office, second)))
            deadline = time.monotonic() + PATIENCE
            while not (running.done() or somebody_waits(office) or time.monotonic() > deadline):
                time.sleep(0.02)
            assert running.done() != waits, "they did not meet"
        return [one, running.result(timeout=PATIENCE)]


def in_transaction(office: Office, act: Act) -> object:
    with office.application.sessions.begin() as session:
        return act(session)


def outcome(act: Callable[[], object]) -> object:
    try:
        return act()
    except MeldrouteError as error:
        return error


def somebody_waits(office: Office) -> bool:
    with office.application.engine.connect() as connection:
        return bool(
            connection.scalar(
                text(
                    "SELECT count(*) FROM pg_stat_activity "
                    "WHERE wait_event_type = 'Lock' AND datname = current_database()"
                )
            )
        )


def completing(office: Office, task_id: UUID, actor: Actor, **answers: Any) -> Act:
    return lambda session: complete_task(
        session,
        office.application.collaborators,
        task_id=task_id,
        actor=actor,
        answers=answers,
        now=office.clock(),
    )


def claiming(office: Office, task_id: UUID, actor: Actor) -> Act:
    return lambda session: claim_task(session, task_id=task_id, actor=actor, now=office.clock())


def firing(office: Office, instance: Instance) -> Act:
    return lambda session: fire_due(
        session, office.application.collaborators, instance_id=instance.id, now=office.clock()
    )


def erasing(office: Office, instance: Instance) -> Act:
    return lambda session: erase_instance(
        session,
        office.application.collaborators,
        instance_id=instance.id,
        ground="bewaartermijn",
        actor=office.person("archief"),
        now=office.clock(),
    )


def sound(office: Office, instance: Instance) -> int:
    """How many events the case has; its chain is intact."""
    with office.application.sessions() as session:
        result = verify_history(session, instance_id=instance.id)
    assert result.broken_at is None
    return result.events


@pytest.fixture
def two(office: Office) -> tuple[Actor, Actor]:
    """Two people of the same role."""
    first = office.person("af-zorg")
    other = office.person("af-achtervang")
    return first, Actor(
        user_id=other.user_id,
        name=other.name,
        municipality=DEMO,
        roles=frozenset({"af-zorg", "melder"}),
    )


def test_of_two_who_complete_one_task_the_second_hears_who_was_first_and_when(
    office: Office, two: tuple[Actor, Actor]
) -> None:
    instance = started(office, ALONE)
    task_id = drawn.open_task(office, instance, "doen")
    one, other = meeting(
        office,
        completing(office, task_id, two[0], wie="de een"),
        completing(office, task_id, two[1], wie="de ander"),
    )
    assert not isinstance(one, Exception)
    assert isinstance(other, Conflict)
    assert str(other) == f"{two[0].name} heeft deze taak al afgerond, om 09:30 op 02-03-2026."
    assert office.open_tasks(instance.reference) == ["daarna"]
    assert office.instance(instance.reference).revision == instance.revision + 1
    assert sound(office, instance) == 2


def test_a_claim_that_meets_a_completion_is_told_so(
    office: Office, two: tuple[Actor, Actor]
) -> None:
    instance = started(office, ALONE)
    task_id = drawn.open_task(office, instance, "doen")
    _, other = meeting(
        office, completing(office, task_id, two[0]), claiming(office, task_id, two[1])
    )
    assert isinstance(other, Conflict)
    assert two[0].name in str(other)
    [done] = [task for task in office.tasks(instance.reference) if task.id == task_id]
    assert (done.state, done.assignee_id) == ("completed", None)


def test_a_completion_that_meets_a_claim_is_told_who_has_it(
    office: Office, two: tuple[Actor, Actor]
) -> None:
    instance = started(office, ALONE)
    task_id = drawn.open_task(office, instance, "doen")
    done, other = meeting(
        office, claiming(office, task_id, two[0]), completing(office, task_id, two[1], wie="b")
    )
    assert done is None
    assert isinstance(other, Conflict)
    assert str(other) == f"{two[0].name} behandelt deze taak."
    assert office.open_tasks(instance.reference) == ["doen"]
    assert sound(office, instance) == 1


def test_of_two_claims_one_wins(office: Office, two: tuple[Actor, Actor]) -> None:
    instance = started(office, ALONE)
    task_id = drawn.open_task(office, instance, "doen")
    _, other = meeting(office, claiming(office, task_id, two[0]), claiming(office, task_id, two[1]))
    assert isinstance(other, Conflict)
    assert str(other) == f"{two[0].name} behandelt deze taak."


def test_a_completion_that_meets_the_timer_is_told_that_the_task_has_lapsed(
    office: Office, two: tuple[Actor, Actor]
) -> None:
    instance = started(office, WATCHED)
    task_id = drawn.open_task(office, instance, "doen")
    office.clock.move(minutes=61)
    fired, other = meeting(office, firing(office, instance), completing(office, task_id, two[0]))
    assert fired is True
    assert isinstance(other, Conflict)
    assert "vervallen" in str(other)
    assert office.open_tasks(instance.reference) == ["te_laat"]
    assert sound(office, instance) == 2


def test_a_timer_that_meets_a_completion_lets_it_be(
    office: Office, two: tuple[Actor, Actor]
) -> None:
    instance = started(office, WATCHED)
    task_id = drawn.open_task(office, instance, "doen")
    office.clock.move(minutes=61)
    done, fired = meeting(
        office, completing(office, task_id, two[0]), firing(office, instance), waits=False
    )
    assert not isinstance(done, Exception)
    assert fired is False
    office.later()
    assert office.instance(instance.reference).status == "completed"
    assert sound(office, instance) == 2


def test_two_tasks_of_one_case_join_at_the_same_moment(
    office: Office, two: tuple[Actor, Actor]
) -> None:
    instance = started(office, BOTH)
    left, right = (drawn.open_task(office, instance, side) for side in ("links", "rechts"))
    results = meeting(
        office,
        completing(office, left, two[0], links="ja"),
        completing(office, right, two[1], rechts="ja"),
    )
    assert not [r for r in results if isinstance(r, Exception)]
    assert office.open_tasks(instance.reference) == ["daarna"]
    assert office.instance(instance.reference).revision == instance.revision + 2
    assert sound(office, instance) == 3


def test_a_draft_that_meets_a_completion_brings_nothing_back(
    office: Office, two: tuple[Actor, Actor]
) -> None:
    instance = started(office, ALONE)
    task_id = drawn.open_task(office, instance, "doen")
    meeting(
        office,
        completing(office, task_id, two[0]),
        lambda session: save_draft(
            session,
            office.application.collaborators,
            task_id=task_id,
            actor=two[0],
            answers={"wie": "laat"},
            now=office.clock(),
        ),
    )
    [done] = [task for task in office.tasks(instance.reference) if task.id == task_id]
    assert (done.state, done.draft) == ("completed", None)


def test_a_form_that_is_sent_twice_at_once_makes_one_case(office: Office) -> None:
    submission = uuid4()

    def sending(session: Session) -> Reported:
        return report_signal(
            session,
            office.application.collaborators,
            actor=None,
            municipality=DEMO,
            answers={"signaal": {**SIGNAL, "anoniem": "ja", "hoedanigheid": "anoniem"}},
            submission_id=submission,
            now=office.clock(),
        )

    one, other = meeting(office, sending, sending)
    assert one == other
    assert isinstance(one, Reported)


def test_two_publications_at_once_get_two_numbers(office: Office) -> None:
    def publishing(word: str) -> Act:
        content = bundle_files.read_bundled(DEMO)
        profile = content[bundle_files.PROFILE].decode().replace("Burgerzaken", word)
        files = {**content, bundle_files.PROFILE: profile.encode()}
        return lambda session: (
            publish(session, content=files, published_by="x", reason="x", now=office.clock()).number
        )

    assert meeting(office, publishing("Een"), publishing("Twee")) == [2, 3]


def test_twenty_people_at_once_leave_every_case_sound(
    office: Office, two: tuple[Actor, Actor]
) -> None:
    drawn.publish_process(office, BOTH)
    cases = [drawn.begun(office) for _ in range(5)]
    tasks = [
        (drawn.open_task(office, case, side), actor)
        for case in cases
        for side in ("links", "rechts")
        for actor in two
    ]
    start = threading.Barrier(8)

    def one(place: int) -> list[object]:
        start.wait(timeout=30)
        return [
            outcome(lambda: in_transaction(office, completing(office, key, actor)))  # noqa: B023
            for key, actor in (tasks[place:] + tasks[:place])
        ]

    with ThreadPoolExecutor(8) as pool:
        results = [result for answers in pool.map(one, range(8)) for result in answers]
    losers = [result for result in results if isinstance(result, Exception)]
    assert {type(loser) for loser in losers} == {Conflict}
    assert len(results) - len(losers) == 10
    for case in cases:
        assert office.open_tasks(case.reference) == ["daarna"]
        assert sound(office, case) == 3


def test_a_case_is_erased_only_once_the_last_completion_is_in(
    office: Office, two: tuple[Actor, Actor]
) -> None:
    drawn.publish_process(
        office, START + user("doen", FOR_CARE) + END + chain("begin", "doen", "einde")
    )
    instance = drawn.begun(office)
    task_id = drawn.open_task(office, instance, "doen")
    done, erased = meeting(
        office, completing(office, task_id, two[0], wie="a"), erasing(office, instance)
    )
    assert not isinstance(done, Exception)
    assert erased is None
    assert office.instance(instance.reference).status == "erased"
    assert office.tasks(instance.reference) == []


def test_a_completion_that_meets_the_refusal_to_erase_goes_through(
    office: Office, two: tuple[Actor, Actor]
) -> None:
    instance = started(office, ALONE)
    task_id = drawn.open_task(office, instance, "doen")
    refused, done = meeting(
        office, erasing(office, instance), completing(office, task_id, two[0], wie="a")
    )
    assert isinstance(refused, Conflict)
    assert not isinstance(done, Exception)
    assert office.open_tasks(instance.reference) == ["daarna"]
    assert sound(office, instance) == 2


def test_of_two_who_erase_a_case_the_second_hears_who_did(office: Office) -> None:
    drawn.publish_process(office, START + END + chain("begin", "einde"))
    instance = drawn.begun(office)
    first, second = meeting(office, erasing(office, instance), erasing(office, instance))
    assert first is None
    assert isinstance(second, NotFound)
    assert office.person("archief").name in str(second)
