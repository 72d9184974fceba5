"""Tells what a step brought about: compares a case with what stood open before."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain.errors import InvalidInput
from service.engine import codec, timers
from service.engine.advance import (
    Advance,
    ClosedTask,
    EndInfo,
    JobRequest,
    OpenedTask,
    Subscription,
)
from service.engine.elements import Element, Signal, Work
from service.engine.moments import read_moment
from service.engine.nodes.activities import ServiceTask, UserTask
from service.engine.scope import evaluate, flattened, incident, spelled
from service.engine.spiff import READY, STARTED, WAITING, Task
from service.engine.workflow import Instance

Open = Mapping[UUID, Task]


def open_work(case: Instance) -> dict[UUID, Task]:
    """The user tasks and jobs that somebody can do now."""
    return {
        task.id: task
        for task in case.all_tokens()
        if (task.state == READY and isinstance(task.task_spec, UserTask))
        or (task.state == STARTED and isinstance(task.task_spec, ServiceTask))
    }


def report(case: Instance, before: Open, finished: UUID | None = None) -> Advance:
    """The outcome of a step, after everything has been executed, with the state to keep.

    ``before`` is ``open_work`` before the step; ``finished`` the one of them that was completed.

    Raises:
        Incident: a new task has no role, or a due date that is no moment.
    """
    return outcome(case, before, finished, state=codec.dump(case))


def outcome(case: Instance, before: Open, finished: UUID | None, *, state: bytes) -> Advance:
    """The same, for a case of which ``state`` is kept."""
    after = open_work(case)
    new = [task for key, task in after.items() if key not in before]
    gone = [task for key, task in before.items() if key not in after]
    timed = [task for task in case.all_tokens() if task.state == WAITING]
    return Advance(
        state=state,
        opened=tuple(describe(task) for task in new if _by_hand(task)),
        closed=tuple(_closed(task, finished) for task in gone if _by_hand(task)),
        jobs=tuple(_job(task) for task in new if not _by_hand(task)),
        cancelled_jobs=tuple(t.id for t in gone if not _by_hand(t) and t.id != finished),
        messages=tuple(case.outbox),
        signals=tuple(case.signals),
        waiting_for=tuple(_subscription(task) for task in timed if "name" in task.internal_data),
        waiting_signals=tuple(_signals(timed)),
        next_due=timers.soonest(timed),
        trail=tuple(case.trail),
        ended=_ended(case),
        variables=case.data,
    )


def tasks_for_people(case: Instance) -> tuple[OpenedTask, ...]:
    """Every open user task.

    Raises:
        Incident: a task has no role, or a due date that is no moment.
    """
    return tuple(describe(task) for task in open_work(case).values() if _by_hand(task))


def requests(case: Instance) -> tuple[JobRequest, ...]:
    """Every job that is waited for."""
    return tuple(_job(task) for task in open_work(case).values() if not _by_hand(task))


def _by_hand(task: Task) -> bool:
    return isinstance(task.task_spec, UserTask)


def describe(task: Task) -> OpenedTask:
    """An open user task as others see it.

    Raises:
        Incident: it has no role, or a due date that is no moment.
    """
    element: Element = task.task_spec.element
    work = element.work or Work(form_id=None, groups=None, assignee=None, due=None)
    assignee = None if work.assignee is None else evaluate(task, work.assignee)
    return OpenedTask(
        task_id=task.id,
        process_id=element.process_id,
        element_id=element.id,
        name=element.name,
        roles=_roles(task, work),
        assignee=None if assignee is None else spelled(assignee),
        form_id=work.form_id,
        due=_due(task, work),
        scope=task.workflow.scope_of(task),
    )


def _roles(task: Task, work: Work) -> tuple[str, ...]:
    inboxes = task.workflow.top_workflow.around.inboxes
    return tuple(dict.fromkeys(inboxes.get(role, role) for role in _named_roles(task, work)))


def _named_roles(task: Task, work: Work) -> list[str]:
    element: Element = task.task_spec.element
    if work.groups is None:
        return [element.lane] if element.lane else []
    value = evaluate(task, work.groups)
    if isinstance(value, str):
        value = value.split(",")
    named = value if isinstance(value, list) else []
    found = [role.strip() for role in named if isinstance(role, str) and role.strip()]
    if not found:
        raise incident(element, f"{work.groups.text} wijst geen enkele rol aan.")
    return found


def _due(task: Task, work: Work) -> datetime | None:
    value = None if work.due is None else evaluate(task, work.due)
    if work.due is None or value is None:
        return None
    calendar = task.workflow.top_workflow.around.calendar
    try:
        return read_moment(value, calendar.zone, at=calendar.closes)
    except InvalidInput as error:
        raise incident(task.task_spec.element, timers.unusable(work.due, error)) from error


def _closed(task: Task, finished: UUID | None) -> ClosedTask:
    how = "completed" if task.id == finished else "cancelled"
    return ClosedTask(task_id=task.id, element_id=task.task_spec.element.id, how=how)  # type: ignore[arg-type]


def _job(task: Task) -> JobRequest:
    element: Element = task.task_spec.element
    assert element.job is not None  # noqa: S101 - it would not be STARTED
    return JobRequest(
        job_id=task.id,
        element_id=element.id,
        type=spelled(evaluate(task, element.job.type)),
        variables=dict(task.data) if element.inputs else flattened(task),
        retries=element.job.retries,
    )


def _subscription(task: Task) -> Subscription:
    return Subscription(
        name=task.internal_data["name"],
        correlation_key=task.internal_data["key"],
        element_id=task.task_spec.trigger.id,
        token_id=task.id,
    )


def _signals(waiting: list[Task]) -> Iterator[Subscription]:
    for task in waiting:
        trigger = task.task_spec.trigger
        if isinstance(trigger.event, Signal):
            yield Subscription(
                name=trigger.event.name,
                correlation_key=None,
                element_id=trigger.id,
                token_id=task.id,
            )


def _ended(case: Instance) -> EndInfo | None:
    if not case.completed:
        return None
    nodes: Any = case.spec
    name = nodes.node(case.ended_by).element.name if case.ended_by else ""
    return EndInfo(element_id=case.ended_by or "", name=name)
