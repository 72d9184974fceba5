"""Who plays which role: the accounts of a municipality."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.operations.accounts import actor_of
from service.storage import RoleMembership, UserAccount


def people_of(session: Session, municipality: str) -> Mapping[str, Actor]:
    """For each role the account that has the fewest others, so that a role is one person."""
    rows = session.execute(
        select(UserAccount.id, RoleMembership.role)
        .join(RoleMembership, RoleMembership.user_id == UserAccount.id)
        .where(UserAccount.municipality == municipality, UserAccount.active)
        .order_by(UserAccount.email)
    ).all()
    actors = {key: actor_of(session, user_id=key) for key in {key for key, _ in rows}}
    found: dict[str, Actor] = {}
    for key, role in rows:
        actor = actors[key]
        if actor is not None and (role not in found or len(actor.roles) < len(found[role].roles)):
            found[role] = actor
    return found
