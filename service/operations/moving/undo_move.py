"""Puts a moved case back exactly as it was, as long as nobody has worked on it since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.domain.errors import Conflict, NotFound
from service.operations import rights
from service.operations.case import Case, lock_case, write_step
from service.operations.collaborators import Collaborators
from service.operations.history import WITHOUT_A_STEP, Happening, append_event
from service.operations.moving.cases import hold_case, named, open_tasks_of
from service.operations.moving.move_case import moved_trail, write_candidates
from service.operations.moving.outcome import landings
from service.operations.moving.plans import require_publisher
from service.operations.moving.rows import INSTANCE, JOB, TASK, columns_of, open_rows
from service.storage import Event, Instance, Job, MigrationItem, Task, case_writes

UNDONE = "migratie_ongedaan"


@dataclass(frozen=True, kw_only=True)
class Touched:
    """Why a move can no longer be undone: who did what, when."""

    reason: str


def undo_move(
    session: Session,
    collaborators: Collaborators,
    *,
    batch_id: UUID,
    case: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Undoes the move of one case, named by its kenmerk or id.

    Raises:
        NotFound: the actor's role does not publish, or this batch has not moved this case.
        Conflict: somebody has worked on the case since; the message says who did what.
    """
    require_publisher(session, collaborators, actor)
    held = hold_case(session, and_(Instance.municipality == actor.municipality, named([case])))
    item = session.scalars(
        select(MigrationItem)
        .where(MigrationItem.batch_id == batch_id, MigrationItem.instance_id == held)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if item is None:
        raise NotFound("Deze zaak hoort niet bij deze overzetting.")
    if item.state not in ("moved", "kept"):
        raise Conflict("Deze zaak is niet overgezet, of al teruggezet; er is niets te herstellen.")
    touched = put_back(session, collaborators, item, actor=actor, now=now)
    if touched:
        raise Conflict(touched.reason)


def put_back(
    session: Session,
    collaborators: Collaborators,
    item: MigrationItem,
    *,
    actor: Actor,
    now: datetime,
) -> Touched | None:
    """Undoes the move of an item that is held; or says why not, and then changes nothing."""
    case = lock_case(
        session, collaborators, instance_id=item.instance_id, municipality=item.municipality
    )
    assert item.rows_before is not None  # noqa: S101 - it has been moved
    rows = open_rows(case, item.batch_id, item.rows_before)
    tasks = open_tasks_of(session, [case.instance.id], hold=True).get(case.instance.id, ())
    if touched := _touched(session, case, item, rows, tasks):
        return touched
    _restore(session, collaborators, case, item, rows, actor=actor, now=now)
    item.state, item.reason, item.at = "undone", None, now
    item.state_before = item.rows_before = None
    return None


def _touched(
    session: Session,
    case: Case,
    item: MigrationItem,
    rows: Mapping[str, Any],
    tasks: Sequence[Task],
) -> Touched | None:
    stands_still = case.instance.status in (rows["status"], "incident")
    if case.instance.revision != item.revision_after or not stands_still:
        return Touched(reason=_who_stepped(session, item))
    for task in tasks:
        if task.id.hex not in rows["after"]:
            continue
        assignee, draft_at = rows["after"][task.id.hex]
        if task.assignee_id is not None and task.assignee_id.hex != assignee:
            who = task.assignee_name or "Een collega"
            return Touched(reason=f"{who} heeft ‘{task.name}’ sinds het overzetten opgepakt.")
        if task.draft_at != draft_at:
            who = task.draft_by or "Een collega"
            return Touched(
                reason=f"{who} heeft in ‘{task.name}’ geschreven, {rights.clock(task.draft_at)}."
            )
    if rows["left"]:
        text = "Bij het overzetten is een bericht uitgegaan; dat is niet terug te nemen."
        return Touched(reason=text)
    return None


def _who_stepped(session: Session, item: MigrationItem) -> str:
    event = session.scalars(
        select(Event)
        .where(
            Event.instance_id == item.instance_id,
            Event.seq > (item.events_after or 0),
            Event.kind.not_in(WITHOUT_A_STEP),
        )
        .order_by(Event.seq)
        .limit(1)
    ).one_or_none()
    if event is None:
        return "De zaak is sinds het overzetten veranderd."
    what = event.kind.replace("_", " ")
    about = f" (‘{event.element_name}’)" if event.element_name else ""
    who = f"{event.actor_name}, {rights.clock(event.at)}"
    return f"Sinds het overzetten is er gewerkt: {what}{about}, {who}."


def _restore(
    session: Session,
    collaborators: Collaborators,
    case: Case,
    item: MigrationItem,
    rows: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    assert item.state_before is not None  # noqa: S101 - it has been moved
    assert item.from_publication_id is not None  # noqa: S101
    source = collaborators.publications.get(session, item.from_publication_id)
    state = case.vault.open("state", item.state_before)
    back = landings(
        engine.standing(case.published.bundle, case.state, around=case.published.around(now)),
        engine.standing(source.bundle, state, around=source.around(now)),
    )
    happening = Happening(
        kind=UNDONE,
        actor=actor,
        element_name=f"publicatie {case.published.number} → {source.number}",
        detail={"from": case.published.id.hex, "to": source.id.hex, "batch": item.batch_id.hex},
    )
    append_event(session, case, happening, now=now, trail=tuple(moved_trail(back)))
    _restore_tasks(session, case, rows, actor, now)
    _restore_jobs(session, collaborators, rows)
    before = {**columns_of(INSTANCE, rows["instance"]), "state": item.state_before}
    write_step(session, case.instance, before)


def _restore_tasks(
    session: Session, case: Case, rows: Mapping[str, Any], actor: Actor, now: datetime
) -> None:
    if new := [UUID(hex=key) for key in rows["new_tasks"]]:
        case_writes.close_tasks(
            session, new, how="cancelled", by=actor.user_id, by_name=actor.name, at=now
        )
        case_writes.take_out_candidates(session, new)
    before = [columns_of(TASK, row) for row in rows["tasks"]]
    for columns in before:
        session.execute(
            update(Task).where(Task.id == columns["id"]).values(**columns),
            execution_options={"synchronize_session": False},
        )
    write_candidates(
        session, case.instance.municipality, {columns["id"]: columns for columns in before}
    )
    for key, _, element_id in rows["closed"]:
        session.execute(
            update(Task).where(Task.id == UUID(hex=key)).values(element_id=element_id),
            execution_options={"synchronize_session": False},
        )


def _restore_jobs(session: Session, collaborators: Collaborators, rows: Mapping[str, Any]) -> None:
    new = [UUID(hex=key) for key in rows["new_jobs"]]
    session.execute(
        update(Job).where(Job.id.in_(new)).values(state="cancelled"),
        execution_options={"synchronize_session": False},
    )
    before = [columns_of(JOB, row) for row in rows["jobs"]]
    for columns in before:
        session.execute(
            update(Job).where(Job.id == columns["id"]).values(**columns),
            execution_options={"synchronize_session": False},
        )
    if waiting := [columns["id"] for columns in before if columns["state"] == "waiting"]:
        collaborators.queue.run_service_tasks(session, waiting)
