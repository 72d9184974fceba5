"""Lists of cases: all of a municipality for who coordinates, own signals for who reported."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select, tuple_
from sqlalchemy.orm import Session

from service.domain.actor import REPORTER_ROLE, Actor
from service.domain.errors import NotFound
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.operations.extra_lock import not_locked_to
from service.operations.paging import containing, cursor, position
from service.operations.report_signal import code_digest
from service.storage import Feedback, Instance, Reporter, Task
from service.storage.instance import ERASED, waiting_key

PAGE = 25
FROM_REPORTER = "aanvulling_melder"
"""The message by which a reporter adds to their own signal."""


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """One case in the list of a coordinator."""

    id: UUID
    reference: str
    process_id: str
    status: str
    urgency: str | None
    started_at: datetime
    ended_at: datetime | None
    end_name: str | None


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """A page of cases, newest first, and where the next one starts."""

    cases: tuple[CaseLine, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class OwnSignal:
    """All that a reporter ever learns of a case."""

    reference: str
    reported_at: datetime
    progress: str
    """``ontvangen``, ``bekeken`` or ``afgerond``."""
    feedback: tuple[tuple[datetime, str], ...]
    open_task_id: UUID | None
    """A question to the reporter, if there is one."""
    takes_more: bool
    """Whether the reporter may still add something by themselves, and take leave."""


def list_cases(  # noqa: PLR0913 - everything that cases are looked for by
    session: Session,
    collaborators: Collaborators,
    *,
    actor: Actor,
    status: str | None = None,
    process_id: str | None = None,
    reference: str | None = None,
    waiting_at: tuple[str, str] | None = None,
    after: str | None = None,
    limit: int = PAGE,
) -> CasePage:
    """The cases of the municipality that are not locked; erased ones only when asked for.

    ``waiting_at``: process and step of a task that must be open in them.

    Raises:
        NotFound: none of the actor's roles coordinates.
        InvalidInput: ``after`` is not a cursor of an earlier page.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    if not rights.coordinates(actor, profile):
        raise NotFound("Deze lijst is er alleen voor wie alle zaken coördineert.")
    query = select(Instance).where(
        Instance.municipality == actor.municipality, not_locked_to(actor)
    )
    query = query.where(Instance.status == status if status else Instance.status != ERASED)
    if process_id:
        query = query.where(Instance.process_id == process_id)
    if reference:
        query = query.where(Instance.reference.ilike(containing(reference), escape="\\"))
    if waiting_at:
        query = query.where(_has_open_task(*waiting_at))
    if after:
        query = query.where(tuple_(Instance.started_at, Instance.id) < position(after))
    return page_of(session, query, limit)


def _has_open_task(process_id: str, element_id: str) -> ColumnElement[bool]:
    return exists().where(
        Task.instance_id == Instance.id,
        Task.state == "open",
        Task.process_id == process_id,
        Task.element_id == element_id,
    )


def page_of(session: Session, query: "Select[Instance]", limit: int) -> CasePage:
    """The newest of the cases that a query finds, at most a hundred."""
    limit = max(1, min(limit, 100))
    rows = session.scalars(
        query.order_by(Instance.started_at.desc(), Instance.id.desc()).limit(limit + 1)
    ).all()
    shown = rows[:limit]
    return CasePage(
        cases=tuple(_line(row) for row in shown),
        next_cursor=cursor(shown[-1].started_at, shown[-1].id) if len(rows) > limit else None,
    )


def own_signals(session: Session, *, actor: Actor) -> list[OwnSignal]:
    """The signals that the actor reported under their own name, newest first."""
    if actor.user_id is None:
        return []
    rows = session.scalars(
        select(Instance)
        .where(Instance.reported_by == actor.user_id)
        .order_by(Instance.started_at.desc())
        .limit(100)
    )
    return [_own(session, row) for row in rows.all()]


def signal_by_code(session: Session, collaborators: Collaborators, *, code: str) -> OwnSignal:
    """What an anonymous reporter sees with their code.

    Raises:
        NotFound: no signal has this code.
    """
    return _own(session, instance_by_code(session, collaborators, code=code))


def instance_by_code(session: Session, collaborators: Collaborators, *, code: str) -> Instance:
    """The case an anonymous reporter's code belongs to.

    Raises:
        NotFound: no signal has this code.
    """
    instance = session.scalars(
        select(Instance)
        .join(Reporter, Reporter.instance_id == Instance.id)
        .where(Reporter.code_digest == code_digest(collaborators.vault, code))
    ).one_or_none()
    if instance is None:
        raise NotFound("Deze code kennen wij niet; kijk of u haar goed hebt overgenomen.")
    return instance


def _own(session: Session, instance: Instance) -> OwnSignal:
    feedback = session.execute(
        select(Feedback.given_at, Feedback.text)
        .where(Feedback.instance_id == instance.id)
        .order_by(Feedback.given_at)
    )
    question = session.scalar(
        select(Task.id)
        .where(
            Task.instance_id == instance.id,
            Task.state == "open",
            Task.roles == [REPORTER_ROLE],
        )
        .order_by(Task.opened_at, Task.id)
        .limit(1)
    )
    return OwnSignal(
        reference=instance.reference,
        reported_at=instance.started_at,
        progress=_progress(session, instance),
        feedback=tuple((at, text) for at, text in feedback),
        open_task_id=question,
        takes_more=waiting_key(FROM_REPORTER, instance.reference) in instance.waiting_for,
    )


def _progress(session: Session, instance: Instance) -> str:
    if instance.ended_at is not None:
        return "afgerond"
    looked = session.scalar(
        select(
            exists().where(
                Task.instance_id == instance.id,
                Task.state == "completed",
                Task.roles != [REPORTER_ROLE],
            )
        )
    )
    return "bekeken" if looked else "ontvangen"


def _line(row: Instance) -> CaseLine:
    return CaseLine(
        id=row.id,
        reference=row.reference,
        process_id=row.process_id,
        status=row.status,
        urgency=row.urgency,
        started_at=row.started_at,
        ended_at=row.ended_at,
        end_name=row.end_name,
    )
