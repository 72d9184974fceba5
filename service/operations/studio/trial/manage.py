"""The trials of a draft: listed, renamed, thrown away, and forgotten with their draft."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.operations.collaborators import Collaborators
from service.operations.studio.drafts import draft_for
from service.operations.studio.trial.naming import trial_name
from service.operations.studio.trial.played import keep, script_of, trial_for
from service.storage import Draft, Trial

KEPT: Final = timedelta(days=30)
"""How long the trials of a draft are kept after it was published or thrown away."""


@dataclass(frozen=True, kw_only=True)
class TrialLine:
    """A trial in a list."""

    id: UUID
    name: str
    process_id: str
    steps: int
    made_by_name: str
    changed_at: datetime


def trials_of(
    session: Session, collaborators: Collaborators, *, draft_id: UUID, actor: Actor
) -> tuple[TrialLine, ...]:
    """The trials of a draft, the last changed first.

    Raises:
        NotFound: there is no such draft for this actor.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    rows = session.scalars(
        select(Trial).where(Trial.draft_id == draft.id).order_by(Trial.changed_at.desc())
    )
    return tuple(_line(trial) for trial in rows)


def rename_trial(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    trial_id: UUID,
    name: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Gives a trial another name.

    Raises:
        NotFound: there is none for this actor.
        WrongField: at ``name``.
    """
    _, trial = trial_for(
        session, collaborators, draft_id=draft_id, trial_id=trial_id, actor=actor, hold=True
    )
    keep(trial, replace(script_of(trial), name=trial_name(name)), now=now)


def delete_trial(
    session: Session, collaborators: Collaborators, *, draft_id: UUID, trial_id: UUID, actor: Actor
) -> None:
    """Throws a trial away.

    Raises:
        NotFound: there is none for this actor.
    """
    _, trial = trial_for(
        session, collaborators, draft_id=draft_id, trial_id=trial_id, actor=actor, hold=True
    )
    session.delete(trial)


def forget_trials(session: Session, *, now: datetime, limit: int = 100) -> int:
    """Removes trials whose draft was published or thrown away a while ago; how many."""
    due: Sequence[UUID] = session.scalars(
        select(Trial.id)
        .join(Draft, Draft.id == Trial.draft_id)
        .where(Draft.state != "open", Draft.changed_at <= now - KEPT)
        .order_by(Draft.changed_at)
        .limit(limit)
        .with_for_update(of=Trial, skip_locked=True)
    ).all()
    if due:
        session.execute(delete(Trial).where(Trial.id.in_(due)))
    return len(due)


def _line(trial: Trial) -> TrialLine:
    scenario = script_of(trial)
    return TrialLine(
        id=trial.id,
        name=scenario.name,
        process_id=trial.process_id,
        steps=len(scenario.steps),
        made_by_name=trial.made_by_name,
        changed_at=trial.changed_at,
    )
