"""Makes signals of their own of what triage found to be other matters in one signal."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from service.domain.actor import engine_actor
from service.domain.errors import Incident
from service.operations.outbox import Letter, put_in
from service.operations.service_tasks.handler import Work, context

MESSAGE = "signaal_van_keten"
"""Begins a case by itself."""
_ALONG = ("hoedanigheid", "vorm", "sector", "minderjarig", "af_betrokken")
"""Answers that are codes and hold for every part; who reported stays with the first signal."""


def split_signal(work: Work) -> Mapping[str, Any]:
    """Sends a signal for each part of ``triage.delen``; sets ``splitsing.aantal``."""
    parts = context(work.variables, "triage").get("delen")
    if not isinstance(parts, list | tuple) or not parts:
        raise Incident(
            "Er is niet ingevuld welke delen een eigen signaal worden; laat functioneel beheer "
            "de triage opnieuw openen."
        )
    sent = [_send(work, part) for part in parts if isinstance(part, Mapping)]
    work.collaborators.queue.send_messages(work.session, sent)
    return {"splitsing": {"aantal": len(sent)}}


def _send(work: Work, part: Mapping[str, Any]) -> UUID:
    municipality = work.case.instance.municipality
    letter = Letter(
        channel="process",
        name=MESSAGE,
        correlation_key=None,
        payload={"signaal": _signal(work, part)},
        actor=engine_actor(municipality),
    )
    message, _new = put_in(work.session, work.collaborators, letter, message_id=None, now=work.now)
    return message.id


def _signal(work: Work, part: Mapping[str, Any]) -> dict[str, Any]:
    whole = context(work.variables, "signaal")
    origin = {
        "gemeente": work.case.published.profile.name,
        "kenmerk": work.case.instance.reference,
    }
    return {
        **{name: whole[name] for name in _ALONG if whole.get(name) is not None},
        "omschrijving": part.get("omschrijving"),
        "gaat_over": part.get("gaat_over"),
        "herkomst": origin,
    }
