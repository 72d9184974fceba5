"""Hands out a file of a case to who may read the answer it belongs to."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.operations.files import StoredFile, read_file
from service.operations.show_case import attachments_in, read_history


def download_file(
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    attachment_id: UUID,
    actor: Actor,
    now: datetime,
) -> StoredFile:
    """The file, and a line in the access log.

    Raises:
        NotFound: there is no such file for this actor.
    """
    case, history = read_history(session, collaborators, instance_id=instance_id, actor=actor)
    if str(attachment_id) not in attachments_in(history):
        raise NotFound("Deze bijlage bestaat niet, of is niet voor u.")
    rights.note_access(
        session,
        actor=actor,
        what="bijlage_opgehaald",
        now=now,
        instance_id=instance_id,
        thing=str(attachment_id),
    )
    return read_file(session, case, attachment_id)
