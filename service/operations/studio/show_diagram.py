"""One diagram of a draft, with its steps in words."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.operations.collaborators import Collaborators
from service.operations.file_kinds import kind_of
from service.operations.studio.draft_files import read_file
from service.operations.studio.drafts import draft_for
from service.storage import Draft


@dataclass(frozen=True, kw_only=True)
class DiagramPage:
    """A diagram as somebody opens it to change it."""

    draft: Draft
    process_id: str
    name: str
    """What the process is called."""
    path: str
    content: bytes
    revision: int
    steps: tuple[engine.Outlined, ...]


def show_diagram(
    session: Session, collaborators: Collaborators, *, draft_id: UUID, process_id: str, actor: Actor
) -> DiagramPage:
    """The diagram of a process in a draft.

    Raises:
        NotFound: there is no such draft for this actor, or no such diagram in it.
        Unreadable: no process can be called that.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    path = f"processes/{process_id}/{process_id}.bpmn"
    kind_of(path)
    file = read_file(session, collaborators, draft_id=draft_id, path=path, actor=actor)
    if file.content is None:
        raise NotFound(f"{path} is in dit concept weggehaald; zet het bestand eerst terug.")
    return DiagramPage(
        draft=draft,
        process_id=process_id,
        name=engine.process_names(file.content).get(process_id) or process_id,
        path=path,
        content=file.content,
        revision=file.revision,
        steps=engine.outline(file.content),
    )
