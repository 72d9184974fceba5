"""A new process: an empty diagram with a start, one step and an end, ready to be changed."""

import re
import unicodedata
from datetime import datetime
from importlib.resources import files
from uuid import UUID
from xml.sax.saxutils import quoteattr

from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, InvalidInput
from service.operations.collaborators import Collaborators
from service.operations.studio.draft_files import ToSave, content_of, save_file
from service.operations.studio.drafts import draft_for, require_owner

LONGEST_NAME = 60
_FORM = b"""\
{
  "type": "default",
  "id": "eerste_stap",
  "schemaVersion": 19,
  "components": [{"type": "text", "id": "Tekst_titel", "text": "# Eerste stap"}]
}
"""


def id_of(name: str) -> str:
    """A name as an id of the house: small letters, figures and ``_``; "" when nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_").lstrip("0123456789_")


def add_process(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    name: str,
    role: str,
    actor: Actor,
    now: datetime,
) -> str:
    """Adds an empty process to a draft, with one step for a role and its form; gives its id.

    Raises:
        NotFound: there is no such draft for this actor.
        InvalidInput: the name gives no id, or there is no such role.
        Conflict: there is such a process already.
    """
    profile = require_owner(session, collaborators, actor)
    wrong: dict[str, list[str]] = {}
    process_id = id_of(name)
    if not process_id or len(name.strip()) > LONGEST_NAME:
        wrong["naam"] = [f"Geef een naam van letters, ten hoogste {LONGEST_NAME} tekens."]
    if role not in profile.roles:
        wrong["rol"] = ["Kies een rol uit de lijst."]
    if wrong:
        raise InvalidInput("Het proces is niet begonnen.", fields=wrong)
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor, hold=True)
    path = f"processes/{process_id}/{process_id}.bpmn"
    content = content_of(session, draft)
    if path in content.files:
        raise Conflict(f"Er is al een proces {process_id!r}; kies een andere naam.")
    diagram = (
        files(__package__)
        .joinpath("empty_process.bpmn")
        .read_text()
        .format(
            id=process_id,
            name=quoteattr(name.strip()),
            role=role,
            role_name=quoteattr(profile.roles[role].name),
        )
    )
    new = {path: diagram.encode(), f"forms/{process_id}/eerste_stap.form": _FORM}
    for where, body in new.items():
        file = ToSave(path=where, content=body, revision=content.revision(where))
        save_file(session, collaborators, draft_id=draft_id, file=file, actor=actor, now=now)
    return process_id
