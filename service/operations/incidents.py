"""Incidents: a case that could not take its next step keeps its last good state."""

from datetime import datetime

from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Incident
from service.operations.case import Case, write
from service.operations.history import Happening, append_event


def record_incident(
    session: Session,
    case: Case,
    incident: Incident,
    *,
    actor: Actor,
    now: datetime,
    rest: bool = False,
) -> None:
    """Shows the incident on the case; the next successful step clears it.

    ``rest`` lets the timers of the case be until it takes a step or somebody retries it, so that
    a timer that cannot fire is not tried every few seconds.
    """
    append_event(
        session,
        case,
        Happening(kind="incident", actor=actor, element_id=incident.element_id),
        now=now,
    )
    values = {
        "status": "incident" if case.instance.suspended_at is None else "suspended",
        "incident": str(incident),
        "incident_element": incident.element_id,
        **({"next_due": None} if rest else {}),
    }
    write(session, case.instance, values)
