"""Ends emergency reading that was judged to be not right."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from service.domain.actor import engine_actor
from service.operations.case import lock_case
from service.operations.emergency import ENDED
from service.operations.history import Happening, append_event
from service.operations.service_tasks.handler import Work
from service.storage import EmergencyAccess, UserAccount


def end_reading(work: Work) -> Mapping[str, Any]:
    """Ends the reading of which this case is the review, when it still lasts; sets nothing.

    The case that was read tells it. Nobody else's reading ends by this.
    """
    review = work.case.instance
    given = work.session.scalars(
        select(EmergencyAccess).where(
            EmergencyAccess.review_id == review.id,
            EmergencyAccess.until > work.now,
            EmergencyAccess.ended_at.is_(None),
        )
    ).one_or_none()
    if given is None:
        return {}
    given.ended_at = work.now
    read = lock_case(
        work.session,
        work.collaborators,
        instance_id=given.instance_id,
        municipality=review.municipality,
    )
    happening = Happening(
        kind=ENDED,
        actor=engine_actor(review.municipality),
        element_name=work.session.get_one(UserAccount, given.user_id).name,
        detail={"reason": f"Beoordeeld als onterecht, in {review.reference}."},
    )
    append_event(work.session, read, happening, now=work.now)
    return {}
