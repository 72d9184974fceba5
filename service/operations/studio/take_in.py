"""Takes a file that was made elsewhere into a draft."""

from datetime import datetime
from pathlib import PurePosixPath
from uuid import UUID

from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.domain.errors import InvalidInput, NotFound, Unreadable
from service.domain.xml import read_xml
from service.operations.collaborators import Collaborators
from service.operations.file_kinds import kind_of, require_readable
from service.operations.studio.draft_files import ToSave, read_file, save_file
from service.operations.studio.drafts import draft_for

_KINDS = (".bpmn", ".dmn", ".form", ".toml")


def take_in(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    name: str,
    content: bytes,
    place: str,
    actor: Actor,
    now: datetime,
) -> str:
    """Saves a file in a draft and gives its place in the bundle.

    ``place`` is where it belongs; without one a diagram goes to its process, and any other file
    to the only place that has its name.

    Raises:
        NotFound: there is no such draft for this actor.
        Conflict: the draft has been published or thrown away.
        Unreadable: no file of its kind at all.
        InvalidInput: no file of the studio, or nobody can tell where it belongs.
    """
    draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    suffix = PurePosixPath(name).suffix
    if not name:
        raise InvalidInput("Kies een bestand.")
    if suffix not in _KINDS:
        raise InvalidInput(f"{name!r} is geen bestand van de studio: kies {', '.join(_KINDS)}.")
    path = place or _place(name, content)
    if PurePosixPath(path).suffix != suffix:
        raise InvalidInput(f"{name!r} kan {path!r} niet vervangen: de soort is anders.")
    require_readable(path, content)
    try:
        here = read_file(session, collaborators, draft_id=draft_id, path=path, actor=actor)
        revision = here.revision
    except NotFound:
        revision = 0
    file = ToSave(path=path, content=content, revision=revision)
    save_file(session, collaborators, draft_id=draft_id, file=file, actor=actor, now=now)
    return path


def _place(name: str, content: bytes) -> str:
    """Where a file belongs by what is in it."""
    if name.endswith(".bpmn"):
        ids = engine.process_ids(content)
        if len(ids) == 1:
            return f"processes/{ids[0]}/{ids[0]}.bpmn"
        if not ids:
            read_xml(content, file=name)
        raise InvalidInput(
            f"{name!r} heeft {len(ids)} processen; een diagram van Meldroute heeft er precies een."
        )
    if name == "gemeente.toml":
        return name
    try:
        kind_of(name)
    except Unreadable:
        raise InvalidInput(f"Kies bij {name!r} ook wat het vervangt.") from None
    return name
