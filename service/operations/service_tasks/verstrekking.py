"""Records a disclosure: which data went to whom, on what legal ground."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from service.domain.actor import engine_actor
from service.operations.history import Happening, append_event
from service.operations.service_tasks.handler import Work, context
from service.storage import Event

KIND = "verstrekking"
RECORDED = ("doel", "partner", "datavelden", "grondslag", "besluit", "convenant")


def record_disclosure(work: Work) -> Mapping[str, Any]:
    """Adds the disclosure to the history of the case; sets ``verstrekking.kenmerk``.

    The kenmerk is that of the case and the number of the disclosure in it: ``2026-K7Q-3XD-V1``.
    Whoever hands over names it, and it stands in the history beside what was disclosed.
    """
    instance = work.case.instance
    kenmerk = f"{instance.reference}-V{_recorded(work) + 1}"
    answers = context(work.variables, "gegevensdeling")
    append_event(
        work.session,
        work.case,
        Happening(
            kind=KIND,
            actor=engine_actor(instance.municipality),
            detail={"kenmerk": kenmerk, **{n: answers[n] for n in RECORDED if n in answers}},
        ),
        now=work.now,
    )
    return {"verstrekking": {"kenmerk": kenmerk}}


def _recorded(work: Work) -> int:
    """How many disclosures the history of the case holds; the lock on the case keeps it so."""
    count = select(func.count()).where(
        Event.instance_id == work.case.instance.id, Event.kind == KIND
    )
    return work.session.scalar(count) or 0
