"""Who plays which role: the accounts of a municipality."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.storage import RoleMembership, UserAccount


def people_of(session: Session, municipality: str) -> Mapping[str, Actor]:
    """For each role the account that has the fewest others, so that a role is one person."""
    rows = session.execute(
        select(UserAccount.id, UserAccount.name, func.array_agg(RoleMembership.role))
        .join(RoleMembership, RoleMembership.user_id == UserAccount.id)
        .where(UserAccount.municipality == municipality, UserAccount.active)
        .group_by(UserAccount.id)
        .order_by(func.count(), UserAccount.email)
    )
    found: dict[str, Actor] = {}
    for key, name, roles in rows:
        actor = Actor(user_id=key, name=name, municipality=municipality, roles=frozenset(roles))
        found = dict.fromkeys(roles, actor) | found
    return found
