"""The render models of the case page and of the list of cases."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import ngettext

from service.domain.actor import Actor
from service.operations import rights
from service.operations.case_phases import Phase
from service.operations.list_cases import CaseLine
from service.operations.published import Published
from service.operations.show_case import CaseView
from service.operations.viewers_of import Viewer
from service.web import words
from service.web.answers import contact, sections
from service.web.diagram_views import diagram_values
from service.web.views import DueView, Labelled, due_view, process_name, task_row


@dataclass(frozen=True, kw_only=True)
class CaseHead:
    """A case in a list, or at the head of its page."""

    reference: str
    title: str
    status: str
    status_kind: str
    urgency: str | None
    started_at: datetime
    phase: str = ""
    due: DueView | None = None
    incident: str = ""


@dataclass(frozen=True, kw_only=True)
class HistoryView:
    """Something that happened."""

    at: datetime
    text: str
    who: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class NoteShown:
    """A note, and who may read it."""

    author: str
    at: datetime
    text: str
    readers: str


@dataclass(frozen=True, kw_only=True)
class ViewerShown:
    """Somebody who looked at the case."""

    name: str
    times: str
    last_at: datetime
    in_emergency: bool


def case_line(line: CaseLine, phase: Phase | None, published: Published, now: datetime) -> CaseHead:
    """One line of the list."""
    status, kind = words.STATUS[line.status]
    return CaseHead(
        reference=line.reference,
        title=process_name(published, line.process_id),
        status=status,
        status_kind=kind,
        urgency=line.urgency,
        started_at=line.started_at,
        phase=", ".join(phase.tasks) if phase else line.end_name or "",
        due=due_view(phase.due_at, now) if phase else None,
    )


def process_choices(published: Published) -> list[tuple[str, str]]:
    """Id and name of every process that begins a case by itself, by name."""
    called = {step.called for info in published.bundle.processes.values() for step in info.steps}
    own = (
        info
        for info in published.bundle.processes.values()
        if info.id not in called or info.start_timers or info.start_messages
    )
    return sorted(((info.id, info.name) for info in own), key=lambda choice: choice[1])


def case_values(
    view: CaseView,
    actor: Actor,
    current: Published,
    *,
    own: Collection[UUID],
    wanted: str,
    now: datetime,
) -> dict[str, Any]:
    """Everything that ``zaak.html`` draws.

    ``own``: the open tasks that the viewer may take; ``wanted``: the process to draw, "" for
    that of the most pressing task.
    """
    instance, published = view.case.instance, view.case.published
    tasks = sorted(view.open_tasks, key=lambda task: (task.due_at, task.opened_at))
    coordinates = rights.coordinates(actor, current.profile)
    domains = rights.domains_of(actor, current.profile)
    return {
        "page": "cases" if coordinates else "",
        "case": _head(view),
        "facts": _facts(view),
        "contact": contact(view),
        **diagram_values(
            view.diagrams,
            wanted=wanted or next((task.process_id for task in tasks), ""),
            address=lambda key: url_for("case.show", reference=instance.reference, diagram=key),
            now=now,
        ),
        "history": [
            HistoryView(
                at=line.at,
                text=words.sentence(line),
                who=words.actor_in_words(line.actor_name),
                reason=words.reason(line),
            )
            for line in view.history
        ],
        "answers": sections(view),
        "notes": [_note(note) for note in view.notes],
        "tasks": [
            task_row(
                task,
                actor,
                published,
                now,
                visible=task.id in own,
                suspended=instance.suspended_at is not None,
            )
            for task in tasks
        ],
        "note_domains": [(d, text) for d, text in words.DOMAIN.items() if d in domains],
        "can_note": bool(domains) and not view.is_partner and view.reads_until is None,
        "suspended": "" if view.is_partner else rights.why_suspended(instance),
        "can_repair": rights.repairs(actor, current.profile),
        "can_retry": view.status == "incident" and view.reads_until is None,
        "can_lock": view.overseen,
        "locked": view.locked,
        "reads_until": view.reads_until,
        "viewers": [_viewer(viewer) for viewer in view.viewers],
        "links": [
            (
                words.link_sentence(link.kind, link.reference, outward=link.outward),
                url_for("case.show", reference=link.reference),
            )
            for link in view.links
        ],
        "package_url": url_for("case.package", reference=instance.reference)
        if view.package
        else "",
        "back_url": url_for("case.index" if coordinates else "inbox.mine"),
        "back_label": "Zaken" if coordinates else "Mijn taken",
        "note_text": "",
        "note_error": "",
    }


def _viewer(viewer: Viewer) -> ViewerShown:
    return ViewerShown(
        name=words.actor_in_words(viewer.name),
        times=ngettext("%(num)s keer", "%(num)s keer", viewer.times),
        last_at=viewer.last_at,
        in_emergency=viewer.in_emergency,
    )


def _head(view: CaseView) -> CaseHead:
    instance = view.case.instance
    status, kind = words.STATUS[view.status]
    return CaseHead(
        reference=instance.reference,
        title=process_name(view.case.published, instance.process_id),
        status=status,
        status_kind=kind,
        urgency=view.urgency,
        started_at=instance.started_at,
        incident=view.incident or "",
    )


def _facts(view: CaseView) -> list[Labelled]:
    instance = view.case.instance
    facts = [Labelled(label="Kenmerk", text=instance.reference)]
    if view.is_partner:
        return facts
    facts += [
        Labelled(label="Gestart", text=words.moment(instance.started_at)),
        Labelled(label="Urgentie", text=words.URGENCY.get(view.urgency or "", "")),
    ]
    if instance.ended_at is not None:
        facts.append(Labelled(label="Afgerond", text=words.moment(instance.ended_at)))
        facts.append(Labelled(label="Uitkomst", text=instance.end_name or ""))
    version = str(view.case.published.number)
    return [*facts, Labelled(label="Versie van het proces", text=version)]


def _note(note: Any) -> NoteShown:
    return NoteShown(
        author=note.author_name,
        at=note.written_at,
        text=note.text,
        readers="" if note.domain == "algemeen" else words.DOMAIN.get(note.domain, ""),
    )
