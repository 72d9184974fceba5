"""A new decision table: one column, one rule and one outcome, ready to be changed."""

from datetime import datetime
from importlib.resources import files
from pathlib import PurePosixPath
from uuid import UUID
from xml.sax.saxutils import escape

from sqlalchemy.orm import Session

from service import dmn
from service.domain.actor import Actor
from service.domain.errors import Conflict, InvalidInput
from service.operations import bundle_files
from service.operations.collaborators import Collaborators
from service.operations.file_kinds import name_of
from service.operations.studio.draft_files import ToSave, content_of, files_of, save_file
from service.operations.studio.drafts import draft_for
from service.operations.studio.new_process import LONGEST_NAME, id_of


def processes_of(
    session: Session, collaborators: Collaborators, *, draft_id: UUID, actor: Actor
) -> dict[str, str]:
    """The processes of a draft by id, with what people call them; by name.

    Raises:
        NotFound: there is no such draft for this actor.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    diagrams = bundle_files.with_suffix(files_of(session, draft), ".bpmn")
    named = ((PurePosixPath(path).stem, name_of(path, body)) for path, body in diagrams.items())
    return dict(sorted(named, key=lambda process: process[1].casefold()))


def add_table(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    process_id: str,
    name: str,
    actor: Actor,
    now: datetime,
) -> str:
    """Adds a table to a process of a draft and gives its id, which is also that of its file.

    Raises:
        NotFound: there is no such draft for this actor.
        Conflict: there is such a decision already, or the draft is no longer open.
        InvalidInput: the name gives no id, or there is no such process.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor, hold=True)
    found = content_of(session, draft)
    content = found.files
    wrong: dict[str, list[str]] = {}
    table_id = id_of(name)
    if not table_id or len(name.strip()) > LONGEST_NAME:
        wrong["naam"] = [f"Geef een naam van letters, ten hoogste {LONGEST_NAME} tekens."]
    if f"processes/{process_id}/{process_id}.bpmn" not in content:
        wrong["proces"] = ["Kies een proces uit de lijst."]
    if wrong:
        raise InvalidInput("De tabel is niet begonnen.", fields=wrong)
    for path, body in bundle_files.with_suffix(content, ".dmn").items():
        if table_id in dmn.decision_ids(body):
            raise Conflict(f"Beslissing {table_id!r} is er al, in {path}; kies een andere naam.")
    path = f"processes/{process_id}/{table_id}.dmn"
    template = files(__package__).joinpath("empty_table.dmn").read_text()
    text = template.format(id=table_id, name=escape(name.strip(), {'"': "&quot;"}))
    file = ToSave(path=path, content=text.encode(), revision=found.revision(path))
    save_file(session, collaborators, draft_id=draft_id, file=file, actor=actor, now=now)
    return table_id
