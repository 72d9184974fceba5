"""What is known of each element of a process over a period; ``None`` is what may not be shown."""

from dataclasses import dataclass
from datetime import datetime

from service.domain.working_days import Unit
from service.operations.figures.period import Period

TASK = "userTask"
STEP = frozenset(
    {
        TASK,
        "receiveTask",
        "sendTask",
        "serviceTask",
        "callActivity",
        "subProcess",
        "transaction",
        "eventBasedGateway",
        "intermediateCatchEvent",
    }
)
"""What takes time by its nature: it stands in the table also when nothing waits there."""
EVENT = frozenset({"startEvent", "boundaryEvent", "endEvent"})
"""What counts as a path besides the sequence flows."""
FLOW = "sequenceFlow"


@dataclass(frozen=True, kw_only=True)
class StepFigures:
    """One step."""

    element_id: str
    name: str
    type: str
    """The BPMN tag."""
    called: str | None = None
    """The process that it runs: who waits here, waits there."""
    norms: tuple[str, ...] = ()
    """The norm times that its diagram names, as the profile gives them (``2wd``)."""
    unit: Unit = "clock"
    """What ``median`` and ``p90`` are counted in: that of the norm time; ``clock`` is hours."""
    waiting: int | None = 0
    """Cases that stand here now."""
    waiting_late: int | None = 0
    done: int | None = 0
    """How often it was completed in the period; the rest is about these."""
    done_cases: int | None = 0
    """In how many cases."""
    timed: int | None = 0
    """Of how many of these is known how long they took; the times are about those."""
    timed_cases: int | None = 0
    median: float | None = None
    p90: float | None = None
    median_hours: float | None = None
    """Day and night."""
    p90_hours: float | None = None
    with_norm: int | None = 0
    late: int | None = 0
    late_share: int | None = None
    """Per cent of those with a norm time; ``None`` also when there are none."""


@dataclass(frozen=True, kw_only=True)
class PathFigures:
    """One sequence flow, or an event that begins, interrupts or ends something."""

    element_id: str
    name: str
    type: str
    source: str = ""
    """The name of what a flow leaves; empty for an event."""
    target: str = ""
    """The name of what it leads to, past what only joins."""
    choice: bool = False
    """Whether its source has other ways on, and does not take them all."""
    times: int | None = 0
    cases: int | None = 0
    share: int | None = None
    """Per cent of the times its source was done; only at a choice."""


@dataclass(frozen=True, kw_only=True)
class Insight:
    """How one process runs."""

    process_id: str
    process_name: str
    period: Period
    publication: int
    """The number of the publication whose diagram is shown."""
    publications: tuple[tuple[int, datetime], ...]
    """All there are, with when they were published, the newest first."""
    xml: str | None
    """The diagram; ``None`` when that publication has no such process."""
    steps: tuple[StepFigures, ...]
    """In the order of the diagram."""
    paths: tuple[PathFigures, ...]
    other_steps: tuple[StepFigures, ...]
    """Counted, but not in this diagram: as they were in the last one that had them."""
    other_paths: tuple[PathFigures, ...]
    exact: bool
    """Whether nothing is hidden or rounded."""
    threshold: int
    """Counts below it are hidden unless ``exact``."""
    sees_cases: bool
    """Whether who asks may look up the cases behind a count."""
