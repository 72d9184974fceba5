"""kill -9 of the worker while a signal goes to fifty cases: each hears it, and hears it once."""

from collections import Counter
from uuid import UUID

from sqlalchemy import func, select, text

from service.operations.accounts import actor_of, find_user
from service.operations.broadcast_signal import broadcast_signal
from service.operations.demo import MUNICIPALITY
from service.operations.start_instance import start_instance
from service.operations.verify_history import verify_history
from service.storage import Delivery, Event, Instance, MessageOut
from tests.faults.node import until
from tests.faults.proof import calm, left_over
from tests.faults.site import Site, lent_site
from tests.integration.carried import ALARM, BEGINS, HEARS
from tests.unit.engine.diagrams import END, bpmn, chain, timer, user

CASES = 50
KILLS = 3
CLOCK = (
    f'<startEvent id="op_tijd" name="Op tijd">{timer("PT1S")}</startEvent>'
    + user("doen", '<zeebe:assignmentDefinition candidateGroups="af-zorg"/>')
    + END
    + chain("op_tijd", "doen", "einde")
)


def test_a_worker_that_is_killed_during_a_fan_out_loses_nothing_and_doubles_nothing(
    fresh_database_url: str,
) -> None:
    files = {
        f"processes/{key}/{key}.bpmn": bpmn(body, ALARM, key)
        for key, body in (("hoort", HEARS), ("begint", BEGINS), ("klok", CLOCK))
    }
    with lent_site(fresh_database_url, files) as place:
        waiting = _wait_for_alarm(place)
        _broadcast(place)
        for round_ in range(1, KILLS + 1):
            with place.application.engine.connect() as holder:
                # These two are in the midst of their step when the worker dies.
                held = waiting[2 * round_ : 2 * round_ + 2]
                holder.execute(
                    text("SELECT 1 FROM instance WHERE id = ANY(:ids) FOR UPDATE"), {"ids": held}
                )
                place.worker.start()
                _some_are_made(place, more_than=8 * round_)
                place.kill("worker")
                holder.rollback()
        place.worker.start()
        until(
            lambda: _all_made(place) and calm(place.application),
            lambda: f"the work is drained: {left_over(place.application)}",
        )
        _everybody_heard_it_once(place, waiting)
        _the_clock_began_one_case(place)


def _wait_for_alarm(place: Site) -> list[UUID]:
    """Fifty cases that wait for the signal."""
    application = place.application
    with application.sessions.begin() as session:
        account = find_user(session, f"af-zorg@{MUNICIPALITY}.example")
        actor = actor_of(session, user_id=account.id)
        assert actor is not None
        return [
            start_instance(
                session,
                application.collaborators,
                process_id="hoort",
                actor=actor,
                now=application.clock(),
            ).id
            for _ in range(CASES)
        ]


def _broadcast(place: Site) -> None:
    application = place.application
    with application.sessions.begin() as session:
        account = find_user(session, f"af-zorg@{MUNICIPALITY}.example")
        actor = actor_of(session, user_id=account.id)
        assert actor is not None
        broadcast_signal(
            session,
            application.collaborators,
            name="alarm",
            payload={"plaats": "overal"},
            actor=actor,
            now=application.clock(),
        )


def _made(place: Site) -> Counter[str]:
    with place.application.sessions() as session:
        rows = session.execute(select(Delivery.state, func.count()).group_by(Delivery.state))
        return Counter(dict(rows.all()))


def _some_are_made(place: Site, *, more_than: int) -> None:
    """Returns in the midst of it: when so many have heard it and others have not yet."""
    until(
        lambda: _made(place)["done"] > more_than,
        lambda: f"{_made(place)}: {left_over(place.application)}",
    )
    assert _made(place)["waiting"] > 0, "the worker was killed too late to prove anything"


def _all_made(place: Site) -> bool:
    return _made(place) == Counter(done=CASES + 1)


def _everybody_heard_it_once(place: Site, waiting: list[UUID]) -> None:
    with place.application.sessions() as session:
        heard = Counter(
            session.scalars(select(Event.instance_id).where(Event.kind == "signaal_gehoord"))
        )
        assert heard == Counter(waiting)
        for key in waiting:
            assert verify_history(session, instance_id=key).broken_at is None
        begun = session.scalars(select(Instance).where(Instance.process_id == "begint")).all()
        assert len(begun) == 1
        [message] = session.scalars(select(MessageOut).where(MessageOut.channel == "signal"))
        assert (message.payload, message.data_key) == (None, None)
        failed = session.scalar(
            text("SELECT count(*) FROM procrastinate_jobs WHERE status NOT IN ('todo', 'doing')")
        )
        assert failed == 0


def _the_clock_began_one_case(place: Site) -> None:
    with place.application.sessions() as session:
        assert session.scalar(select(func.count()).where(Instance.process_id == "klok")) == 1
