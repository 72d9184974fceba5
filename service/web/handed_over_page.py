"""The render model of a handover to a partner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from service.operations.list_handed_over import HandedOver
from service.web.drawing import in_words
from service.web.views import DueView, Labelled, due_view

STATUS: Mapping[str, tuple[str, str]] = {
    "wacht": ("Wacht op uw antwoord", "soon"),
    "geaccepteerd": ("Geaccepteerd", "good"),
    "geweigerd": ("Geweigerd", ""),
    "vervallen": ("Niet op tijd beantwoord", "late"),
}


@dataclass(frozen=True, kw_only=True)
class HandoverView:
    """One handover, in words."""

    reference: str
    status: str
    status_kind: str
    received_at: datetime
    due: DueView | None
    answered_at: datetime | None
    answered_by: str
    told: Sequence[Labelled]
    answered: Sequence[Labelled]
    task_url: str
    """Where the answer is given; empty when that has been done."""


def handover_view(found: HandedOver, now: datetime) -> HandoverView:
    """A handover as its panel shows it."""
    waits = found.status == "wacht"
    status, kind = STATUS[found.status]
    return HandoverView(
        reference=found.reference,
        status=status,
        status_kind=kind,
        received_at=found.received_at,
        due=due_view(found.due_at, now, since=found.received_at) if waits else None,
        answered_at=found.answered_at,
        answered_by=found.answered_by,
        told=in_words(found.told, reference=found.reference),
        answered=in_words(found.answered, reference=found.reference),
        task_url=url_for("task.show", task_id=found.task_id) if waits else "",
    )
