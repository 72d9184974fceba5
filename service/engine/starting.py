"""When a process begins by itself: its timer start events, as a pure function of time."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from service.domain.errors import ExpressionError, InvalidInput
from service.engine.advance import Surroundings
from service.engine.bundle import CompiledBundle
from service.engine.elements import Element, Timer
from service.engine.moments import next_after, read_cycle, read_moment, read_span
from service.engine.scope import RESERVED, incident
from service.feel import Environment


@dataclass(frozen=True, kw_only=True)
class TimerStart:
    """A case that has to begin; ``start_by_timer`` begins it."""

    element_id: str
    at: datetime
    """UTC."""


def next_timer_start(
    bundle: CompiledBundle,
    process_id: str,
    *,
    after: datetime,
    around: Surroundings,
    element_id: str | None = None,
) -> TimerStart | None:
    """The first start of a process by the clock after a moment; None when there is none left.

    ``element_id`` asks for one of its timer start events; without it, the soonest of all.
    ``around.now`` is when the process was published: durations and cycles count from there.
    A cycle of which the FEEL gives a date or a moment is computed anew from ``after``:
    ``=werkdagen_na(now(), 1)`` is every working day. Days and months pass on the local calendar,
    so 09:00 stays 09:00 when the clock changes.

    Raises:
        NotFound: there is no such process.
        Incident: a formula gives no usable moment; it names the start event.
    """
    found = [
        TimerStart(element_id=node.element.id, at=at)
        for node in bundle.process(process_id).entrances()
        if element_id in (None, node.element.id)
        and isinstance(node.element.event, Timer)
        and (at := _next(node.element, node.element.event, after, around)) is not None
    ]
    return min(found, key=lambda start: start.at, default=None)


def _next(element: Element, timer: Timer, after: datetime, around: Surroundings) -> datetime | None:
    try:
        if timer.kind == "cycle":
            return _of_cycle(timer, after, around)
        value, zone = _value(timer, around), around.calendar.zone
        once = (
            read_moment(value, zone, around.calendar.opens)
            if timer.kind == "date"
            else read_span(value).after(around.now, zone)
        )
    except (ExpressionError, InvalidInput) as error:
        raise incident(element, f"de tijd {timer.when.text} is niet bruikbaar: {error}") from error
    return once if once > after else None


def _of_cycle(timer: Timer, after: datetime, around: Surroundings) -> datetime | None:
    zone = around.calendar.zone
    value = _value(timer, replace(around, now=after))
    if isinstance(value, date):
        moment = read_moment(value, zone, around.calendar.opens)
        return moment if moment > after else None
    cycle = read_cycle(value, zone)
    first = cycle.start or cycle.every.after(around.now, zone)
    if first > after:
        return first
    following = next_after(cycle.every, first, after, zone)
    if cycle.count is not None and following > cycle.every.after(first, zone, cycle.count - 1):
        return None
    return following


def _value(timer: Timer, around: Surroundings) -> Any:
    env = Environment(now=around.now, calendar=around.calendar, zone=around.calendar.zone)
    return timer.when.value({RESERVED: around.gemeente}, env)
