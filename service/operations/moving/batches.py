"""Batches: begun with a reason, worked off by the queue, stopped, resumed, undone, looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, insert, literal, null, select, update
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, InvalidInput, NotFound
from service.operations.collaborators import Collaborators
from service.operations.moving.cases import chosen
from service.operations.moving.plans import MoveRequest, checked_plans, require_publisher
from service.operations.said import said
from service.storage import Instance, MigrationBatch, MigrationItem, Publication

CHUNK = 25
"""How many cases one job of the queue works off; it stops after each when it is asked to."""
MAX_TOLD = 100
LISTED = 50


@dataclass(frozen=True, kw_only=True)
class Told:
    """A case that was not moved, or could not be put back, and why."""

    instance_id: UUID
    reference: str
    state: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How a batch fares."""

    id: UUID
    target: int
    """The number of the publication the cases go to."""
    state: str
    """``running``, ``stopped``, ``done``, ``undoing`` or ``undone``."""
    reason: str
    started_at: datetime
    started_by: str
    finished_at: datetime | None
    counts: Mapping[str, int]
    """Cases by ``waiting``, ``moved``, ``skipped``, ``failed``, ``undone`` and ``kept``."""
    told: tuple[Told, ...] = ()
    """The first of those with something to tell; ``batches`` leaves them out."""


def start_batch(
    session: Session,
    collaborators: Collaborators,
    *,
    request: MoveRequest,
    reason: str,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Begins to move cases; the worker does so once this transaction commits.

    Raises:
        NotFound: the actor's role does not publish; there is no such publication or case.
        InvalidInput: no reason, no case, or a plan that names what is not there.
    """
    require_publisher(session, collaborators, actor)
    why = said(reason)
    municipality = actor.municipality
    plans = checked_plans(session, collaborators, municipality=municipality, request=request)
    batch_id = uuid4()
    session.add(
        MigrationBatch(
            id=batch_id,
            municipality=municipality,
            publication_id=plans.target.id,
            plans=[dict(plan) for plan in request.plans],
            reason=why,
            state="running",
            started_at=now,
            started_by=actor.user_id,
            started_by_name=actor.name,
        )
    )
    session.flush()
    chunks = _write_items(session, batch_id, municipality, request)
    collaborators.queue.move_cases(session, batch_id, range(chunks))
    return batch_id


def _write_items(session: Session, batch_id: UUID, municipality: str, request: MoveRequest) -> int:
    """Writes an item for each case; how many chunks they make."""
    place = func.row_number().over(order_by=Instance.id) - 1
    cases = chosen(session, municipality=municipality, request=request).with_only_columns(
        literal(batch_id),
        Instance.id,
        literal(municipality),
        place // CHUNK,
        literal("waiting"),
    )
    cases = cases.order_by(Instance.id)  # In the order in which others hold several cases.
    columns = ["batch_id", "instance_id", "municipality", "chunk", "state"]
    session.execute(insert(MigrationItem).from_select(columns, cases))
    last = session.scalar(
        select(func.max(MigrationItem.chunk)).where(MigrationItem.batch_id == batch_id)
    )
    if last is None:
        raise InvalidInput("Geen zaak loopt op een oudere publicatie; er is niets over te zetten.")
    return last + 1


def progress(
    session: Session, collaborators: Collaborators, *, batch_id: UUID, actor: Actor
) -> Progress:
    """How a batch fares, and which cases were not moved and why.

    Raises:
        NotFound: there is no such batch for this actor.
    """
    require_publisher(session, collaborators, actor)
    batch = _batch(session, batch_id, actor.municipality)
    told = session.execute(
        select(
            MigrationItem.instance_id,
            Instance.reference,
            MigrationItem.state,
            MigrationItem.reason,
        )
        .join(Instance, Instance.id == MigrationItem.instance_id)
        .where(
            MigrationItem.batch_id == batch_id,
            MigrationItem.state.in_(("failed", "kept", "skipped")),
        )
        .order_by(MigrationItem.state, Instance.reference)
        .limit(MAX_TOLD)
    )
    return _progress(
        session,
        batch,
        tuple(
            Told(instance_id=key, reference=reference, state=state, reason=reason or "")
            for key, reference, state, reason in told
        ),
    )


def batches(
    session: Session, collaborators: Collaborators, *, actor: Actor
) -> tuple[Progress, ...]:
    """The latest batches of the municipality, newest first.

    Raises:
        NotFound: the actor's role does not publish.
    """
    require_publisher(session, collaborators, actor)
    found = session.scalars(
        select(MigrationBatch)
        .where(MigrationBatch.municipality == actor.municipality)
        .order_by(MigrationBatch.started_at.desc())
        .limit(LISTED)
    )
    return tuple(_progress(session, batch) for batch in found.all())


def _progress(session: Session, batch: MigrationBatch, told: tuple[Told, ...] = ()) -> Progress:
    counts = session.execute(
        select(MigrationItem.state, func.count())
        .where(MigrationItem.batch_id == batch.id)
        .group_by(MigrationItem.state)
    )
    return Progress(
        id=batch.id,
        target=session.get_one(Publication, batch.publication_id).number,
        state=batch.state,
        reason=batch.reason,
        started_at=batch.started_at,
        started_by=batch.started_by_name,
        finished_at=batch.finished_at,
        counts={state: count for state, count in counts},  # noqa: C416 - rows are no pairs
        told=told,
    )


def stop_batch(
    session: Session, collaborators: Collaborators, *, batch_id: UUID, actor: Actor
) -> None:
    """Lets the worker stop after the case it is at; what was moved stays moved.

    Raises:
        NotFound: there is no such batch for this actor.
        Conflict: it does not run.
    """
    require_publisher(session, collaborators, actor)
    batch = _batch(session, batch_id, actor.municipality, hold=True)
    if batch.state != "running":
        raise Conflict("Deze overzetting loopt niet (meer).")
    batch.state = "stopped"


def resume_batch(
    session: Session, collaborators: Collaborators, *, batch_id: UUID, actor: Actor
) -> None:
    """Goes on with a batch that was stopped, or that the worker has given up.

    Raises:
        NotFound: there is no such batch for this actor.
        Conflict: it has ended.
    """
    require_publisher(session, collaborators, actor)
    batch = _batch(session, batch_id, actor.municipality, hold=True)
    if batch.state in ("done", "undone"):
        raise Conflict("Deze overzetting is al klaar; begin zo nodig een nieuwe.")
    if batch.state == "stopped":
        batch.state = "running"
    left = "moved" if batch.state == "undoing" else "waiting"
    _enqueue(session, collaborators, batch_id, left)


def undo_batch(
    session: Session, collaborators: Collaborators, *, batch_id: UUID, actor: Actor, now: datetime
) -> None:
    """Begins to put back every case of a batch that nobody has worked on since.

    Raises:
        NotFound: there is no such batch for this actor.
        Conflict: it still runs, or has been undone already.
    """
    require_publisher(session, collaborators, actor)
    batch = _batch(session, batch_id, actor.municipality, hold=True)
    if batch.state not in ("stopped", "done"):
        raise Conflict("Stop deze overzetting eerst; of zij is al ongedaan gemaakt.")
    batch.state, batch.finished_at = "undoing", None
    batch.undone_by, batch.undone_by_name = actor.user_id, actor.name
    session.flush()
    _enqueue(session, collaborators, batch_id, "moved")
    finish_batch(session, batch_id=batch_id, now=now)


def _enqueue(session: Session, collaborators: Collaborators, batch_id: UUID, state: str) -> None:
    chunks = session.scalars(
        select(MigrationItem.chunk)
        .where(MigrationItem.batch_id == batch_id, MigrationItem.state == state)
        .distinct()
        .order_by(MigrationItem.chunk)
    ).all()
    if chunks:
        collaborators.queue.move_cases(session, batch_id, chunks)


def finish_batch(session: Session, *, batch_id: UUID, now: datetime) -> None:
    """Ends a batch in which nothing is left to do."""
    for running, left, ended in (("running", "waiting", "done"), ("undoing", "moved", "undone")):
        still = select(null()).where(
            MigrationItem.batch_id == batch_id, MigrationItem.state == left
        )
        session.execute(
            update(MigrationBatch)
            .where(MigrationBatch.id == batch_id, MigrationBatch.state == running, ~still.exists())
            .values(state=ended, finished_at=now),
            execution_options={"synchronize_session": False},
        )


def _batch(
    session: Session, batch_id: UUID, municipality: str, *, hold: bool = False
) -> MigrationBatch:
    query = (
        select(MigrationBatch)
        .where(MigrationBatch.id == batch_id, MigrationBatch.municipality == municipality)
        .execution_options(populate_existing=True)
    )
    batch = session.scalars(query.with_for_update() if hold else query).one_or_none()
    if batch is None:
        raise NotFound("Deze overzetting bestaat niet, of is niet voor u.")
    return batch
