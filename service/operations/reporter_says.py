"""What a reporter says by themselves about their own signal: more information, or goodbye.

It reaches the case as a message. The case knows the reporter as "melder" or "anoniem", never by
name, and of who has no account the moment is kept to the hour.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor, anonymous_reporter
from service.domain.errors import Conflict, InvalidInput, NotFound
from service.operations.anonymity import as_reporter, to_the_hour
from service.operations.collaborators import Collaborators
from service.operations.deliver_message import hand_in
from service.operations.list_cases import FROM_REPORTER, instance_by_code
from service.operations.outbox import Letter
from service.storage import Instance
from service.storage.instance import waiting_key

ADDS = FROM_REPORTER
WITHDRAWS = "melding_ingetrokken"
FIELD = "bericht_melder.tekst"
"""The path of what a reporter adds."""
MOST = 4000
"""Characters of one addition."""


def listens(instance: Instance, message: str) -> bool:
    """Whether the case takes this message from its reporter now."""
    return waiting_key(message, instance.reference) in instance.waiting_for


def own_signal(session: Session, *, reference: str, actor: Actor) -> Instance:
    """The case that the actor reported under their own name.

    Raises:
        NotFound: there is no such case, or somebody else reported it.
    """
    instance = session.scalars(
        select(Instance).where(
            Instance.reference == reference,
            Instance.municipality == actor.municipality,
            Instance.reported_by == actor.user_id,
        )
    ).one_or_none()
    if instance is None or actor.user_id is None:
        raise NotFound("Deze melding kennen wij niet als de uwe.")
    return instance


def add_information(
    session: Session,
    collaborators: Collaborators,
    *,
    actor: Actor | None,
    reference_or_code: str,
    text: str,
    now: datetime,
    submission_id: UUID,
) -> str:
    """Adds to one's own signal and gives its kenmerk; ``actor`` is ``None`` for who shows a code.

    Raises:
        InvalidInput: the text is empty or too long.
        NotFound: the actor reported no such signal, or no signal has this code.
        Conflict: the case has ended or takes nothing more.
    """
    told = text.strip()
    if not told or len(told) > MOST:
        raise InvalidInput(
            "Uw aanvulling is leeg of te lang.",
            {FIELD: [f"Schrijf op wat u wilt toevoegen, in ten hoogste {MOST} tekens."]},
        )
    payload = {"bericht_melder": {"tekst": told}}
    return _say(session, collaborators, actor, reference_or_code, ADDS, payload, now, submission_id)


def withdraw(
    session: Session,
    collaborators: Collaborators,
    *,
    actor: Actor | None,
    reference_or_code: str,
    now: datetime,
    submission_id: UUID,
) -> str:
    """Takes leave of one's own signal, and gives its kenmerk.

    What was told stays, who told it is wiped.

    Raises:
        NotFound: the actor reported no such signal, or no signal has this code.
        Conflict: the case has ended or takes nothing more.
    """
    return _say(session, collaborators, actor, reference_or_code, WITHDRAWS, {}, now, submission_id)


def _say(
    session: Session,
    collaborators: Collaborators,
    actor: Actor | None,
    reference_or_code: str,
    message: str,
    payload: Mapping[str, Any],
    now: datetime,
    submission_id: UUID,
) -> str:
    if actor is None:
        instance = instance_by_code(session, collaborators, code=reference_or_code)
    else:
        instance = own_signal(session, reference=reference_or_code, actor=actor)
    if not listens(instance, message):
        raise Conflict("Deze melding is afgerond. Weet u meer? Meld dan een nieuw signaal.")
    municipality = instance.municipality
    letter = Letter(
        channel="process",
        name=message,
        correlation_key=instance.reference,
        payload=payload,
        actor=as_reporter(actor) if actor else anonymous_reporter(municipality),
    )
    moment = now if actor else to_the_hour(now)
    hand_in(session, collaborators, letter, message_id=submission_id, now=moment)
    return instance.reference
