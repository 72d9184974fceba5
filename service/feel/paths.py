"""What ``value.name`` gives for each kind of value."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from service.feel.instants import offset_of, weekday
from service.feel.moments import zone_name
from service.feel.run import Run, Spot, shown
from service.feel.values import Range, YearMonthDuration, in_dutch, kind

_Read = Callable[[Any], Any]


def read_property(value: Any, name: str, run: Run, spot: Spot) -> Any:
    """``value.name``; null with a remark when there is no such thing."""
    if isinstance(value, dict):
        if name in value:
            return value[name]
        run.note(spot, f"Er is geen gegeven {shown(name)} in deze context.", minor=True)
        return None
    if isinstance(value, list):
        return _read_all(value, name, run, spot)
    if value is None:
        run.note(spot, f"Het gegeven waarvan {shown(name)} gevraagd wordt, is leeg.", minor=True)
        return None
    reader = _PROPERTIES.get(kind(value), {}).get(name)
    if reader is None:
        run.note(spot, f"Er is geen eigenschap {shown(name)} van {in_dutch(value)}.")
        return None
    return reader(value)


def _read_all(items: list[Any], name: str, run: Run, spot: Spot) -> list[Any]:
    """The property of every item; lists inside stay lists, however deep."""
    run.spend(2 + len(items))
    outcome: list[Any] = []
    waiting = [(iter(items), outcome)]
    while waiting:
        rest, read = waiting[-1]
        for item in rest:
            if isinstance(item, list):
                run.spend(2 + len(item))
                inner: list[Any] = []
                read.append(inner)
                waiting.append((iter(item), inner))
                break
            read.append(read_property(item, name, run, spot))
        else:
            waiting.pop()
    return outcome


def _zone(value: Any) -> str | None:
    return zone_name(value.tzinfo)


def _whole(length: timedelta, seconds: int, per: int | None = None) -> Decimal:
    total = abs(length) // timedelta(seconds=seconds)
    number = total if per is None else total % per
    return Decimal(-number if length < timedelta() else number)


def _years(duration: YearMonthDuration) -> Decimal:
    years = abs(duration.months) // 12
    return Decimal(-years if duration.months < 0 else years)


def _months(duration: YearMonthDuration) -> Decimal:
    months = abs(duration.months) % 12
    return Decimal(-months if duration.months < 0 else months)


_DAY: dict[str, _Read] = {
    "year": lambda v: Decimal(v.year),
    "month": lambda v: Decimal(v.month),
    "day": lambda v: Decimal(v.day),
    "weekday": lambda v: Decimal(weekday(v)),
}
_CLOCK: dict[str, _Read] = {
    "hour": lambda v: Decimal(v.hour),
    "minute": lambda v: Decimal(v.minute),
    "second": lambda v: Decimal(v.second),
    "time offset": offset_of,
    "timezone": _zone,
}
_MIDNIGHT: dict[str, _Read] = {
    "hour": lambda _: Decimal(0),
    "minute": lambda _: Decimal(0),
    "second": lambda _: Decimal(0),
    "time offset": lambda _: timedelta(),
    "timezone": lambda _: None,
}
_RANGE: dict[str, Callable[[Range], Any]] = {
    "start": lambda v: v.low,
    "end": lambda v: v.high,
    "start included": lambda v: v.low_included and v.low_bounded,
    "end included": lambda v: v.high_included and v.high_bounded,
}
_PROPERTIES: dict[str, dict[str, _Read]] = {
    "date": _DAY | _MIDNIGHT,
    "time": _CLOCK,
    "date and time": _DAY | _CLOCK,
    "years and months duration": {"years": _years, "months": _months},
    "days and time duration": {
        "days": lambda v: _whole(v, 86_400),
        "hours": lambda v: _whole(v, 3600, 24),
        "minutes": lambda v: _whole(v, 60, 60),
        "seconds": lambda v: _whole(v, 1, 60),
    },
    "range": _RANGE,
}
