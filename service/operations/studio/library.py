"""The library: every process with its diagram, tables and forms, and who uses what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from sqlalchemy.orm import Session

from service import dmn
from service.domain.actor import Actor
from service.engine import ProcessInfo
from service.operations import bundle_files
from service.operations.collaborators import Collaborators
from service.operations.published import Published
from service.operations.studio.drafts import require_owner
from service.operations.studio.originals import Origin, origins
from service.storage import Publication


@dataclass(frozen=True, kw_only=True)
class Part:
    """One file of the library."""

    path: str
    name: str
    """What people call it: the title of a form, the name of a decision."""
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """One process and what lies beside it."""

    process_id: str
    name: str
    about: str
    diagram: Part
    tables: tuple[Part, ...]
    forms: tuple[Part, ...]
    roles: tuple[str, ...]
    """The names of the roles that have a task in it."""
    calls: tuple[tuple[str, str], ...]
    """Id and name of the processes that it calls."""
    called_by: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Library:
    """What is published now."""

    number: int
    shelves: tuple[Shelf, ...]
    """By name."""
    profile: Part


def library(session: Session, collaborators: Collaborators, *, actor: Actor) -> Library:
    """The library of the actor's municipality.

    Raises:
        NotFound: the actor's role does not publish.
    """
    require_owner(session, collaborators, actor)
    published = collaborators.publications.current(session, actor.municipality)
    files = bundle_files.unpack(session.get_one(Publication, published.id).files)
    known = origins(session, municipality=actor.municipality, files=files)
    calls = {key: _called(process) for key, process in published.bundle.processes.items()}
    shelves = (
        _shelf(process, published, files, known, calls)
        for process in published.bundle.processes.values()
    )
    return Library(
        number=published.number,
        shelves=tuple(sorted(shelves, key=lambda shelf: shelf.name.casefold())),
        profile=Part(
            path=bundle_files.PROFILE,
            name=published.profile.name,
            origin=known[bundle_files.PROFILE],
        ),
    )


def with_words(found: Library, words: str) -> Library:
    """The library with only those processes that have all these words."""
    return replace(found, shelves=tuple(shelf for shelf in found.shelves if _has(shelf, words)))


def renewed(found: Library) -> tuple[Part, ...]:
    """The files of which a newer original came with the product."""
    parts = (
        part for shelf in found.shelves for part in (shelf.diagram, *shelf.tables, *shelf.forms)
    )
    return tuple(part for part in parts if part.origin in _NEWER)


_NEWER = (Origin.OUTDATED, Origin.OWN_OUTDATED)


def _has(shelf: Shelf, words: str) -> bool:
    """Whether something on the shelf is called so."""
    parts = (part.name for part in (*shelf.tables, *shelf.forms))
    told = " ".join([shelf.process_id, shelf.name, *shelf.roles, *parts]).casefold()
    return all(word in told for word in words.casefold().split())


def _shelf(
    process: ProcessInfo,
    published: Published,
    files: bundle_files.Files,
    known: Mapping[str, Origin],
    calls: Mapping[str, frozenset[str]],
) -> Shelf:
    roles = published.profile.roles
    used = {step.role for step in process.steps if step.type == "userTask" and step.role}
    return Shelf(
        process_id=process.id,
        name=process.name or process.id,
        about=process.about,
        diagram=Part(path=process.file, name=process.name, origin=known[process.file]),
        tables=tuple(_tables(process.file, files, known)),
        forms=tuple(_forms(process.id, published, known)),
        roles=tuple(sorted(roles[role].name if role in roles else role for role in used)),
        calls=_named(published, calls[process.id]),
        called_by=_named(published, {key for key, ids in calls.items() if process.id in ids}),
    )


def _called(process: ProcessInfo) -> frozenset[str]:
    return frozenset(step.called for step in process.steps if step.called)


def _named(published: Published, ids: frozenset[str] | set[str]) -> tuple[tuple[str, str], ...]:
    found = published.bundle.processes
    return tuple(sorted((key, found[key].name or key) for key in ids if key in found))


def _tables(diagram: str, files: bundle_files.Files, known: Mapping[str, Origin]) -> Iterator[Part]:
    folder = PurePosixPath(diagram).parent
    for path, body in bundle_files.with_suffix(files, ".dmn").items():
        if PurePosixPath(path).parent == folder:
            yield Part(
                path=path, name=", ".join(dmn.decision_names(body).values()), origin=known[path]
            )


def _forms(process_id: str, published: Published, known: Mapping[str, Origin]) -> Iterator[Part]:
    for (owner, form_id), form in published.forms.items():
        if owner == process_id:
            path = f"forms/{owner}/{form_id}.form"
            yield Part(path=path, name=form.title or form_id, origin=known[path])
