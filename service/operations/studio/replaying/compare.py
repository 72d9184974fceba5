"""Compares how a closed case went with how it would have gone."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from service.domain.working_days import WorkingCalendar
from service.operations.published import Published
from service.operations.studio.replaying.recorded import Recorded, Unplayable
from service.operations.studio.replaying.walk import Names, Walk, Walked

_TOO_LITTLE = "de geschiedenis vertelt te weinig om deze zaak precies na te spelen"


@dataclass(frozen=True, kw_only=True)
class Replayed:
    """One closed case, replayed; nothing in it tells which case, or what it was about."""

    what: Literal["same", "changed", "unplayable"]
    ended_as: str = ""
    would_end_as: str | None = None
    """None when it would not have come to an end."""
    stuck_at: tuple[str, ...] = ()
    """The steps at which it would wait for what nobody was ever asked."""
    halted_at: str = ""
    """The step at which it would have become an incident."""
    other_way_from: str | None = None
    """The last step on the way that both share; "" when they part at once."""
    decisions: tuple[str, ...] = ()
    """The decisions with another outcome."""
    days_before: int = 0
    """Working days from the beginning to the end."""
    days_after: int = 0
    reason: str = ""
    """Why it cannot be replayed."""


def replayed(case: Recorded, own: Published, new: Published, renamed: Names) -> Replayed:
    """How a case would have gone.

    It is walked through its own publication first: only where that gives what really happened, the
    history tells enough, and a difference is one of the draft.
    """
    was = _as_it_was(case, own)
    if was is None:
        return Replayed(what="unplayable", reason=_TOO_LITTLE)
    try:
        will = Walk.of(case, new, own=own, renamed=renamed).go()
    except Unplayable as error:
        return Replayed(what="unplayable", reason=str(error))
    return _compared(case, was, will, new.profile.calendar)


def _as_it_was(case: Recorded, own: Published) -> Walked | None:
    """The case as its history says it went; None when that cannot be walked from it."""
    try:
        was = Walk.of(case, own, own=own, renamed={}).go()
    except Unplayable:
        return None
    return was if (was.ended, was.done) == (case.ended_as, case.done) else None


def _compared(case: Recorded, was: Walked, will: Walked, calendar: WorkingCalendar) -> Replayed:
    begun = case.beginning.at
    days = [working_days(calendar, begun, at) for at in (was.at, will.at)]
    decisions = _other_decisions(was, will)
    same = (was.ended, was.steps, days[0]) == (will.ended, will.steps, days[1]) and not decisions
    return Replayed(
        what="same" if same else "changed",
        ended_as=case.ended_as,
        would_end_as=will.ended,
        stuck_at=will.stuck,
        halted_at=will.halted,
        other_way_from=None if was.steps == will.steps else _parting(was, will),
        decisions=decisions,
        days_before=days[0],
        days_after=days[1],
    )


def _parting(was: Walked, will: Walked) -> str:
    last = ""
    for mine, theirs in zip(was.steps, will.steps, strict=False):
        if mine != theirs:
            break
        last = mine
    return last


def _other_decisions(was: Walked, will: Walked) -> tuple[str, ...]:
    """Those that both took, with another outcome; one that only one took is another way."""
    before, after = _by_name(was), _by_name(will)
    return tuple(
        name
        for name in before
        if name in after and any(a != b for a, b in zip(before[name], after[name], strict=False))
    )


def _by_name(walked: Walked) -> dict[str, list[bytes]]:
    found: defaultdict[str, list[bytes]] = defaultdict(list)
    for name, outcome in walked.decided:
        found[name].append(outcome)
    return found


def working_days(calendar: WorkingCalendar, start: datetime, end: datetime) -> int:
    """The working days that began after ``start`` and not after ``end``."""
    first, last = start.astimezone(calendar.zone).date(), end.astimezone(calendar.zone).date()
    days = range(1, (last - first).days + 1)
    return sum(calendar.is_working_day(first + timedelta(days=day)) for day in days)
