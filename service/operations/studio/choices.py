"""What can be chosen in an editor: all that the draft or the product has a name for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service import dmn, engine, feel, forms
from service.domain.actor import Actor
from service.domain.errors import NotFound, Refused, WrongProfile
from service.domain.profile import Profile, read_profile
from service.domain.working_days import norm_in_words
from service.operations import bundle_files, known_data
from service.operations.check_bundle import known_for
from service.operations.collaborators import Collaborators
from service.operations.file_kinds import kind_of
from service.operations.published import form_key
from service.operations.service_tasks import OUTPUTS
from service.operations.studio.draft_files import files_of
from service.operations.studio.drafts import draft_for


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something with an id and a name for people."""

    id: str
    name: str
    path: str = ""
    """The file that it is, or stands in; empty when it is no file."""
    inputs: tuple[str, ...] = ()
    """The variables that it reads."""
    outputs: tuple[str, ...] = ()
    """The variables, or entries, that it gives."""


@dataclass(frozen=True, kw_only=True)
class Norm:
    """A norm time of the municipality."""

    id: str
    value: str
    words: str
    """``2 werkdagen``."""


@dataclass(frozen=True, kw_only=True)
class Variable:
    """What an expression can read."""

    path: str
    about: str
    """Where it comes from, in Dutch."""
    element: str | None = None
    """The step that fills it."""
    local: bool = False
    """Whether only that step can read it."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What can be chosen in one file."""

    roles: tuple[Choice, ...]
    forms: tuple[Choice, ...]
    """Those that tasks of the process beside the file can name."""
    decisions: tuple[Choice, ...]
    processes: tuple[Choice, ...]
    job_types: tuple[Choice, ...]
    messages: tuple[str, ...]
    norms: tuple[Norm, ...]
    variables: tuple[Variable, ...]
    functions: tuple[feel.FunctionCall, ...]
    """What expressions can call."""


def choices_for(
    session: Session, collaborators: Collaborators, *, draft_id: UUID, path: str, actor: Actor
) -> Choices:
    """What can be chosen in a file of a draft.

    Raises:
        NotFound: there is no such draft for this actor, or no such file in it.
        Unreadable: no file of a bundle has such a path.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    kind_of(path)
    content = files_of(session, draft)
    if path not in content:
        raise NotFound(f"{path} staat niet in dit concept.")
    profile = _profile(content)
    process_id = PurePosixPath(path).parent.name
    read = dict(_forms(content, process_id))
    return Choices(
        roles=tuple(_roles(profile)),
        forms=tuple(
            _form(f"forms/{process_id}/{key}.form", key, form) for key, form in read.items()
        ),
        decisions=tuple(_decisions(content)),
        processes=tuple(_processes(content)),
        job_types=tuple(
            Choice(id=key, name=_spoken(key), outputs=tuple(sorted(OUTPUTS[key])))
            for key in sorted(OUTPUTS)
        ),
        messages=tuple(_messages(content)),
        norms=tuple(
            Norm(id=key, value=norm, words=norm_in_words(norm))
            for key, norm in sorted(profile.norms.items() if profile else ())
        ),
        variables=tuple(_variables(content, profile, path, read)),
        functions=feel.function_calls(),
    )


def _profile(content: bundle_files.Files) -> Profile | None:
    try:
        return read_profile(content.get(bundle_files.PROFILE, b""), file=bundle_files.PROFILE)
    except WrongProfile:
        return None  # The profile has findings of its own; until then it offers nothing.


def _roles(profile: Profile | None) -> Iterator[Choice]:
    for role in profile.roles.values() if profile else ():
        yield Choice(id=role.id, name=role.name)


def _forms(
    content: bundle_files.Files, process_id: str
) -> Iterator[tuple[str, forms.FormDefinition | None]]:
    """The forms beside a process; None for one that cannot be read: it has findings of its own."""
    for path, body in bundle_files.with_suffix(content, ".form").items():
        owner, form_id = form_key(path)
        if owner == process_id:
            try:
                yield form_id, forms.read_form(body, file=path)
            except Refused:
                yield form_id, None


def _form(path: str, key: str, form: forms.FormDefinition | None) -> Choice:
    if form is None:
        return Choice(id=key, name=key, path=path)
    fields = tuple(field.key for field in form.fields)
    return Choice(id=key, name=form.title or key, path=path, outputs=fields)


def _decisions(content: bundle_files.Files) -> Iterator[Choice]:
    inputs = known_data.decision_inputs(content)
    for path, body in bundle_files.with_suffix(content, ".dmn").items():
        outputs = dmn.decision_outputs(body)
        for key, name in dmn.decision_names(body).items():
            yield Choice(
                id=key,
                name=name or key,
                path=path,
                inputs=tuple(sorted(inputs.get(key, ()))),
                outputs=outputs.get(key, ()),
            )


def _processes(content: bundle_files.Files) -> Iterator[Choice]:
    inputs = known_data.inputs(content)
    for path, body in bundle_files.with_suffix(content, ".bpmn").items():
        for key, name in engine.process_names(body).items():
            names = tuple(sorted(inputs.get(key, ())))
            yield Choice(id=key, name=name or key, path=path, inputs=names)


def _messages(content: bundle_files.Files) -> list[str]:
    diagrams = bundle_files.with_suffix(content, ".bpmn").values()
    return sorted({name for body in diagrams for name in engine.message_names(body)})


def _variables(
    content: bundle_files.Files,
    profile: Profile | None,
    path: str,
    read: Mapping[str, forms.FormDefinition | None],
) -> Iterator[Variable]:
    process_id, stem = PurePosixPath(path).parent.name, PurePosixPath(path).stem
    diagram = f"processes/{process_id}/{process_id}.bpmn"
    body = content.get(diagram) if kind_of(path) in ("diagram", "form") else None
    if body is not None:
        labels = {field.key: field.label for form in read.values() if form for field in form.fields}
        known = known_for(content, profile, body)
        for found in engine.variables_written(body, file=diagram, known=known):
            if path != diagram and not _reaches(found, stem):
                continue
            yield Variable(
                path=found.path,
                about=_about(found, labels),
                element=found.element_id,
                local=found.local,
            )
        yield Variable(path="registratie.kenmerk", about="Het kenmerk van de zaak.")
    if profile:
        yield from _of_municipality(profile)


def _reaches(found: engine.Written, task_id: str) -> bool:
    """Whether the form of a task can read it; its own answers its editor knows as they stand."""
    return found.local == (found.element_id == task_id)


def _about(found: engine.Written, labels: Mapping[str, str]) -> str:
    if found.element_id is None:
        return "Er vanaf het begin van de zaak."
    label = labels.get(found.path)
    asked = f"‘{label}’, gevuld" if label else "Gevuld"
    return f"{asked} in stap ‘{found.element_name}’."


def _of_municipality(profile: Profile) -> Iterator[Variable]:
    for path, value in _paths("gemeente", profile.as_context()):
        yield Variable(path=path, about=f"Profiel van de gemeente: {value}")


def _paths(prefix: str, context: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in context.items():
        path = f"{prefix}.{key}"
        if isinstance(value, Mapping):
            yield from _paths(path, value)
        elif isinstance(value, list | tuple):
            yield path, "een lijst."
        else:
            yield path, f"nu {value}."


def _spoken(key: str) -> str:
    return key.replace("_", " ").capitalize()
