"""What functioneel beheer does to a case, in one word each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from service import engine
from service.operations.cancel_instance import cancel_instance
from service.operations.deliver_message import send_in
from service.operations.move_token import move_token
from service.operations.redo_element import redo_element
from service.operations.resume_instance import resume_instance
from service.operations.retry_incident import NewValue, retry_with
from service.operations.set_variable import set_variable
from service.operations.skip_token import skip_token
from service.operations.suspend_instance import suspend_instance
from service.operations.verify_history import verify_history
from service.storage import Event, Instance, Job, Task
from tests.integration import drawn
from tests.integration.conftest import Office
from tests.integration.drawn import FOR_CARE
from tests.unit.engine.diagrams import (
    END,
    START,
    catch,
    chain,
    flow,
    gateway,
    job,
    message,
    on_message,
    timer,
    user,
)

REPAIRER = "functioneel-beheer"
WHY = "Op verzoek van de casusregisseur."
Act = Callable[[Session], object]
LINE = (
    START
    + user("eerst", FOR_CARE)
    + user("dan", FOR_CARE)
    + user("slot", FOR_CARE)
    + END
    + chain("begin", "eerst", "dan", "slot", "einde")
)
BOTH = (
    START
    + gateway("parallel", "uit")
    + user("links", FOR_CARE)
    + user("rechts", FOR_CARE)
    + gateway("parallel", "samen")
    + user("daarna", FOR_CARE)
    + END
    + chain("begin", "uit", "links", "samen", "daarna", "einde")
    + chain("uit", "rechts", "samen")
)
AWAITS = START + catch("antwoord", on_message("m_antwoord")) + user("na", FOR_CARE) + END
AWAITS += chain("begin", "antwoord", "na", "einde")
ANSWER = message("m_antwoord", "antwoord")
HOUR = START + catch("na_een_uur", timer("PT1H")) + user("na", FOR_CARE) + END
HOUR += chain("begin", "na_een_uur", "na", "einde")
RACE = (
    START
    + '<eventBasedGateway id="wat_eerst" name="Wat eerst?"/>'
    + catch("antwoord", on_message("m_antwoord"))
    + catch("te_laat", timer("PT1H"))
    + user("na_antwoord", FOR_CARE)
    + user("na_tijd", FOR_CARE)
    + END
    + chain("begin", "wat_eerst", "antwoord", "na_antwoord", "einde")
    + chain("wat_eerst", "te_laat", "na_tijd", "einde")
)
CHOICE = (
    START
    + user("kiezen", FOR_CARE)
    + gateway("exclusive", "hoeveel", default="anders")
    + user("veel", FOR_CARE)
    + END
    + chain("begin", "kiezen", "hoeveel")
    + flow("hoeveel", "veel", when="=number(aantal) + erbij &gt; 5")
    + flow("hoeveel", "einde", key="anders")
    + chain("veel", "einde")
)
WORKS = START + user("eerst", FOR_CARE) + job("werk", "terugkoppeling_sturen")
WORKS += user("na", FOR_CARE) + END + chain("begin", "eerst", "werk", "na", "einde")


def acting(office: Office, do: Callable[..., None], instance: Instance, **more: Any) -> Act:
    """The operation, for a transaction of the test's own."""
    role = more.pop("role", REPAIRER)
    return lambda session: do(
        session,
        office.application.collaborators,
        instance_id=instance.id,
        actor=office.person(role),
        now=office.clock(),
        **{"reason": WHY, **more},
    )


def _do(
    office: Office,
    do: Callable[..., None],
    instance: Instance,
    *,
    worker: bool = True,
    **more: Any,
) -> None:
    with office.application.sessions.begin() as session:
        acting(office, do, instance, **more)(session)
    if worker:
        office.work()


def suspend(office: Office, instance: Instance, **more: Any) -> None:
    _do(office, suspend_instance, instance, **more)


def resume(office: Office, instance: Instance, **more: Any) -> None:
    _do(office, resume_instance, instance, **more)


def cancel(office: Office, instance: Instance, **more: Any) -> None:
    _do(office, cancel_instance, instance, **more)


def move(office: Office, instance: Instance, element_id: str, to: str, **more: Any) -> None:
    where = token(office, instance, element_id)
    _do(office, move_token, instance, token_id=where, to=to, **more)


def skip(office: Office, instance: Instance, element_id: str, **more: Any) -> None:
    _do(office, skip_token, instance, token_id=token(office, instance, element_id), **more)


def redo(office: Office, instance: Instance, element_id: str, **more: Any) -> None:
    _do(office, redo_element, instance, element_id=element_id, **more)


def put(office: Office, instance: Instance, path: str, value: Any, **more: Any) -> None:
    _do(office, set_variable, instance, path=path, value=value, **more)


def retry(office: Office, instance: Instance, path: str, value: Any, **more: Any) -> None:
    _do(office, retry_with, instance, new=NewValue(path=path, value=value), **more)


def token(office: Office, instance: Instance, element_id: str) -> UUID:
    """Where the case stands at this step."""
    return next(t.token_id for t in tokens(office, instance) if t.element_id == element_id)


def tokens(office: Office, instance: Instance) -> tuple[engine.Token, ...]:
    """Everywhere the case stands."""
    parts = office.application.collaborators
    with office.application.sessions() as session:
        row = session.get_one(Instance, instance.id)
        published = parts.publications.get(session, row.publication_id)
        state = parts.vault.case(row.id, row.data_key).open("state", row.state)
        return engine.standing(published.bundle, state, around=published.around(office.clock()))


def events(office: Office, instance: Instance) -> list[Event]:
    """The history as it is kept, oldest first."""
    with office.application.sessions() as session:
        return list(
            session.scalars(
                select(Event).where(Event.instance_id == instance.id).order_by(Event.seq)
            )
        )


def kinds(office: Office, instance: Instance) -> list[str]:
    return [event.kind for event in events(office, instance)]


def detail(office: Office, instance: Instance, event: Event) -> Any:
    """What an event keeps sealed."""
    vault = office.application.collaborators.vault.case(instance.id, instance.data_key)
    assert event.detail is not None
    return engine.load_values(vault.open("event", event.detail))


def only_job(office: Office, instance: Instance) -> Job:
    """The one service task of the case."""
    with office.application.sessions() as session:
        return session.scalars(select(Job).where(Job.instance_id == instance.id)).one()


def queued(office: Office, task: str) -> list[UUID]:
    """The service tasks that the worker will be asked to run, in the order of the queue."""
    with office.application.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT args FROM procrastinate_jobs WHERE task_name = :task"), {"task": task}
        )
        return [UUID(value) for (args,) in rows for value in args.values()]


def started(office: Office, body: str, extra: str = "") -> Instance:
    drawn.publish_process(office, body, extra=extra)
    return drawn.begun(office)


def open_now(office: Office, instance: Instance) -> list[str]:
    return office.open_tasks(instance.reference)


def status(office: Office, instance: Instance) -> str:
    return office.instance(instance.reference).status


def whole(office: Office, instance: Instance) -> None:
    with office.application.sessions() as session:
        assert verify_history(session, instance_id=instance.id).broken_at is None


def tell(office: Office, name: str, **payload: Any) -> None:
    office.act(send_in, "af-zorg", name=name, correlation_key=None, payload=payload)


def done(office: Office, instance: Instance, element_id: str, **answers: Any) -> str | None:
    task_id = drawn.open_task(office, instance, element_id)
    return drawn.completed(office, task_id, office.person("af-zorg"), **answers).incident


def task(office: Office, instance: Instance, element_id: str) -> Task:
    return next(t for t in office.tasks(instance.reference) if t.element_id == element_id)
