"""How a case of a scenario begins: by hand, by the clock, or by what arrives first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from service import engine
from service.domain.errors import NotFound
from service.operations.published import Published
from service.operations.scenario.casting import laid_over
from service.operations.scenario.script import Scenario

KENMERK: Final = "2026-K7Q-3XD"
"""What a scenario calls its case, unless ``gegevens`` says otherwise."""


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """The first moment of a case, and the timer start event when it begins by the clock."""

    at: datetime
    timer: str | None = None


def beginning(published: Published, scenario: Scenario, now: datetime) -> Beginning:
    """How the case begins when nothing has arrived.

    Raises:
        NotFound: it should begin by the clock, and there is no such moment.
    """
    process = published.process(scenario.process_id)
    if scenario.start is None and not _only_by_clock(process):
        return Beginning(at=now)
    found = engine.next_timer_start(
        published.bundle,
        process.id,
        after=now,
        around=published.around(now),
        element_id=scenario.start,
    )
    if found is None:
        raise NotFound(
            f"Proces {process.id!r} begint niet op tijd bij {scenario.start!r}; "
            "controleer start, en het ritme in het profiel."
        )
    zone = published.profile.calendar.zone
    return Beginning(at=found.at.astimezone(zone), timer=found.element_id)


def first_variables(scenario: Scenario) -> dict[str, Any]:
    """What a case begins with: a kenmerk, and what the scenario says."""
    return laid_over({"registratie": {"kenmerk": KENMERK}}, scenario.variables)


def _only_by_clock(process: engine.ProcessInfo) -> bool:
    timers = process.start_timers
    starts = [step for step in process.steps if step.type == "startEvent"]
    return bool(timers) and all(step.element_id in timers for step in starts)
