"""Keeps the clock from telling who reported: what an anonymous reporter does has only an hour."""

from datetime import datetime, timedelta


def to_the_hour(moment: datetime) -> datetime:
    """The hour in which it happened; a log of who was where cannot be laid beside it."""
    return moment - timedelta(
        minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond
    )


def no_sharper(cause: datetime, moment: datetime) -> datetime:
    """The moment as sharp as its cause: what follows from something told by the hour is too."""
    return to_the_hour(moment) if cause == to_the_hour(cause) else moment
