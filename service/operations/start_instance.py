"""Starts a process instance: one case."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import REPORTER_ROLE, Actor
from service.domain.errors import InvalidInput, NotAllowed
from service.operations import rights
from service.operations.case import Case, open_case
from service.operations.collaborators import Collaborators
from service.operations.history import Happening
from service.operations.published import Published
from service.operations.settle import settle
from service.storage import Instance
from service.storage.turns import take_turns

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, O, 1 and I, which people confuse."""
OWN_VARIABLES = frozenset({"registratie", "gemeente"})
"""Variables that only the product itself writes."""
FirstStep = Callable[[Mapping[str, Any]], engine.Advance]
"""Takes the first step of a case, given the product's own variables."""


def start_instance(
    session: Session,
    collaborators: Collaborators,
    *,
    process_id: str,
    actor: Actor,
    now: datetime,
    variables: Mapping[str, Any] | None = None,
) -> Instance:
    """Starts a case on what is published now for the actor's municipality.

    Raises:
        NotFound: there is no such process.
        NotAllowed: none of the actor's roles begins a case of this process.
        InvalidInput: a variable of a name that is the product's own, or a process that begins
            with a report: that has a form of its own, which keeps the reporter out of the case.
        Incident: the process cannot take its first step.
    """
    refuse_own_variables(variables or {})
    published = collaborators.publications.current(session, actor.municipality)
    if not rights.may_start(actor, published.profile, process_id):
        raise NotAllowed(
            "Uw rol start geen zaken van deze soort. Meld een signaal, of vraag functioneel "
            f"beheer om uw rol in het profiel {process_id!r} te laten starten."
        )
    return begin_case(
        session,
        collaborators,
        published,
        process_id,
        lambda own: engine.start(
            published.bundle,
            process_id,
            variables={**(variables or {}), **own},
            around=published.around(now),
        ),
        Happening(kind="gestart", actor=actor, detail=dict(variables or {})),
        now=now,
    )


def begin_case(
    session: Session,
    collaborators: Collaborators,
    published: Published,
    process_id: str,
    first_step: FirstStep,
    happening: Happening,
    *,
    now: datetime,
) -> Instance:
    """Writes a new case with its first step, whatever it is that makes it begin.

    Raises:
        NotFound: there is no such process.
        InvalidInput: it begins with a report: that has a form of its own, which keeps the
            reporter out of the case.
        Incident: the process cannot take its first step.
    """
    case = new_case(session, collaborators, published, process_id, actor=happening.actor, now=now)
    advance = first_step(registration(case.instance))
    if any(task.roles == (REPORTER_ROLE,) for task in advance.opened):
        raise InvalidInput("Dit proces begint met een melding; gebruik het meldformulier.")
    settle(session, collaborators, case, advance, happening, now=now)
    return case.instance


def refuse_own_variables(values: Mapping[str, Any]) -> None:
    """Raises InvalidInput when values from outside have a name that only the product writes."""
    if taken := OWN_VARIABLES.intersection(values):
        raise InvalidInput(f"Deze variabelen vult Meldroute zelf: {', '.join(sorted(taken))}.")


def new_case(
    session: Session,
    collaborators: Collaborators,
    published: Published,
    process_id: str,
    *,
    actor: Actor,
    now: datetime,
    reported_by: UUID | None = None,
    submission_id: UUID | None = None,
) -> Case:
    """Writes an empty case, with a key of its own and no state yet.

    Raises:
        NotFound: there is no such process.
    """
    published.process(process_id)
    instance_id = uuid4()
    wrapped = collaborators.vault.new_case_key(instance_id)
    instance = Instance(
        id=instance_id,
        municipality=actor.municipality,
        reference=new_reference(now),
        process_id=process_id,
        publication_id=published.id,
        status="active",
        urgency=None,
        revision=0,
        state=b"",
        data_key=wrapped,
        started_at=now,
        started_by=actor.user_id,
        reported_by=reported_by,
        submission_id=submission_id,
        waiting_for=[],
        waiting_signals=[],
        event_count=0,
        last_hash=bytes(32),
    )
    session.add(instance)
    session.flush()
    return open_case(session, collaborators, instance)


def earlier_case(session: Session, submission_id: UUID) -> Instance | None:
    """The case that an earlier sending of the same form began; a sending at this moment waits."""
    take_turns(session, str(submission_id))
    return session.scalars(
        select(Instance).where(Instance.submission_id == submission_id)
    ).one_or_none()


def registration(instance: Instance) -> dict[str, Any]:
    """The variable ``registratie`` with which every case starts."""
    return {"registratie": {"kenmerk": instance.reference}}


def new_reference(now: datetime) -> str:
    """A kenmerk such as ``2026-K7Q-3XD``: it tells the year, and nothing of order or number."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{now.year}-{letters[:4]}-{letters[4:]}"
