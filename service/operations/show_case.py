"""The case page: where it stands, what happened, and what this viewer may know of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import forms
from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.domain.profile import Profile
from service.operations import rights
from service.operations.case import Case, open_case
from service.operations.collaborators import Collaborators
from service.operations.diagrams import Diagram, OpenHere, Passed, diagrams
from service.operations.emergency import ENDED, GIVEN, READ, reads_until
from service.operations.extra_lock import lock_of
from service.operations.files import file_names
from service.operations.handed_over import handed_over_events
from service.operations.history import detail_of
from service.operations.links.export_handover import KIND as PACKED
from service.operations.links.links_of import LinkLine, links_of
from service.operations.lock_extra import LOCKED
from service.operations.moving.asked_by import ANSWERED, asked_by_publication
from service.operations.notes import NoteView, notes_of
from service.operations.published import Published
from service.operations.repairs import repair_of
from service.operations.unlock_extra import UNLOCKED
from service.operations.viewers_of import Viewer, lookers
from service.storage import Event, ExtraLock, Instance, Reporter, Task
from service.storage.instance import ERASED

GUARDED = frozenset({GIVEN, ENDED, LOCKED, UNLOCKED})


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One event, as far as the viewer may read it."""

    at: datetime
    kind: str
    actor_name: str
    element_name: str | None
    answers: tuple[forms.ReadableAnswer, ...]
    reason: str = ""
    """Why somebody repaired the case, locked it, or read it in an emergency."""
    against: bool = False
    """Whether that brought it where its diagram could not have."""


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """Everything the case page shows to one viewer."""

    case: Case
    diagrams: tuple[Diagram, ...]
    history: tuple[HistoryLine, ...]
    """Newest first."""
    open_tasks: tuple[Task, ...]
    notes: tuple[NoteView, ...]
    files: Mapping[str, str]
    """The names of the files in answers the viewer may read, by id."""
    reporter: Mapping[str, Any] | None
    """Contact data from the melderkluis; ``None`` when the viewer may not see it."""
    is_partner: bool
    links: tuple[LinkLine, ...] = ()
    """The cases that belong to this one and that the viewer may see."""
    package: bool = False
    """Whether what went to another municipality can be fetched."""
    overseen: bool = False
    """Whether the viewer coordinates and the case is not locked to them."""
    reads_until: datetime | None = None
    """Until when somebody reads who sees the case in an emergency only: they read, no more."""
    locked: ExtraLock | None = None
    viewers: tuple[Viewer, ...] = ()
    """Who has looked at it, for who oversees it."""

    @property
    def status(self) -> str:
        """A partner hears only whether it has ended."""
        instance = self.case.instance
        if not self.is_partner:
            return instance.status
        return "active" if instance.ended_at is None else "completed"

    @property
    def urgency(self) -> str | None:
        """Not for a partner: that of a handover stands in its answers."""
        return None if self.is_partner else self.case.instance.urgency

    @property
    def end_name(self) -> str | None:
        """How it ended; not for a partner."""
        return None if self.is_partner else self.case.instance.end_name

    @property
    def incident(self) -> str | None:
        """Why it stands still; not for a partner."""
        return None if self.is_partner else self.case.instance.incident


def show_case(
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    actor: Actor,
    now: datetime,
) -> CaseView:
    """The case, and a line in the access log.

    Raises:
        NotFound: there is no such case for this actor.
    """
    case, profile, until = _seen(session, collaborators, instance_id, actor, now)
    partner = rights.only_partner(actor, profile)
    overseen = rights.oversees(session, instance_id, actor, profile)
    domains = rights.domains_of(actor, profile) - ({"melder"} if until else set())
    what = READ if until else "zaak_bekeken"
    rights.note_access(session, actor=actor, what=what, now=now, instance_id=instance_id)
    events = _events(session, instance_id)
    tasks = session.scalars(
        select(Task).where(Task.instance_id == instance_id, Task.state == "open")
    ).all()
    own = rights.own_roles(actor)
    reader = _Reader(actor=actor, partner=partner, domains=domains, overseen=overseen)
    history = _history(session, collaborators, case, events, reader)
    return CaseView(
        case=case,
        diagrams=() if partner else tuple(_diagrams(case, events, tasks)),
        history=history,
        open_tasks=tuple(t for t in tasks if not partner or not own.isdisjoint(t.roles)),
        notes=() if partner else tuple(notes_of(session, case, domains)),
        files={} if until else _names(session, case, attachments_in(history)),
        reporter=None if partner else _reporter(session, collaborators, case, domains, actor, now),
        is_partner=partner,
        links=links_of(session, collaborators, instance_id=instance_id, actor=actor),
        package=overseen and any(e.kind == PACKED for e in events),
        overseen=overseen,
        reads_until=until,
        locked=None if partner else lock_of(session, instance_id),
        viewers=lookers(session, instance_id) if overseen else (),
    )


def read_history(
    session: Session, collaborators: Collaborators, *, instance_id: UUID, actor: Actor
) -> tuple[Case, tuple[HistoryLine, ...]]:
    """The case and the part of its history that the actor may read; logging it is the caller's.

    Raises:
        NotFound: there is no such case for this actor.
    """
    case, profile = _case_for(session, collaborators, instance_id, actor)
    reader = _Reader(
        actor=actor,
        partner=rights.only_partner(actor, profile),
        domains=rights.domains_of(actor, profile),
    )
    return case, _history(session, collaborators, case, _events(session, instance_id), reader)


def _seen(
    session: Session, collaborators: Collaborators, instance_id: UUID, actor: Actor, now: datetime
) -> tuple[Case, Profile, datetime | None]:
    """A case that the actor may see, or read for a while in an emergency: until when."""
    try:
        return (*_case_for(session, collaborators, instance_id, actor), None)
    except NotFound:
        until = reads_until(session, instance_id, actor, now)
        instance = session.get(Instance, instance_id)
        if until is None or instance is None or instance.status == ERASED:
            raise
    profile = collaborators.publications.current(session, actor.municipality).profile
    if instance.municipality != actor.municipality or not rights.works_here(actor, profile):
        raise NotFound(rights.NO_CASE)
    return open_case(session, collaborators, instance), profile, until


def _case_for(
    session: Session, collaborators: Collaborators, instance_id: UUID, actor: Actor
) -> tuple[Case, Profile]:
    """A case that the actor may see, and the profile that says what of it."""
    profile = collaborators.publications.current(session, actor.municipality).profile
    instance = rights.case_for(session, instance_id=instance_id, actor=actor, profile=profile)
    return open_case(session, collaborators, instance), profile


def attachments_in(history: Sequence[HistoryLine]) -> frozenset[str]:
    """The ids of the files in answers that somebody may read."""
    return frozenset(
        key for line in history for answer in line.answers for key in answer.attachments
    )


def _names(session: Session, case: Case, readable: frozenset[str]) -> dict[str, str]:
    if not readable:
        return {}
    return {key: name for key, name in file_names(session, case).items() if key in readable}


def _events(session: Session, instance_id: UUID) -> Sequence[Event]:
    return session.scalars(
        select(Event).where(Event.instance_id == instance_id).order_by(Event.seq)
    ).all()


@dataclass(frozen=True, kw_only=True)
class _Reader:
    """What decides which part of the history somebody reads."""

    actor: Actor
    partner: bool
    domains: frozenset[str]
    overseen: bool = False


def _history(
    session: Session,
    collaborators: Collaborators,
    case: Case,
    events: Sequence[Event],
    reader: _Reader,
) -> tuple[HistoryLine, ...]:
    """What somebody may read, newest first."""
    read = asked_by_publication(session, collaborators, case, events)
    if not reader.partner:
        return tuple(
            _line(case, event, asked_by, reader.domains, whole=reader.overseen)
            for event, asked_by in read
        )
    seen = handed_over_events(session, case, events, reader.actor)
    return tuple(
        _line(case, event, asked_by, reader.domains)
        for event, asked_by in read
        if event.seq in seen
    )


def _line(
    case: Case,
    event: Event,
    asked_by: Published,
    domains: frozenset[str],
    *,
    whole: bool = False,
) -> HistoryLine:
    """``whole``: with why somebody locked the case or read it in an emergency."""
    repair = (detail_of if whole and event.kind in GUARDED else repair_of)(case, event)
    return HistoryLine(
        at=event.at,
        kind=event.kind,
        actor_name=event.actor_name,
        element_name=event.element_name or repair.get("path"),
        answers=_answers(case, event, asked_by, domains),
        reason=repair.get("reason", ""),
        against="against_diagram" in repair,
    )


def _answers(
    case: Case, event: Event, asked_by: Published, domains: frozenset[str]
) -> tuple[forms.ReadableAnswer, ...]:
    if event.kind not in ANSWERED or event.detail is None:
        return ()
    told = detail_of(case, event)
    form = asked_by.form(told["process_id"], told["form_id"])
    return tuple(forms.readable(form, told["answers"], domains=domains)) if form else ()


def _diagrams(case: Case, events: Sequence[Event], tasks: Sequence[Task]) -> Iterator[Diagram]:
    here = [
        OpenHere(
            process_id=task.process_id,
            element_id=task.element_id,
            assignee=task.assignee_name,
            due_at=task.due_at,
        )
        for task in tasks
    ]
    trail = [
        Passed(process_id, element_id, what, is_repetition=seconds == [None])
        for event in events
        for process_id, element_id, what, *seconds in event.trail
    ]
    return diagrams(case.published.bundle, trail, here)


def _reporter(
    session: Session,
    collaborators: Collaborators,
    case: Case,
    domains: frozenset[str],
    actor: Actor,
    now: datetime,
) -> Mapping[str, Any] | None:
    if "melder" not in domains:
        return None
    reporter = session.get(Reporter, case.instance.id)
    if reporter is None or reporter.contact is None:
        return None
    rights.note_access(
        session, actor=actor, what="melder_bekeken", now=now, instance_id=case.instance.id
    )
    return collaborators.vault.open_reporter(case.instance.id, reporter.contact)
