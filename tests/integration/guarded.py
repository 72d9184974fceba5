"""Locking cases extra and reading them in an emergency, in the demo municipality."""

from uuid import UUID, uuid4

from sqlalchemy import select

from service.domain.actor import Actor
from service.operations.accounts import actor_of, create_user
from service.operations.lock_extra import lock_extra
from service.operations.read_in_emergency import Reading, read_in_emergency
from service.operations.show_case import CaseView, show_case
from service.operations.unlock_extra import unlock_extra
from service.storage import Access
from tests.integration.conftest import DEMO, Office

WHY = "De zaak gaat over een collega van de afdeling Wonen."
NEED = "De crisisdienst belt en niemand van de zaak is te bereiken."


def colleague(office: Office, *roles: str, name: str = "Robin Achterberg") -> Actor:
    """One more person with these roles."""
    with office.application.sessions.begin() as session:
        user_id = create_user(
            session,
            municipality=DEMO,
            email=f"{uuid4()}@{DEMO}.example",
            name=name,
            password="een heel lang wachtwoord",
            roles=roles,
            now=office.clock(),
        )
        actor = actor_of(session, user_id=user_id)
    assert actor is not None
    return actor


def lock(
    office: Office, reference: str, *named: Actor, by: Actor | None = None, reason: str = WHY
) -> None:
    office.act(
        lock_extra,
        by or office.person("af-zorg"),
        instance_id=office.instance(reference).id,
        named=[one.user_id for one in named if one.user_id],
        reason=reason,
    )


def unlock(office: Office, reference: str, by: Actor) -> None:
    office.act(
        unlock_extra,
        by,
        instance_id=office.instance(reference).id,
        reason="Het bleek een ander te zijn.",
    )


def read(office: Office, reference: str, by: Actor, reason: str = NEED) -> Reading | None:
    """Asks for emergency reading; the worker tells who must know."""
    found = office.act(read_in_emergency, by, reference=reference, reason=reason)
    office.work()
    return found


def seen(office: Office, reference: str, by: Actor) -> CaseView:
    return office.act(show_case, by, instance_id=office.instance(reference).id)


def logged(office: Office, who: UUID | None) -> list[str]:
    """What the access log says that somebody did."""
    with office.application.sessions() as session:
        lines = select(Access.what).where(Access.user_id == who).order_by(Access.id)
        return list(session.scalars(lines))
