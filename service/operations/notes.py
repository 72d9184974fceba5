"""Notes that staff add to a case."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import InvalidInput, NotAllowed
from service.operations import rights
from service.operations.case import Case, lock_case
from service.operations.collaborators import Collaborators
from service.operations.history import Happening, append_event
from service.storage import Note

MAX_LENGTH = 8_000


@dataclass(frozen=True, kw_only=True)
class NoteView:
    """A note, readable."""

    author_name: str
    domain: str
    text: str
    written_at: datetime


def add_note(
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    domain: str,
    text: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Adds a note to a case the actor may see.

    Raises:
        NotFound: there is no such case for this actor.
        InvalidInput: nothing was written, or too much.
        NotAllowed: the actor may not see the domain the note is meant for.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    rights.case_for(session, instance_id=instance_id, actor=actor, profile=profile)
    if rights.only_partner(actor, profile):
        raise NotAllowed("Notities zijn voor medewerkers van de gemeente; antwoord in uw taak.")
    if domain not in rights.domains_of(actor, profile):
        raise NotAllowed(f"Uw rol ziet geen gegevens van domein {domain!r}; kies een ander.")
    if not 1 <= len(text.strip()) <= MAX_LENGTH:
        message = f"Schrijf 1 tot {MAX_LENGTH} tekens."
        raise InvalidInput(message, {"text": [message]})
    case = lock_case(
        session, collaborators, instance_id=instance_id, municipality=actor.municipality
    )
    session.execute(
        insert(Note),
        {
            "id": uuid4(),
            "municipality": actor.municipality,
            "instance_id": instance_id,
            "author_id": actor.user_id,
            "author_name": actor.name,
            "domain": domain,
            "text": case.vault.seal("note", text.strip().encode()),
            "written_at": now,
        },
    )
    append_event(session, case, Happening(kind="notitie", actor=actor), now=now)


def notes_of(session: Session, case: Case, domains: frozenset[str]) -> Iterator[NoteView]:
    """The notes of a case that a viewer of these domains may read, newest first."""
    rows = session.scalars(
        select(Note)
        .where(Note.instance_id == case.instance.id, Note.domain.in_(domains))
        .order_by(Note.written_at.desc())
    )
    for row in rows:
        yield NoteView(
            author_name=row.author_name,
            domain=row.domain,
            text=case.vault.open("note", row.text).decode(),
            written_at=row.written_at,
        )
