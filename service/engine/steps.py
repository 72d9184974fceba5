"""The steps of a case: each takes its state and gives the next; all or nothing.

Every function raises ``Stopped`` (an ``Incident``, naming the element) when the case cannot take
the step; the state given stays the good one. ``around.now`` is aware.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from service.domain.errors import Conflict, Incident, InvalidInput, NotFound
from service.engine import codec, routing, timers
from service.engine.advance import Advance, Stopped, Surroundings
from service.engine.bundle import CompiledBundle
from service.engine.elements import Message, Signal, Timer
from service.engine.nodes.activities import ServiceTask, UserTask
from service.engine.nodes.base import Node
from service.engine.report import open_work, report
from service.engine.scope import checked, flattened, incident, merge_result
from service.engine.spiff import READY, STARTED, Task
from service.engine.workflow import Instance


def start(
    bundle: CompiledBundle, process_id: str, *, variables: Mapping[str, Any], around: Surroundings
) -> Advance:
    """A new case at the plain start event of a process.

    Raises:
        NotFound: there is no such process, or it starts by messages only.
        InvalidInput: a variable cannot be kept.
    """
    event = bundle.process(process_id).start_event()
    if event is None:
        raise NotFound(f"Proces {process_id!r} begint niet zonder aanleiding.")
    return _begin(bundle, process_id, event, variables, around)


def start_by_message(
    bundle: CompiledBundle,
    process_id: str,
    *,
    message: str,
    payload: Mapping[str, Any],
    around: Surroundings,
    variables: Mapping[str, Any] | None = None,
) -> Advance:
    """A new case at the start event that waits for a message; the payload joins its variables.

    Raises:
        NotFound: the process does not start by this message.
        InvalidInput: the payload cannot be kept.
    """
    return _triggered(bundle, process_id, (Message, message), payload, variables or {}, around)


def start_by_signal(
    bundle: CompiledBundle,
    process_id: str,
    *,
    signal: str,
    payload: Mapping[str, Any],
    around: Surroundings,
    variables: Mapping[str, Any] | None = None,
) -> Advance:
    """A new case at the start event that waits for a signal; the payload joins its variables.

    Raises:
        NotFound: the process does not start by this signal.
        InvalidInput: the payload cannot be kept.
    """
    return _triggered(bundle, process_id, (Signal, signal), payload, variables or {}, around)


def start_by_timer(
    bundle: CompiledBundle,
    process_id: str,
    *,
    element_id: str,
    variables: Mapping[str, Any],
    around: Surroundings,
) -> Advance:
    """A new case at a timer start event; ``next_timer_start`` says when.

    Raises:
        NotFound: the process has no such timer start event.
        InvalidInput: a variable cannot be kept.
    """
    for node in bundle.process(process_id).entrances():
        if node.element.id == element_id and isinstance(node.element.event, Timer):
            return _begin(bundle, process_id, node, variables, around)
    raise NotFound(f"Proces {process_id!r} begint niet op tijd bij {element_id!r}.")


def complete_task(
    bundle: CompiledBundle,
    state: bytes,
    *,
    task_id: UUID,
    answers: Mapping[str, Any],
    around: Surroundings,
) -> Advance:
    """A user task is done; its answers merge deeply into the variables.

    Raises:
        NotFound: no such task stands open.
        Conflict: the case has ended.
        InvalidInput: an answer cannot be kept.
    """
    case = opened_case(bundle, state, around)
    task = _standing(case, task_id, UserTask, READY)
    return _finish(case, task, answers)


def complete_job(
    bundle: CompiledBundle,
    state: bytes,
    *,
    job_id: UUID,
    result: Mapping[str, Any],
    around: Surroundings,
) -> Advance:
    """A handler has done its work; its result merges deeply into the variables.

    Raises:
        NotFound: no such job is waited for.
        Conflict: the case has ended.
        InvalidInput: the result cannot be kept.
    """
    case = opened_case(bundle, state, around)
    return _finish(case, _standing(case, job_id, ServiceTask, STARTED), result)


def throw_error_from_job(
    bundle: CompiledBundle, state: bytes, *, job_id: UUID, code: str, around: Surroundings
) -> Advance:
    """A handler reports an error of the field, for an error event in the diagram to catch.

    Raises:
        NotFound: no such job is waited for.
        Conflict: the case has ended.
        Incident: no event catches this code.
    """
    case = opened_case(bundle, state, around)
    before = open_work(case)
    task = _standing(case, job_id, ServiceTask, STARTED)
    with telling(case):
        if not routing.throw(task, "error", code):
            raise incident(task.task_spec.element, f"fout {code!r} wordt nergens opgevangen.")
        case.run()
        return report(case, before)


def fire_timers(bundle: CompiledBundle, state: bytes, *, around: Surroundings) -> Advance:
    """Everything that is due happens, longest overdue first; a late cycle happens once."""
    case = codec.load(state, bundle, _aware(around))
    before = open_work(case)
    with telling(case):
        while found := timers.in_order(case.in_order(), around.now):
            found[0].task_spec.fire(found[0])
            case.run()
        return report(case, before)


def deliver_message(
    bundle: CompiledBundle,
    state: bytes,
    *,
    name: str,
    correlation_key: str | None,
    payload: Mapping[str, Any],
    around: Surroundings,
) -> Advance:
    """A message for everything in the case that waits for this name and key.

    Raises:
        NotFound: nothing waits for it.
        Conflict: the case has ended.
        InvalidInput: the payload cannot be kept.
    """
    case = opened_case(bundle, state, around)
    before = open_work(case)
    with telling(case):
        if not routing.deliver(case, name, correlation_key, checked(payload)):
            raise NotFound(f"De zaak wacht niet op bericht {name!r} met deze sleutel.")
        case.run()
        return report(case, before)


def deliver_signal(
    bundle: CompiledBundle,
    state: bytes,
    *,
    name: str,
    payload: Mapping[str, Any],
    around: Surroundings,
) -> Advance:
    """A signal for everything in the case that waits for it; nothing need wait.

    Raises:
        Conflict: the case has ended.
        InvalidInput: the payload cannot be kept.
    """
    case = opened_case(bundle, state, around)
    before = open_work(case)
    with telling(case):
        routing.hear(case, name, checked(payload))
        case.run()
        return report(case, before)


def variables_for(bundle: CompiledBundle, state: bytes, task_id: UUID | None) -> dict[str, Any]:
    """What a form of an open task or job may show; without a task, the variables of the case.

    Raises:
        NotFound: there is no such task.
    """
    case = codec.load(state, bundle, Surroundings(now=datetime.min.replace(tzinfo=UTC)))
    if task_id is None:
        return case.data
    task = case.find(task_id)
    if task is None:
        raise _gone()
    return flattened(task)


def _begin(
    bundle: CompiledBundle,
    process_id: str,
    entrance: Node,
    variables: Mapping[str, Any],
    around: Surroundings,
    payload: dict[str, Any] | None = None,
) -> Advance:
    case = Instance(bundle.process(process_id), bundle, _aware(around))
    case.data = checked(variables)
    with telling(case):
        case.begin(entrance, payload)
        case.run()
        return report(case, {})


def _triggered(
    bundle: CompiledBundle,
    process_id: str,
    by: tuple[type[Message | Signal], str],
    payload: Mapping[str, Any],
    variables: Mapping[str, Any],
    around: Surroundings,
) -> Advance:
    entrance = bundle.process(process_id).entrance(*by)
    if entrance is None:
        raise NotFound(f"Proces {process_id!r} begint niet door {by[1]!r}.")
    return _begin(bundle, process_id, entrance, variables, around, checked(payload))


def opened_case(bundle: CompiledBundle, state: bytes, around: Surroundings) -> Instance:
    """The case in memory.

    Raises:
        Conflict: it has ended.
    """
    case = codec.load(state, bundle, _aware(around))
    if case.completed:
        raise Conflict("Deze zaak is al afgesloten.")
    return case


def _standing(case: Instance, task_id: UUID, kind: type, state: int) -> Task:
    task = case.find(task_id)
    if task is None or not isinstance(task.task_spec, kind) or task.state != state:
        raise _gone()
    return task


def _finish(case: Instance, task: Task, result: Mapping[str, Any]) -> Advance:
    before = open_work(case)
    merge_result(task, checked(result))
    with telling(case):
        task.complete()
        case.run()
        return report(case, before, finished=task.id)


@contextmanager
def telling(case: Instance) -> Iterator[None]:
    """Adds to an incident how far the step came."""
    try:
        yield
    except Incident as error:
        raise Stopped(str(error), element_id=error.element_id, trail=tuple(case.trail)) from error


def _gone() -> NotFound:
    return NotFound("Deze taak staat niet (meer) open; ververs de lijst.")


def _aware(around: Surroundings) -> Surroundings:
    if around.now.tzinfo is None:
        raise InvalidInput("Het moment van een stap heeft een tijdzone.")
    return around
