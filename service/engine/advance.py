"""What goes into a step of a case and what comes out: frozen values, nothing of the engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from service.domain.errors import Incident
from service.domain.working_days import WorkingCalendar

REPETITION: Final = "multiInstanceBody"
"""The element type under which a repetition as a whole is told, apart from its instances."""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a step may read besides the case."""

    now: datetime
    """Aware; the engine has no clock."""
    gemeente: Mapping[str, Any] = field(default_factory=dict)
    """The municipality's profile; expressions read it as ``gemeente`` and cannot change it."""
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    inboxes: Mapping[str, str] = field(default_factory=dict)
    """The roles whose tasks lie in the inbox of another role, with that other."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedTask:
    """A user task that somebody can now do."""

    task_id: UUID
    process_id: str
    element_id: str
    name: str
    roles: tuple[str, ...]
    """Whose inbox it lies in: the candidate groups, else the innermost lane; a role without an
    inbox of its own (``Surroundings.inboxes``) gives way to the one that has it."""
    assignee: str | None
    form_id: str | None
    due: datetime | None
    scope: str
    """Where it runs: ids of the enclosing activities, ``gegevens_delen/advies_vragen#2``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosedTask:
    """A user task that nobody can do any more."""

    task_id: UUID
    element_id: str
    how: Literal["completed", "cancelled"]


@dataclass(frozen=True, kw_only=True, slots=True)
class JobRequest:
    """Work for a handler; the case waits for ``complete_job`` or ``throw_error_from_job``."""

    job_id: UUID
    element_id: str
    type: str
    variables: Mapping[str, Any]
    """What the handler may read: the task's input mappings, or everything in its scope."""
    retries: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageOut:
    """A message to another case or the world outside."""

    name: str
    correlation_key: str | None
    payload: Mapping[str, Any]
    """What the input mappings of the event name; nothing when it has none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignalOut:
    """A signal to every other case that waits for it, and to processes that start by it.

    The case that throws it has heard it already.
    """

    name: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Subscription:
    """A message or signal that the case waits for; without a key, any of that name fits."""

    name: str
    correlation_key: str | None
    element_id: str
    token_id: UUID
    """Who waits; the same as long as it goes on waiting."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TrailEntry:
    """One thing that happened, in order; ids and names are those of the diagram."""

    process_id: str
    element_id: str
    element_type: str
    """The BPMN tag (``userTask``), ``sequenceFlow``, or ``REPETITION``."""
    name: str
    what: Literal["entered", "completed", "cancelled", "taken"]
    scope: str
    seconds: int | None = None
    """How long a token stood where it leaves; of a user task its own moments tell."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EndInfo:
    """How a case ended: the last end event it reached."""

    element_id: str
    name: str


class Stopped(Incident):
    """A step that could not be taken; ``trail`` tells how far it came before it was undone."""

    def __init__(
        self, message: str, *, element_id: str | None, trail: tuple[TrailEntry, ...]
    ) -> None:
        super().__init__(message, element_id=element_id)
        self.trail = trail


@dataclass(frozen=True, kw_only=True)
class Advance:
    """The outcome of one step; keep ``state``, then act on the rest."""

    state: bytes
    opened: tuple[OpenedTask, ...]
    closed: tuple[ClosedTask, ...]
    jobs: tuple[JobRequest, ...]
    cancelled_jobs: tuple[UUID, ...]
    messages: tuple[MessageOut, ...]
    signals: tuple[SignalOut, ...]
    """For ``deliver_signal`` to other cases and ``start_by_signal``."""
    waiting_for: tuple[Subscription, ...]
    """The complete current list of messages, not a change."""
    waiting_signals: tuple[Subscription, ...]
    """The complete current list of signals; they have no key."""
    next_due: datetime | None
    """When ``fire_timers`` must be called; UTC."""
    trail: tuple[TrailEntry, ...]
    ended: EndInfo | None
    variables: Mapping[str, Any]
    """The top scope; read only."""
