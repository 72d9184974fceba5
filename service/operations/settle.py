"""Writes one step of a case: the new state, its tasks, its event, and what must follow.

Everything here happens in the transaction of the caller; nothing is visible before it commits.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import exists, insert, or_, select, update
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import REPORTER_ROLE, Actor
from service.operations.case import Case, write_step
from service.operations.collaborators import Collaborators
from service.operations.history import Happening, append_event, put_event, unsent
from service.operations.retention.mark_ended import mark_ended
from service.operations.save_draft import read_draft
from service.storage import Delivery, Instance, Job, MessageOut, Task, case_writes
from service.storage.instance import waiting_key
from service.storage.task import NEVER


def settle(
    session: Session,
    collaborators: Collaborators,
    case: Case,
    advance: engine.Advance,
    happening: Happening,
    *,
    now: datetime,
    ended_as: str | None = None,
) -> None:
    """Writes what a step of the engine brought about.

    ``ended_as`` is the outcome of a case that ends without reaching an end of its diagram.

    Raises:
        Conflict: somebody else wrote this case since it was read.
    """
    head = put_event(session, case, happening, now=now, trail=advance.trail)
    end_name = _end_name(advance, ended_as)
    _write_state(session, case, advance, head, end_name, now)
    _keep_unsent(session, case, advance, now)
    _close_tasks(session, advance, happening.actor, now)
    opened = _open_tasks(session, case, advance, now)
    if opened and case.instance.suspended_at is None:
        collaborators.queue.announce_tasks(session, opened)
    _settle_jobs(session, collaborators, case, advance, now)
    _put_messages_out(session, collaborators, case, advance, now)
    if end_name is not None:
        mark_ended(session, case, end_name=end_name, variables=advance.variables, now=now)


def _end_name(advance: engine.Advance, ended_as: str | None) -> str | None:
    """What the outcome of the case is called; ``None`` while it runs."""
    if advance.ended is None:
        return None
    return ended_as or advance.ended.name or advance.ended.element_id


def _write_state(
    session: Session,
    case: Case,
    advance: engine.Advance,
    head: Mapping[str, Any],
    end_name: str | None,
    now: datetime,
) -> None:
    instance = case.instance
    values: dict[str, Any] = {
        **head,
        "state": case.vault.seal("state", advance.state),
        "next_due": advance.next_due,
        "waiting_for": [waiting_key(s.name, s.correlation_key) for s in advance.waiting_for],
        "waiting_signals": sorted({s.name for s in advance.waiting_signals}),
        "urgency": urgency_of(advance.variables),
    }
    if advance.ended:
        values |= {"status": "completed", "ended_at": now, "end_name": end_name}
    if advance.ended or not _stands_still(session, instance, advance):
        values |= {"incident": None, "incident_element": None}
        values.setdefault("status", "active")
    if instance.suspended_at and not advance.ended:
        values |= {"status": "suspended", "next_due": None}
    write_step(session, instance, values)


def _stands_still(session: Session, instance: Instance, advance: engine.Advance) -> bool:
    """Whether an incident outlasts this step: what failed and can be tried again waits for that."""
    if instance.incident is None:
        return False
    task = exists().where(
        Job.instance_id == instance.id,
        Job.state == "failed",
        Job.id.not_in(advance.cancelled_jobs),
    )
    delivery = exists().where(Delivery.instance_id == instance.id, Delivery.state == "failed")
    return bool(session.scalar(select(or_(task, delivery))))


def urgency_of(variables: Mapping[str, Any]) -> str | None:
    """The urgency of a case: what triage decided, else what the table proposed."""
    triage = variables.get("triage")
    decided = triage.get("urgentie") if isinstance(triage, Mapping) else None
    urgency = decided or variables.get("voorstel_urgentie")
    return urgency if isinstance(urgency, str) else None


def _keep_unsent(session: Session, case: Case, advance: engine.Advance, now: datetime) -> None:
    """What somebody had typed for a task that lapses stays in the history of the case."""
    lapsed = [task.task_id for task in advance.closed if task.how == "cancelled"]
    if not lapsed:
        return
    for task in session.scalars(select(Task).where(Task.id.in_(lapsed), Task.draft.is_not(None))):
        writer = Actor(
            user_id=None, name=task.draft_by or "", municipality=case.instance.municipality
        )
        asked = {name: getattr(task, name) for name in _ASKED}
        typed = read_draft(case, task)
        told = unsent(asked, typed, publication_id=case.published.id, writer=writer)
        append_event(session, case, told, now=now)


_ASKED = ("element_id", "name", "roles", "process_id", "form_id")


def _close_tasks(session: Session, advance: engine.Advance, actor: Actor, now: datetime) -> None:
    for how in ("completed", "cancelled"):
        ids = [task.task_id for task in advance.closed if task.how == how]
        if ids:
            case_writes.close_tasks(
                session, ids, how=how, by=actor.user_id, by_name=actor.name, at=now
            )
    if advance.closed:
        case_writes.take_out_candidates(session, [task.task_id for task in advance.closed])


def _open_tasks(session: Session, case: Case, advance: engine.Advance, now: datetime) -> list[UUID]:
    closed = {task.task_id for task in advance.closed}
    opened = [task for task in advance.opened if task.task_id not in closed]
    if not opened:
        return []
    case_writes.put_tasks(session, [_task_row(case, task, advance, now) for task in opened])
    candidates = [
        {
            "task_id": task.task_id,
            "role": role,
            "municipality": case.instance.municipality,
            "due_at": task.due or NEVER,
        }
        for task in opened
        for role in dict.fromkeys(task.roles)
        if role != REPORTER_ROLE
    ]
    if candidates:
        case_writes.put_candidates(session, candidates)
    return [task.task_id for task in opened]


def _task_row(
    case: Case, task: engine.OpenedTask, advance: engine.Advance, now: datetime
) -> dict[str, Any]:
    for_reporter = tuple(task.roles) == (REPORTER_ROLE,)
    return {
        "id": task.task_id,
        "municipality": case.instance.municipality,
        "instance_id": case.instance.id,
        "reference": case.instance.reference,
        "process_id": task.process_id,
        "element_id": task.element_id,
        "name": task.name or task.element_id,
        "form_id": task.form_id,
        "roles": list(dict.fromkeys(task.roles)),
        "urgency": urgency_of(advance.variables),
        "state": "open",
        "assignee_id": case.instance.reported_by if for_reporter else None,
        "assignee_name": None,
        "opened_at": now,
        "due_at": task.due or NEVER,
        "next_nudge": three_quarters(now, task.due)
        if task.due and case.instance.suspended_at is None
        else None,
        "nudges": 0,
    }


def three_quarters(start: datetime, end: datetime) -> datetime:
    """The moment at which 75 % of the time between the two has passed."""
    return start + max(end - start, timedelta(0)) * 0.75


def _settle_jobs(
    session: Session,
    collaborators: Collaborators,
    case: Case,
    advance: engine.Advance,
    now: datetime,
) -> None:
    if advance.cancelled_jobs:
        session.execute(
            update(Job)
            .where(Job.id.in_(advance.cancelled_jobs), Job.state.in_(("waiting", "failed")))
            .values(state="cancelled")
            .execution_options(synchronize_session=False)
        )
    if not advance.jobs:
        return
    session.execute(
        insert(Job),
        [
            {
                "id": job.job_id,
                "municipality": case.instance.municipality,
                "instance_id": case.instance.id,
                "element_id": job.element_id,
                "type": job.type,
                "state": "waiting",
                "retries": job.retries,
                "created_at": now,
            }
            for job in advance.jobs
        ],
    )
    collaborators.queue.run_service_tasks(session, [job.job_id for job in advance.jobs])


def _put_messages_out(
    session: Session,
    collaborators: Collaborators,
    case: Case,
    advance: engine.Advance,
    now: datetime,
) -> None:
    rows = [
        _message_row(case, "process", message.name, message.correlation_key, message.payload, now)
        for message in advance.messages
    ]
    rows += [
        _message_row(case, "signal", signal.name, None, signal.payload, now)
        for signal in advance.signals
    ]
    if rows:
        session.execute(insert(MessageOut), rows)
        collaborators.queue.send_messages(session, [row["id"] for row in rows])


def _message_row(
    case: Case,
    channel: str,
    name: str,
    key: str | None,
    payload: Mapping[str, Any],
    now: datetime,
) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "municipality": case.instance.municipality,
        "instance_id": case.instance.id,
        "channel": channel,
        "subject": name,
        "correlation_key": key,
        "payload": case.vault.seal("message", engine.dump_values(payload)),
        "created_at": now,
        "attempts": 0,
    }
