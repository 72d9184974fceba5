"""Lends a meeting the content of its agenda: shown to who may see it, never kept by the meeting."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.forms import FormDefinition
from service.operations import rights
from service.operations.agenda.items import SEALED_AS
from service.operations.collaborators import Collaborators
from service.storage import AgendaItem, Instance

LOOKED = "agendapunt_bekeken"
"""How the access log of the case that asks tells that somebody at the table read it."""
HIDDEN = "Dit punt hoort niet bij uw domein."
EMPTY = "Er staan geen punten op de agenda."
ONE_ITEM = "agendapunt.onderwerp"
SUMMARIES = ("deelnemer.overzicht", "agenda.overzicht")
"""The questions, to read only, that show one item, or a list of them."""


def lent(
    session: Session,
    collaborators: Collaborators,
    meeting: Instance,
    form: FormDefinition | None,
    variables: Mapping[str, Any],
    *,
    actor: Actor,
    domains: frozenset[str],
    logged_at: datetime | None,
) -> dict[str, Any]:
    """What the form of a task shows besides its variables; nothing for a form that shows no agenda.

    Only of items that are on the agenda of this very meeting, and only of the domains of the
    reader. Each item that is read leaves a line in the access log of its own case, unless
    ``logged_at`` is None: then it has been read before.
    """
    shown = {field.key for field in form.fields if field.readonly} if form else set()
    read = _Reader(session, collaborators, meeting, actor, domains, logged_at)
    if ONE_ITEM in shown:
        return {"agendapunt": read.one(variables.get("agendapunt"))}
    return {
        place.split(".")[0]: {"overzicht": read.all(variables.get(place.split(".")[0]))}
        for place in SUMMARIES
        if place in shown
    }


class _Reader:
    """One person at the table of one meeting."""

    def __init__(
        self,
        session: Session,
        collaborators: Collaborators,
        meeting: Instance,
        actor: Actor,
        domains: frozenset[str],
        logged_at: datetime | None,
    ) -> None:
        self.session, self.collaborators, self.meeting = session, collaborators, meeting
        self.actor, self.domains, self.logged_at = actor, domains, logged_at

    def one(self, item: Any) -> Mapping[str, Any]:
        """The content of an item; that it is not for the reader, when so."""
        reference = str(item.get("kenmerk")) if isinstance(item, Mapping) else ""
        return self._content([reference]).get(reference, {"onderwerp": HIDDEN})

    def all(self, holder: Any) -> str:
        """The items of a context, one paragraph each."""
        references = list(_references(holder))
        content = self._content(references)
        told = (f"{key}: {_words(content.get(key))}" for key in references)
        return "\n\n".join(told) or EMPTY

    def _content(self, references: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """By kenmerk, without what is not for the reader; each is told in its own case's log."""
        rows = self.session.execute(
            select(AgendaItem, Instance.data_key)
            .join(Instance, Instance.id == AgendaItem.instance_id)
            .where(
                AgendaItem.municipality == self.meeting.municipality,
                AgendaItem.reference.in_(references),
                AgendaItem.meeting_id == self.meeting.id,
                AgendaItem.domain.in_(sorted(self.domains)),
            )
        ).all()
        return {item.reference: self._open(item, key) for item, key in rows}

    def _open(self, item: AgendaItem, data_key: bytes) -> Mapping[str, Any]:
        if self.logged_at is not None:
            rights.note_access(
                self.session,
                actor=self.actor,
                what=LOOKED,
                now=self.logged_at,
                instance_id=item.instance_id,
                thing=item.reference,
            )
        vault = self.collaborators.vault.case(item.instance_id, data_key)
        content: Mapping[str, Any] = vault.open_json(SEALED_AS, item.content)
        return content


def _references(holder: Any) -> Iterator[str]:
    items = holder.get("punten") if isinstance(holder, Mapping) else None
    for item in items if isinstance(items, list) else ():
        if isinstance(item, Mapping) and item.get("kenmerk"):
            yield str(item["kenmerk"])


def _words(content: Mapping[str, Any] | None) -> str:
    if content is None:
        return HIDDEN
    return f"{content.get('onderwerp', '')}\n{content.get('vraag', '')}"
