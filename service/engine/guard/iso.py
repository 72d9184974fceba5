"""Moments, durations and repetitions in ISO 8601, as literals of a timer: the strict forms only."""

import re
from datetime import datetime

_DURATION = re.compile(
    r"P(?=\d|T\d)"
    r"(?:\d{1,5}W"
    r"|(?:\d{1,4}Y)?(?:\d{1,5}M)?(?:\d{1,6}D)?"
    r"(?:T(?=\d)(?:\d{1,7}H)?(?:\d{1,8}M)?(?:\d{1,9}(?:\.\d{1,6})?S)?)?)",
    re.ASCII,
)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?P<offset>Z|[+-]\d{2}:\d{2})?",
    re.ASCII,
)
_CYCLE = re.compile(r"R(?P<times>\d{0,4})/(?:(?P<start>[^/]+)/)?(?P<duration>P[^/]+)", re.ASCII)


def is_duration(text: str) -> bool:
    """``P1D``, ``PT8H``, ``P2W``, ``P1Y6M``; no sign, no mixed weeks, no empty part."""
    return _DURATION.fullmatch(text) is not None


def is_moment(text: str) -> bool:
    """``2026-03-01T09:00:00+01:00``, with or without offset, on an existing day and hour."""
    if _MOMENT.fullmatch(text) is None:
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def has_offset(text: str) -> bool:
    """Whether a moment says which clock it is on."""
    found = _MOMENT.fullmatch(text)
    return found is not None and found["offset"] is not None


def is_cycle(text: str) -> bool:
    """``R/PT1H``, ``R3/P1D`` or ``R3/<moment with offset>/P1D``; at least once, never at once."""
    found = _CYCLE.fullmatch(text)
    if found is None or (found["times"] and int(found["times"]) == 0):
        return False
    if found["start"] and not (is_moment(found["start"]) and has_offset(found["start"])):
        return False
    pauses = any(digit in "123456789" for digit in found["duration"])
    return pauses and is_duration(found["duration"])
