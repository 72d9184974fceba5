"""Keeps a case from telling who reported it: no name in its history, no minute for the nameless.

Who reported stands in the melderkluis, and every look in there is logged.
"""

from datetime import datetime, timedelta

from service.domain.actor import REPORTER_ROLE, Actor


def to_the_hour(moment: datetime) -> datetime:
    """The hour in which it happened; a log of who was where cannot be laid beside it."""
    return moment - timedelta(
        minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond
    )


def no_sharper(cause: datetime, moment: datetime) -> datetime:
    """The moment as sharp as its cause: what follows from something told by the hour is too."""
    return to_the_hour(moment) if cause == to_the_hour(cause) else moment


def as_reporter(actor: Actor) -> Actor:
    """The actor as the case knows them in what they do as its reporter."""
    return Actor(
        user_id=None,
        name="melder",
        municipality=actor.municipality,
        roles=frozenset({REPORTER_ROLE}),
    )
