"""A suspended case may move, and stays suspended until somebody resumes it."""

from collections.abc import Callable

from service.operations.resume_instance import resume_instance
from service.operations.settle import three_quarters
from service.operations.suspend_instance import suspend_instance
from service.storage import Instance
from tests.integration import drawn, moves
from tests.integration.conftest import Office
from tests.integration.moves import due_after, only, published, steps
from tests.unit.engine.diagrams import boundary, chain, timer, user

WATCH = (
    boundary("rand", "doen", timer("PT1H"))
    + user("laat", drawn.FOR_CARE)
    + chain("rand", "laat", "einde")
)


def repaired(office: Office, instance: Instance, act: Callable[..., None]) -> None:
    office.act(
        act, moves.publisher(office), instance_id=instance.id, reason="Er loopt een onderzoek."
    )


def test_a_suspended_case_moves_and_stays_suspended(office: Office) -> None:
    published(office, steps(user("doen", due_after("P4D"))))
    instance = drawn.begun(office)
    repaired(office, instance, suspend_instance)
    second = published(office, steps(user("doen", due_after("P8D")), after=WATCH))
    assert dict(moves.moved(office, second).counts) == {"moved": 1}
    now = office.instance(instance.reference)
    assert (now.status, now.next_due) == ("suspended", None)
    task = only(office, instance)
    assert (task.due_at - task.opened_at).days == 8
    assert task.next_nudge is None
    office.later(hours=2)
    assert office.open_tasks(instance.reference) == ["doen"]
    repaired(office, instance, resume_instance)
    assert only(office, instance).next_nudge == three_quarters(task.opened_at, task.due_at)
    office.later()
    assert office.open_tasks(instance.reference) == ["laat"]
    moves.consistent(office, instance.id)


def test_a_move_before_a_suspension_is_not_undone_behind_it(office: Office) -> None:
    published(office, steps(user("doen", drawn.FOR_CARE)))
    instance = drawn.begun(office)
    second = published(office, steps(user("doen", drawn.FOR_CARE), user("nog", drawn.FOR_CARE)))
    fared = moves.moved(office, second)
    repaired(office, instance, suspend_instance)
    before = moves.rows_about(office, instance)
    told = moves.undone(office, fared.id)
    assert dict(told.counts) == {"kept": 1}
    assert "stilgezet" in told.told[0].reason
    assert moves.rows_about(office, instance) == before
