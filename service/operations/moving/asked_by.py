"""Which publication asked the questions that an event of a case answers: cases move."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from service.operations.case import Case
from service.operations.collaborators import Collaborators
from service.operations.history import UNSENT, detail_of
from service.operations.moving.move_case import MOVED
from service.operations.moving.undo_move import UNDONE
from service.operations.published import Published
from service.storage import Event

ANSWERED = ("taak_afgerond", UNSENT)
"""The events that hold answers."""


def asked_by_publication(
    session: Session, collaborators: Collaborators, case: Case, events: Sequence[Event]
) -> Iterator[tuple[Event, Published]]:
    """Each event, newest first, with the publication whose form it answers."""
    here = case.published
    for event in reversed(events):
        if event.kind in (MOVED, UNDONE):
            yield event, here
            here = _publication(session, collaborators, detail_of(case, event)["from"])
        elif event.kind == UNSENT:
            yield event, _publication(session, collaborators, detail_of(case, event)["publication"])
        else:
            yield event, here


def _publication(session: Session, collaborators: Collaborators, key: str) -> Published:
    return collaborators.publications.get(session, UUID(hex=key))
