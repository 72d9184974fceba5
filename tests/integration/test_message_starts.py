"""A message goes to who waits for it; when nobody does, it begins a case. Once."""

from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from service.domain.actor import Actor
from service.domain.errors import Conflict, Incident, InvalidInput, NotAllowed, NotFound
from service.operations.deliver_message import Reached, send_in
from service.operations.list_starts import AutomaticStart, list_starts
from service.operations.retry_start import drop_start
from service.storage import Access, Delivery, MessageOut
from tests.integration import drawn, everything
from tests.integration.carried import (
    cases_of,
    delivering,
    events,
    published_with,
    spread,
    states,
)
from tests.integration.clockwork import retried
from tests.integration.conftest import Office
from tests.integration.drawn import FOR_CARE
from tests.integration.test_two_at_once import meeting
from tests.unit.engine.diagrams import (
    END,
    START,
    catch,
    chain,
    end,
    ext,
    flow,
    gateway,
    io,
    message,
    on_message,
    user,
)

POST = message("post", "er_is_post", "=sleutel")
SECRET = "Er slapen zes mensen achter de kas."
BEGINS = (
    f'<startEvent id="begin" name="Bij post">{on_message("post")}</startEvent>'
    + user("lezen", FOR_CARE)
    + END
    + chain("begin", "lezen", "einde")
)
STUMBLES = (
    f'<startEvent id="begin" name="Bij post">{on_message("post")}</startEvent>'
    + gateway("exclusive", "hoeveel", default="anders")
    + user("veel", FOR_CARE)
    + END
    + chain("begin", "hoeveel")
    + flow("hoeveel", "veel", when="=number(aantal) &gt; 5")
    + flow("hoeveel", "einde", key="anders")
    + chain("veel", "einde")
)
WAITS = (
    START
    + catch("wachten", on_message("post"))
    + user("lezen", FOR_CARE)
    + END
    + chain("begin", "wachten", "lezen", "einde")
)
SENDS = (
    START
    + user("doen", FOR_CARE)
    + end("einde", ext(io({"aantal": "=aantal"})) + on_message("post"))
    + chain("begin", "doen", "einde")
)


def published(office: Office, **bodies: str) -> None:
    published_with(office, POST, **bodies)


def sent(
    office: Office, key: str | None = "S1", *, role: str = "functioneel-beheer", **more: Any
) -> Reached:
    return office.act(
        send_in,
        role,
        name="er_is_post",
        correlation_key=key,
        payload=more.pop("payload", {}),
        **more,
    )


def thrown(office: Office, **variables: Any) -> None:
    """A case sends the message; the worker stays asleep."""
    case = drawn.begun(office, "stuurt", sleutel="S1", **variables)
    drawn.completed(office, drawn.open_task(office, case, "doen"), office.person("af-zorg"))


def failures(office: Office, actor: Actor) -> list[AutomaticStart]:
    with office.application.sessions() as session:
        found = list_starts(session, office.application.collaborators, actor=actor)
        return [start for start in found if start.incident is not None]


def test_a_message_that_nobody_waits_for_begins_a_case_in_each_process_that_starts_by_it(
    office: Office,
) -> None:
    published(office, begint=BEGINS, ook=BEGINS)
    reached = sent(office, payload={"aantal": 3})
    assert reached.instances == ()
    assert len(reached.started) == 2
    [case] = cases_of(office, "begint")
    assert case.id in reached.started
    assert case.started_by == office.person("functioneel-beheer").user_id
    assert office.open_tasks(case.reference) == ["lezen"]
    assert events(office, case) == ["gestart"]


def test_who_waits_goes_before_who_would_begin(office: Office) -> None:
    published(office, begint=BEGINS, wacht=WAITS)
    case = drawn.begun(office, "wacht", sleutel="S1")
    reached = sent(office)
    assert (reached.instances, reached.started) == ((case.id,), ())
    assert cases_of(office, "begint") == []
    other = sent(office, "S2")
    assert (other.instances, len(other.started)) == ((), 1)


def test_who_waits_without_a_key_takes_a_message_with_any(office: Office) -> None:
    published_with(office, message("post", "er_is_post"), wacht=WAITS)
    case = drawn.begun(office, "wacht")
    assert sent(office, "S9").instances == (case.id,)
    assert office.open_tasks(case.reference) == ["lezen"]


def test_a_message_of_a_case_begins_another_once_however_often_the_job_runs(
    office: Office,
) -> None:
    published(office, begint=BEGINS, stuurt=SENDS)
    thrown(office, aantal=SECRET)
    [key] = spread(office)
    assert meeting(office, delivering(office, key), delivering(office, key)) == [None, None]
    with office.application.sessions.begin() as session:
        delivering(office, key)(session)
    [case] = cases_of(office, "begint")
    assert case.started_by is None
    assert events(office, case) == ["gestart"]
    assert everything.holding(office.application.engine, SECRET) == []


def test_a_message_that_reaches_nobody_says_so(office: Office) -> None:
    published(office, stuurt=SENDS)
    thrown(office, aantal=1)
    office.work()
    with office.application.sessions() as session:
        told = session.scalars(
            select(MessageOut.error).where(MessageOut.channel == "process")
        ).one()
    assert told is not None
    assert "er_is_post" in told
    with pytest.raises(NotFound):
        sent(office)


def test_the_same_number_sent_twice_is_told_the_same_and_begins_one_case(office: Office) -> None:
    published(office, begint=BEGINS)
    number = uuid4()
    sending = partial(sent, office, message_id=number)
    first = sending()
    assert sending() == first
    assert [case.id for case in cases_of(office, "begint")] == list(first.started)


def test_the_same_number_sent_twice_at_once_begins_one_case(office: Office) -> None:
    published(office, begint=BEGINS)
    number, actor = uuid4(), office.person("functioneel-beheer")
    sending = partial(
        send_in,
        collaborators=office.application.collaborators,
        name="er_is_post",
        correlation_key=None,
        payload={},
        actor=actor,
        now=office.clock(),
        message_id=number,
    )
    one, other = meeting(office, sending, sending)
    assert one == other
    assert isinstance(one, Reached)
    assert len(cases_of(office, "begint")) == 1


def test_a_start_that_fails_is_told_to_who_sent_it_and_leaves_nothing(office: Office) -> None:
    published(office, struikelt=STUMBLES)
    number = uuid4()
    with pytest.raises(Incident):
        sent(office, payload={"aantal": SECRET}, message_id=number)
    assert cases_of(office, "struikelt") == []
    assert states(office) == []
    assert len(sent(office, payload={"aantal": "7"}, message_id=number).started) == 1


def test_a_start_by_a_case_that_fails_waits_for_who_keeps_the_system(office: Office) -> None:
    published(office, struikelt=STUMBLES, begint=BEGINS, stuurt=SENDS)
    thrown(office, aantal=SECRET)
    office.work()
    assert cases_of(office, "struikelt") == []
    assert len(cases_of(office, "begint")) == 1, "one that fails holds up no other"

    keeper = office.person("functioneel-beheer")
    [failed] = failures(office, keeper)
    assert (failed.process_id, failed.by, failed.name) == ("struikelt", "message", "er_is_post")
    assert failed.incident is not None
    assert SECRET not in failed.incident

    published(office, struikelt=BEGINS, begint=BEGINS, stuurt=SENDS)
    retried(office, failed.id)
    office.work()
    [case] = cases_of(office, "struikelt")
    assert office.open_tasks(case.reference) == ["lezen"]
    assert len(cases_of(office, "begint")) == 1
    assert failures(office, keeper) == []
    with pytest.raises(Conflict):
        retried(office, failed.id)


def test_a_start_that_need_not_be_made_up_for_leaves_the_list_and_the_log_keeps_by_whom(
    office: Office,
) -> None:
    published(office, struikelt=STUMBLES, stuurt=SENDS)
    thrown(office, aantal="veel")
    office.work()
    keeper = office.person("functioneel-beheer")
    [failed] = failures(office, keeper)
    with pytest.raises(NotAllowed):
        dropped(office, failed.id, "oov")
    dropped(office, failed.id)
    assert failures(office, keeper) == []
    with pytest.raises(Conflict):
        dropped(office, failed.id)
    assert states(office) == ["missed"]
    with office.application.sessions() as session:
        [line] = session.scalars(select(Access).where(Access.what == "start_vervallen"))
    assert (line.user_id, line.thing) == (keeper.user_id, str(failed.id))


def dropped(office: Office, start_id: UUID, role: str = "functioneel-beheer") -> None:
    office.act(drop_start, role, start_id=start_id)


def test_a_process_that_begins_with_a_report_is_begun_by_nothing_else(office: Office) -> None:
    reports = BEGINS.replace(FOR_CARE, '<zeebe:assignmentDefinition candidateGroups="melder"/>')
    published(office, begint=reports)
    with pytest.raises(Incident, match="meldformulier"):
        sent(office)
    assert cases_of(office, "begint") == []


def test_nobody_else_sees_what_begins_by_itself(office: Office) -> None:
    published(office, struikelt=STUMBLES, stuurt=SENDS)
    thrown(office, aantal="veel")
    office.work()
    [failed] = failures(office, office.person("functioneel-beheer"))
    for role in ("melder", "oov", "zvh"):
        with pytest.raises(NotAllowed):
            failures(office, office.person(role))
        with pytest.raises(NotAllowed):
            retried(office, failed.id, role)
    keeper = office.person("functioneel-beheer")
    stranger = Actor(user_id=keeper.user_id, name="x", municipality="elders", roles=keeper.roles)
    with pytest.raises(NotFound):
        failures(office, stranger)


def test_a_payload_cannot_take_the_place_of_what_the_product_writes(office: Office) -> None:
    published(office, begint=BEGINS)
    with pytest.raises(InvalidInput):
        sent(office, payload={"registratie": {"kenmerk": "2026-AAAA-AAAA"}})
    with office.application.sessions() as session:
        assert session.scalars(select(Delivery)).all() == []
