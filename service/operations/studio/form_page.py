"""A form of a draft: shown in its editor, and drawn as the inbox will draw it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from service import feel, forms
from service.domain.actor import Actor
from service.domain.errors import WrongProfile
from service.domain.profile import read_profile
from service.operations import bundle_files
from service.operations.collaborators import Collaborators
from service.operations.file_kinds import name_of, require_readable
from service.operations.studio.draft_files import content_of, files_of
from service.operations.studio.drafts import draft_for
from service.storage import Draft

_CARE = ("doel", "bewaren")
"""What is written in words, and best in the words that other forms use too."""


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """A form as its editor shows it."""

    draft: Draft
    path: str
    content: bytes
    revision: int
    title: str
    known: Mapping[str, tuple[str, ...]]
    """What the forms of the bundle say about purpose and retention, most used first."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A form as it stands in an editor, and what it can read when it is drawn."""

    form: forms.FormDefinition
    scope: Mapping[str, Any]
    environment: feel.Environment


def show_form(
    session: Session, collaborators: Collaborators, *, draft_id: UUID, path: str, actor: Actor
) -> FormPage:
    """A form of a draft.

    Raises:
        NotFound: there is no such draft for this actor, or no such form in it.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    content = content_of(session, draft)
    body = content.require(path)
    return FormPage(
        draft=draft,
        path=path,
        content=body,
        revision=content.revision(path),
        title=name_of(path, body),
        known=_known(content.files),
    )


def preview_form(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    path: str,
    content: bytes,
    actor: Actor,
    now: datetime,
) -> Preview:
    """A form as it stands in an editor, with the settings of the municipality.

    Raises:
        NotFound: there is no such draft for this actor.
        Refused: the form would not run; the findings say why.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    require_readable(path, content)
    form = forms.read_form(content, file=path)
    profile_text = files_of(session, draft)[bundle_files.PROFILE]
    try:
        profile = read_profile(profile_text, file=bundle_files.PROFILE)
    except WrongProfile:
        return Preview(form=form, scope={}, environment=feel.Environment(now=now))
    return Preview(
        form=form,
        scope={"gemeente": profile.as_context()},
        environment=feel.Environment(now=now, calendar=profile.calendar),
    )


def _known(content: bundle_files.Files) -> dict[str, tuple[str, ...]]:
    said: dict[str, Counter[str]] = {name: Counter() for name in _CARE}
    for body in bundle_files.with_suffix(content, ".form").values():
        for properties in _properties(_json(body)):
            for name, counter in said.items():
                if isinstance(value := properties.get(name), str) and value:
                    counter[value] += 1
    return {name: tuple(value for value, _ in said[name].most_common()) for name in _CARE}


def _properties(part: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if isinstance(own := part.get("properties"), dict):
        yield own
    for component in _components(part):
        yield from _properties(component)


def _components(part: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What stands in a form or a part of it, also when that has faults."""
    inside = part.get("components")
    return [one for one in inside if isinstance(one, dict)] if isinstance(inside, list) else []


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        read = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return read if isinstance(read, dict) else {}
