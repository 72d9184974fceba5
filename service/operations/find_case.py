"""Finds a case by the kenmerk that people use."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.storage import Instance


def find_case(session: Session, *, reference: str, actor: Actor) -> UUID:
    """The id of a case in the actor's municipality; whether they may see it is asked later.

    Raises:
        NotFound: there is no such case.
    """
    instance_id = session.scalar(
        select(Instance.id).where(
            Instance.municipality == actor.municipality, Instance.reference == reference
        )
    )
    if instance_id is None:
        raise NotFound("Deze zaak bestaat niet, of is niet voor u.")
    return instance_id
