"""Erases a case: its key is destroyed and its rows go; what is left is that it was there."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, exists, insert, or_, select, update
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, InvalidInput, NotFound
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.storage import (
    AgendaItem,
    Attachment,
    CaseLink,
    Delivery,
    EmergencyAccess,
    Erasure,
    Event,
    ExtraLock,
    Feedback,
    Instance,
    Job,
    MessageOut,
    MigrationItem,
    Note,
    Reporter,
    RetentionHold,
    Task,
    TaskCandidate,
)
from service.storage.erasure import GROUNDS
from service.storage.instance import ENDED, ERASED

_TAKEN_ALONG = (
    Task,
    Job,
    MessageOut,
    Note,
    Attachment,
    EmergencyAccess,
    ExtraLock,
    Feedback,
    Reporter,
    Event,
    MigrationItem,
    AgendaItem,
)
"""Everything of a case; the figures (``fact``) say nothing of a person and stay."""


def erase_instance(
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    ground: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Erases an ended case for good, from back-ups too: without its key nothing can be read.

    Raises:
        NotFound: there is no such case, or none of the actor's roles may erase.
        Conflict: the case still runs, or something that it sent has not arrived.
        InvalidInput: the ground is none of ``GROUNDS``.
    """
    if ground not in GROUNDS:
        raise InvalidInput(
            f"Kies waarom deze zaak wordt vernietigd: {', '.join(GROUNDS)}.",
            {"ground": [f"Een van {', '.join(GROUNDS)}."]},
        )
    profile = collaborators.publications.current(session, actor.municipality).profile
    instance = session.scalars(
        select(Instance)
        .where(Instance.id == instance_id, Instance.municipality == actor.municipality)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if instance is None or not rights.erases(actor, profile):
        raise NotFound("Deze zaak bestaat niet, of is niet voor u.")
    rights.require_not_erased(session, instance)
    if instance.status not in ENDED:
        raise Conflict("Deze zaak loopt nog; rond haar eerst af.")
    if _has_post_underway(session, instance):
        raise Conflict("Een bericht van deze zaak is nog onderweg; probeer het straks opnieuw.")
    _declare(session, instance, ground, actor, now)
    rights.note_access(
        session, actor=actor, what="zaak_vernietigd", now=now, instance_id=instance.id
    )
    _take_away(session, instance)


def _has_post_underway(session: Session, instance: Instance) -> bool:
    """Whether somebody is still to have what the case sent: it is sealed with the case's key."""
    unsent = exists().where(
        MessageOut.instance_id == instance.id,
        MessageOut.channel != "mail",
        MessageOut.sent_at.is_(None),
    )
    waiting = exists().where(
        Delivery.message_id.in_(_sent_by(instance)),
        Delivery.state.in_(("waiting", "held")),
    )
    return bool(session.scalar(select(or_(unsent, waiting))))


def _sent_by(instance: Instance) -> Select[UUID]:
    return select(MessageOut.id).where(MessageOut.instance_id == instance.id)


def _declare(
    session: Session, instance: Instance, ground: str, actor: Actor, now: datetime
) -> None:
    session.execute(
        insert(Erasure),
        {
            "instance_id": instance.id,
            "municipality": instance.municipality,
            "erased_at": now,
            "erased_by": actor.user_id,
            "erased_by_name": actor.name,
            "ground": ground,
            "events": instance.event_count,
            "last_hash": instance.last_hash,
        },
    )


def _take_away(session: Session, instance: Instance) -> None:
    """The key first: only then does the database let go of the history."""
    session.execute(
        update(Instance)
        .where(Instance.id == instance.id)
        .values(
            status=ERASED,
            revision=instance.revision + 1,
            state=b"",
            data_key=b"",
            urgency=None,
            started_by=None,
            reported_by=None,
            submission_id=None,
            end_name=None,
            retention_class=None,
            next_due=None,
            waiting_for=[],
            waiting_signals=[],
            event_count=0,
            last_hash=bytes(32),
            incident=None,
            incident_element=None,
        )
    )
    tasks = select(Task.id).where(Task.instance_id == instance.id)
    session.execute(delete(TaskCandidate).where(TaskCandidate.task_id.in_(tasks)))
    of_case = or_(Delivery.message_id.in_(_sent_by(instance)), Delivery.instance_id == instance.id)
    session.execute(delete(Delivery).where(of_case).execution_options(synchronize_session=False))
    linked = or_(CaseLink.from_id == instance.id, CaseLink.to_id == instance.id)
    session.execute(delete(CaseLink).where(linked).execution_options(synchronize_session=False))
    held = or_(
        RetentionHold.instance_id == instance.id,
        RetentionHold.held_by == instance.id,
    )
    session.execute(delete(RetentionHold).where(held).execution_options(synchronize_session=False))
    for model in _TAKEN_ALONG:
        session.execute(
            delete(model)
            .where(model.instance_id == instance.id)
            .execution_options(synchronize_session=False)
        )
