"""Emergency reading (noodtoegang): how long it lasts, and whether somebody has it now."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.domain.profile import Profile
from service.storage import EmergencyAccess

PROCESS = "noodtoegang"
"""The process in which somebody else judges it."""
MESSAGE = "noodtoegang_gebruikt"
"""What begins that process."""
GIVEN = "noodtoegang"
"""The event of the case that was read, and the line in the access log."""
ENDED = "noodtoegang_beeindigd"
"""The event of the case that was read, when reading ended before its time."""
READ = "noodtoegang_gelezen"
"""The line in the access log of each reading."""
UNKNOWN = "noodtoegang_onbekend"
"""The line in the access log of a try with a kenmerk that nobody has."""
SETTING = "noodtoegang_termijn"
DEFAULT = "PT4H"
"""How long one may read when the profile does not say."""


def reads_until(
    session: Session, instance_id: UUID, actor: Actor, now: datetime
) -> datetime | None:
    """Until when the actor may read the case in an emergency; None when they may not."""
    return session.scalar(
        select(func.max(EmergencyAccess.until)).where(
            EmergencyAccess.instance_id == instance_id,
            EmergencyAccess.user_id == actor.user_id,
            EmergencyAccess.until > now,
            EmergencyAccess.ended_at.is_(None),
        )
    )


def ended_early(
    session: Session, instance_id: UUID, actor: Actor, now: datetime
) -> datetime | None:
    """When the reading of the actor was ended that would still last; None when none was."""
    return session.scalar(
        select(func.max(EmergencyAccess.ended_at)).where(
            EmergencyAccess.instance_id == instance_id,
            EmergencyAccess.user_id == actor.user_id,
            EmergencyAccess.until > now,
        )
    )


def ends_at(profile: Profile, now: datetime) -> datetime:
    """When emergency reading that begins now is over."""
    span = engine.read_span(str(profile.settings.get(SETTING, DEFAULT)))
    return span.after(now, profile.calendar.zone)
