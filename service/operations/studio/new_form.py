"""A new form for a user task that has none yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import InvalidInput, Unreadable
from service.domain.xml import read_xml
from service.operations import bundle_files
from service.operations.collaborators import Collaborators
from service.operations.studio.draft_files import ToSave, content_of, files_of, save_file
from service.operations.studio.drafts import draft_for


@dataclass(frozen=True, kw_only=True)
class Formless:
    """A user task without a form."""

    process_id: str
    task_id: str
    name: str

    @property
    def path(self) -> str:
        """Where its form belongs."""
        return f"forms/{self.process_id}/{self.task_id}.form"


def tasks_without_form(content: bundle_files.Files) -> tuple[Formless, ...]:
    """The user tasks of a bundle for which a form can be made; diagrams that cannot be read have
    none."""
    found = (
        task
        for path, body in bundle_files.with_suffix(content, ".bpmn").items()
        for task in _tasks(path, body)
    )
    return tuple(task for task in found if task.path not in content)


def formless_tasks(
    session: Session, collaborators: Collaborators, *, draft_id: UUID, actor: Actor
) -> tuple[Formless, ...]:
    """The user tasks of a draft that have no form.

    Raises:
        NotFound: there is no such draft for this actor.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    return tasks_without_form(files_of(session, draft))


def add_form(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    path: str,
    actor: Actor,
    now: datetime,
) -> Formless:
    """Adds a form with a heading and nothing else.

    Raises:
        NotFound: there is no such draft for this actor.
        Conflict: the draft is no longer open.
        InvalidInput: no task asks for a form there, or it has one.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor, hold=True)
    content = content_of(session, draft)
    waiting = {task.path: task for task in tasks_without_form(content.files)}
    if path not in waiting:
        raise InvalidInput("Kies een taak uit de lijst.", fields={"taak": ["Kies een taak."]})
    task = waiting[path]
    file = ToSave(path=path, content=_empty(task), revision=content.revision(path))
    save_file(session, collaborators, draft_id=draft_id, file=file, actor=actor, now=now)
    return task


def _tasks(path: str, body: bytes) -> Iterator[Formless]:
    try:
        root = read_xml(body, file=path)
    except Unreadable:
        return
    for process in root.iter("{*}process"):
        for task in process.iter("{*}userTask"):
            named = next((form.get("formId") for form in task.iter("{*}formDefinition")), None)
            task_id = str(named or task.get("id", ""))
            yield Formless(
                process_id=process.get("id", ""),
                task_id=task_id,
                name=str(task.get("name") or task_id),
            )


def _empty(task: Formless) -> bytes:
    heading = {"type": "text", "id": "Tekst_titel", "text": f"# {task.name}"}
    form = {
        "components": [heading],
        "type": "default",
        "id": task.task_id,
        "schemaVersion": 19,
    }
    return orjson.dumps(form, option=orjson.OPT_INDENT_2) + b"\n"
