"""Publications ready to run: compiled once, shared by all requests and jobs of this node."""

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import engine, feel
from service.domain.errors import NotFound
from service.domain.findings import Finding
from service.domain.profile import Profile, read_profile
from service.forms import FormDefinition, read_form
from service.operations import bundle_files
from service.storage import Municipality, Publication

Key = TypeVar("Key", bound=Hashable)
_KEPT = 64
_KEPT_DRAFTS = 8
_NOWHERE = UUID(int=0)
_RUNNING = (".bpmn", ".dmn", ".form", bundle_files.PROFILE)
"""How the paths end of the files that a case runs on."""


@dataclass(frozen=True, kw_only=True)
class Published:
    """One publication, compiled."""

    id: UUID
    number: int
    bundle: engine.CompiledBundle
    forms: Mapping[tuple[str, str], FormDefinition]
    """By process id and form id."""
    profile: Profile
    warnings: tuple[Finding, ...] = ()
    """What the checks said of a bundle that is not published yet."""

    def form(self, process_id: str, form_id: str | None) -> FormDefinition | None:
        """The form of a user task; ``None`` for a task without one."""
        return self.forms.get((process_id, form_id)) if form_id else None

    def process(self, process_id: str) -> engine.ProcessInfo:
        """What is known of a process.

        Raises:
            NotFound: this publication has no such process.
        """
        try:
            return self.bundle.processes[process_id]
        except KeyError:
            raise NotFound(f"Proces {process_id!r} bestaat niet in deze publicatie.") from None

    def around(self, now: datetime) -> engine.Surroundings:
        """What the engine may know of the world at ``now``."""
        return engine.Surroundings(
            now=now,
            gemeente=self.profile.as_context(),
            calendar=self.profile.calendar,
            inboxes=self.profile.inboxes(),
        )

    def environment(self, now: datetime) -> feel.Environment:
        """The surroundings of a FEEL expression in a form."""
        return feel.Environment(now=now, calendar=self.profile.calendar)

    def scope(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The variables as a form's conditions see them."""
        return {**variables, "gemeente": self.profile.as_context()}


class _Compiled(Generic[Key]):
    """Bundles that were compiled, the least used ones forgotten."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Published] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Key) -> Published | None:
        """The one that is kept, if it is."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Key, published: Published) -> Published:
        """Keeps one, and gives it back."""
        with self._lock:
            self._kept[key] = published
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return published


class Publications:
    """The compiled publications and drafts of this node."""

    def __init__(self) -> None:
        self._kept = _Compiled[UUID](_KEPT)
        self._drafts = _Compiled[bytes](_KEPT_DRAFTS)

    def get(self, session: Session, publication_id: UUID) -> Published:
        """One publication; read and compiled only the first time."""
        return self.kept(publication_id) or self.keep(_read(session, publication_id))

    def kept(self, publication_id: UUID) -> Published | None:
        """One that was compiled before and is still known here."""
        return self._kept.find(publication_id)

    def keep(self, published: Published) -> Published:
        """Remembers a compiled bundle under its id, which is that of its content."""
        return self._kept.put(published.id, published)

    def draft(self, content: bundle_files.Files) -> Published:
        """A bundle that is not published; compiled again only when what it runs on changed.

        Raises:
            Refused: it does not compile; with the findings.
        """
        running = {path: body for path, body in content.items() if path.endswith(_RUNNING)}
        key = bundle_files.digest(running)
        return self._drafts.find(key) or self._drafts.put(
            key, compile_files(running, id=_NOWHERE, number=0, checked=False)
        )

    def current(self, session: Session, municipality: str) -> Published:
        """What new cases of a municipality start on.

        Raises:
            NotFound: nothing has been published for it.
        """
        publication_id = session.scalar(
            select(Municipality.publication_id).where(Municipality.id == municipality)
        )
        if publication_id is None:
            raise NotFound(f"Voor gemeente {municipality!r} is nog niets gepubliceerd.")
        return self.get(session, publication_id)


def _read(session: Session, publication_id: UUID) -> Published:
    row = session.get_one(Publication, publication_id)
    return compile_files(bundle_files.unpack(row.files), id=row.id, number=row.number)


def compile_files(
    content: bundle_files.Files,
    *,
    id: UUID,  # noqa: A002
    number: int,
    checked: bool = True,
) -> Published:
    """A publication from its files, which have passed the checks of ``publish``.

    ``checked=False`` asks the guard about files that come from elsewhere.
    """
    return Published(
        id=id,
        number=number,
        bundle=engine.compile_bundle(
            bundle_files.with_suffix(content, ".bpmn"),
            bundle_files.with_suffix(content, ".dmn"),
            checked=checked,
        ),
        forms={
            form_key(path): read_form(body, file=path)
            for path, body in bundle_files.with_suffix(content, ".form").items()
        },
        profile=read_profile(content[bundle_files.PROFILE], file=bundle_files.PROFILE),
    )


def form_key(path: str) -> tuple[str, str]:
    """Process id and form id of ``forms/<process>/<form>.form``."""
    *_, process_id, name = path.split("/")
    return process_id, name.removesuffix(".form")
