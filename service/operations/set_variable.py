"""Sets a variable of a case by hand, by who may not see what the others hold."""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from service import engine, feel
from service.domain.actor import Actor
from service.domain.errors import ExpressionError, WrongField
from service.operations.collaborators import Collaborators
from service.operations.repairs import Repair, begin_repair
from service.operations.settle import settle
from service.operations.start_instance import OWN_VARIABLES


def read_value(text: str, now: datetime) -> Any:
    """What somebody wrote as a value: FEEL (``"hoog"``, ``3``, ``date("2026-03-02")``) or JSON.

    Raises:
        InvalidInput: it is neither; what was written is not repeated, it may be case content.
    """
    try:
        found = feel.compile_expression(text).evaluate({}, feel.Environment(now=now))
        if not found.diagnoses:
            return found.value
    except ExpressionError:
        pass
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise WrongField(
            "Deze waarde is niet te lezen.",
            {"value": ['Zet tekst tussen aanhalingstekens: "hoog". Of schrijf 3, true of null.']},
        ) from error


def set_variable(
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    path: str,
    value: Any,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """``path`` as in ``triage.urgentie``; ``value`` is JSON or a FEEL value.

    Raises:
        NotFound: there is no such case for this actor.
        InvalidInput: no reason is given, the name is no name or the product's own, or the value
            cannot be kept.
        Conflict: the case has ended.
        Incident: something that waited for it could not go on; nothing has changed.
    """
    repair = begin_repair(
        session, collaborators, instance_id=instance_id, actor=actor, reason=reason, now=now
    )
    change(session, collaborators, repair, path, value)


def change(
    session: Session, collaborators: Collaborators, repair: Repair, path: str, value: Any
) -> None:
    """Writes the variable of a case that is held for repair."""
    if path.split(".", maxsplit=1)[0] in OWN_VARIABLES:
        raise WrongField(
            f"{path!r} vult Meldroute zelf; kies een ander gegeven.",
            {"path": ["Dit gegeven vult Meldroute zelf."]},
        )
    advance = engine.set_variable(
        repair.bundle, repair.case.state, path=path, value=value, around=repair.around
    )
    happening = repair.tell("gegeven_gewijzigd", path=path, value=value)
    settle(session, collaborators, repair.case, advance, happening, now=repair.now)
