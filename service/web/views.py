"""What templates draw, with every decision taken: people, tasks, terms and reports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from service.domain.actor import REPORTER_ROLE, Actor
from service.operations.inbox import TaskLine
from service.operations.list_cases import OwnSignal
from service.operations.published import Published
from service.operations.settle import three_quarters
from service.storage import Task
from service.storage.task import NEVER


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """One place in the main menu."""

    key: str
    label: str
    url: str
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class PersonView:
    """Who has logged in."""

    name: str
    role_names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DueView:
    """A term, and how pressing it is."""

    at: datetime
    state: str
    """``late``, ``soon`` (three quarters have passed) or ``calm``."""
    text: str


@dataclass(frozen=True, kw_only=True)
class TaskView:
    """A task in a list or at the head of its page."""

    id: UUID
    name: str
    reference: str
    process_name: str
    role_name: str
    due: DueView | None
    urgency: str | None
    holder_name: str | None
    mine: bool
    has_draft: bool
    escalated: bool
    visible: bool
    """Whether the viewer may open it; a coordinator sees that more is open than that."""
    suspended: bool = False
    """Whether its case is suspended: it can be filled in, and completed later."""


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A word and what it says here."""

    label: str
    text: str
    links: tuple[tuple[str, str], ...] = ()
    """Files: their name and address."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """A neutral message to a reporter."""

    at: datetime
    text: str


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    """One's own signal: all that a reporter learns."""

    reference: str
    reported_at: datetime
    status: str
    status_kind: str
    text: str
    question_url: str
    messages: tuple[Message, ...]
    takes_more: bool
    """Whether the reporter may still add something by themselves, and take leave."""


def person(actor: Actor, published: Published) -> PersonView:
    """The person with the names of their roles; being a reporter goes without saying."""
    return PersonView(name=actor.name, role_names=role_names(actor.roles, published))


def role_names(roles: Iterable[str], published: Published) -> tuple[str, ...]:
    """The roles in words, in the order of the profile; one that left the profile by its id."""
    known = published.profile.roles
    held = set(roles) - {REPORTER_ROLE}
    return (*(role.name for role in known.values() if role.id in held), *sorted(held - set(known)))


def due_view(
    at: datetime | None, now: datetime, *, since: datetime | None = None
) -> DueView | None:
    """The term, counted from ``since`` when that is known."""
    if at is None or at >= NEVER:
        return None
    if at < now:
        return DueView(at=at, state="late", text=_("%(span)s te laat", span=span(now - at)))
    near = now >= three_quarters(since, at) if since else at - now < timedelta(days=1)
    text = _("nog %(span)s", span=span(at - now))
    return DueView(at=at, state="soon" if near else "calm", text=text)


def span(length: timedelta) -> str:
    """A length of time in its largest unit, rounded down."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return str(ngettext("%(num)s minuut", "%(num)s minuten", max(minutes, 1)))
    if minutes < 24 * 60:
        return str(_("%(num)s uur", num=minutes // 60))
    return str(ngettext("%(num)s dag", "%(num)s dagen", minutes // (24 * 60)))


def task_row(
    line: TaskLine | Task,
    actor: Actor,
    published: Published,
    now: datetime,
    *,
    visible: bool = True,
    suspended: bool = False,
) -> TaskView:
    """A task as its row in a list, for one viewer."""
    mine = line.assignee_id is not None and line.assignee_id == actor.user_id
    holder = None if line.assignee_id is None else line.assignee_name or _("een collega")
    shown = [role for role in line.roles if role in actor.roles] or line.roles
    return TaskView(
        id=line.id,
        name=line.name,
        reference=line.reference,
        process_name=process_name(published, line.process_id),
        role_name=", ".join(role_names(shown, published)),
        due=None if _is_closed(line) else due_view(line.due_at, now, since=line.opened_at),
        urgency=line.urgency,
        holder_name=holder,
        mine=mine,
        has_draft=line.has_draft if isinstance(line, TaskLine) else line.draft is not None,
        escalated=line.escalated if isinstance(line, TaskLine) else line.nudges >= 2,
        visible=visible,
        suspended=suspended,
    )


def _is_closed(line: TaskLine | Task) -> bool:
    return isinstance(line, Task) and line.state != "open"


def process_name(published: Published, process_id: str) -> str:
    """A process in words."""
    process = published.bundle.processes.get(process_id)
    return process.name or process_id if process else process_id


PROGRESS: Mapping[str, tuple[str, str, str]] = {
    "ontvangen": (
        "Ontvangen",
        "info",
        "Wij hebben uw melding ontvangen. Een aandachtsfunctionaris bekijkt hem.",
    ),
    "bekeken": ("In behandeling", "soon", "Wij hebben uw melding bekeken en werken eraan."),
    "afgerond": ("Afgerond", "good", "Wij hebben uw melding afgerond. Dank dat u dit meldde."),
}
"""How far a signal is, for who reported it: a word, its colour and a sentence."""


def report_line(signal: OwnSignal, question_url: str) -> ReportLine:
    """One's own signal in words; the last message of the municipality goes before our own."""
    status, kind, text = PROGRESS[signal.progress]
    return ReportLine(
        reference=signal.reference,
        reported_at=signal.reported_at,
        status=status,
        status_kind=kind,
        text=text,
        question_url=question_url,
        messages=tuple(Message(at=at, text=said) for at, said in reversed(signal.feedback)),
        takes_more=signal.takes_more,
    )
