"""Drafts of a municipality: begun on what is published now, read, renamed, thrown away."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, NotFound, WrongField
from service.domain.profile import Profile
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.storage import Draft, DraftFile, Municipality, Publication

LONGEST_TITLE = 120


@dataclass(frozen=True, kw_only=True)
class DraftLine:
    """A draft in a list."""

    id: UUID
    title: str
    state: str
    base: int
    """The number of the publication that it changes."""
    made_by_name: str
    changed_at: datetime
    files: int
    """How many files it changes."""


def open_draft(
    session: Session, collaborators: Collaborators, *, title: str, actor: Actor, now: datetime
) -> UUID:
    """Begins a draft on what is published now.

    Raises:
        NotFound: the actor's role does not publish.
        WrongField: the title says nothing, or too much.
    """
    require_owner(session, collaborators, actor)
    base_id = session.scalar(
        select(Municipality.publication_id).where(Municipality.id == actor.municipality)
    )
    draft = Draft(
        id=uuid4(),
        municipality=actor.municipality,
        title=_title(title),
        state="open",
        base_id=base_id,
        made_by=actor.user_id,
        made_by_name=actor.name,
        made_at=now,
        changed_at=now,
    )
    session.add(draft)
    session.flush()
    return draft.id


def draft_for(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    actor: Actor,
    hold: bool = False,
) -> Draft:
    """A draft of the actor's municipality; ``hold`` keeps others from changing it meanwhile.

    Raises:
        NotFound: there is no such draft for this actor.
    """
    require_owner(session, collaborators, actor)
    query = (
        select(Draft)
        .where(Draft.id == draft_id, Draft.municipality == actor.municipality)
        .execution_options(populate_existing=True)
    )
    draft = session.scalars(query.with_for_update() if hold else query).one_or_none()
    if draft is None:
        raise NotFound("Dit concept bestaat niet, of is niet voor u.")
    return draft


def open_drafts(
    session: Session, collaborators: Collaborators, *, actor: Actor
) -> tuple[DraftLine, ...]:
    """The drafts that are being worked on, the last changed first.

    Raises:
        NotFound: the actor's role does not publish.
    """
    require_owner(session, collaborators, actor)
    files = (
        select(func.count(DraftFile.path.distinct()))
        .where(DraftFile.draft_id == Draft.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Draft, Publication.number, files)
        .join(Publication, Publication.id == Draft.base_id)
        .where(Draft.municipality == actor.municipality, Draft.state == "open")
        .order_by(Draft.changed_at.desc())
    )
    return tuple(
        DraftLine(
            id=draft.id,
            title=draft.title,
            state=draft.state,
            base=number,
            made_by_name=draft.made_by_name,
            changed_at=draft.changed_at,
            files=count,
        )
        for draft, number, count in rows
    )


def rename_draft(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    title: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Gives a draft another title.

    Raises:
        NotFound, Conflict, WrongField: as its neighbours.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor, hold=True)
    require_open(draft)
    draft.title, draft.changed_at = _title(title), now


def discard_draft(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    actor: Actor,
    now: datetime,
) -> None:
    """Throws a draft away.

    Raises:
        NotFound: there is no such draft for this actor.
        Conflict: it has been published or thrown away.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor, hold=True)
    require_open(draft)
    draft.state, draft.changed_at = "discarded", now


def require_owner(session: Session, collaborators: Collaborators, actor: Actor) -> Profile:
    """The profile of the actor's municipality, for whoever owns its processes.

    Raises:
        NotFound: none of the actor's roles publishes; that sounds like absence.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    if not rights.publishes(actor, profile):
        raise NotFound("Deze bladzijde bestaat niet, of is niet voor u.")
    return profile


def require_open(draft: Draft) -> None:
    """Raises Conflict unless the draft can still be changed."""
    if draft.state != "open":
        what = "gepubliceerd" if draft.state == "published" else "weggegooid"
        raise Conflict(f"Concept {draft.title!r} is {what}; begin een nieuw concept.")


def _title(title: str) -> str:
    cleaned = " ".join(title.split())
    if not cleaned or len(cleaned) > LONGEST_TITLE:
        raise WrongField(
            "Geef het concept een titel.",
            fields={"title": [f"Zeg in ten hoogste {LONGEST_TITLE} tekens wat u verandert."]},
        )
    return cleaned
