"""What a diagram says about each of its elements, read once from the XML; immutable."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from service.engine.expressions import Formula


@dataclass(frozen=True, kw_only=True)
class Timer:
    """Fires at a moment, after a while, or again and again."""

    kind: Literal["date", "duration", "cycle"]
    when: Formula


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message that is waited for, or sent."""

    name: Formula
    key: Formula | None


@dataclass(frozen=True, kw_only=True)
class Signal:
    """Wakes everybody, in this case and in others, that waits for this name."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Thrown:
    """An error or escalation; a catcher without a code catches every one."""

    kind: Literal["error", "escalation"]
    code: str | None


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Happens when a condition becomes true; looked at whenever a variable changes."""

    when: Formula


@dataclass(frozen=True, kw_only=True)
class Link:
    """Jumps from the throw events of this name to the one catch event of its scope."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Compensate:
    """Has an activity undone, or everything done in its scope; on an edge: can be undone."""

    activity: str | None


@dataclass(frozen=True)
class Cancel:
    """Takes a transaction back."""


@dataclass(frozen=True)
class Terminate:
    """Ends everything else in its process or subprocess."""


EventDefinition = (
    Timer | Message | Signal | Thrown | Condition | Link | Compensate | Cancel | Terminate
)


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """One input or output mapping."""

    source: Formula
    target: str
    """A path such as ``advies.vraag``."""


@dataclass(frozen=True, kw_only=True)
class Loop:
    """Multi-instance: once per item, at the same time or one after the other."""

    sequential: bool
    items: Formula | None
    count: Formula | None
    """How many times, when there is no list; the items are then 1, 2, 3 …"""
    item: str | None
    results: str | None
    result: Formula | None
    enough: Formula | None


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """The loop of the standard: again as long as a condition holds, at most so many times."""

    before: bool
    """Whether the condition is looked at before the first round too."""
    most: int | None
    condition: Formula | None


@dataclass(frozen=True, kw_only=True)
class Call:
    """A called process, and whether variables go in and come back besides the mappings."""

    process_id: str
    copy_in: bool
    copy_out: bool


@dataclass(frozen=True, kw_only=True)
class Work:
    """What a user task asks of a person."""

    form_id: str | None
    groups: Formula | None
    assignee: Formula | None
    due: Formula | None
    properties: Mapping[str, str] = field(default_factory=dict)
    """``vierOgenMet``: the task, or the start of the case, that somebody else must have done."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """What a service task asks of a handler."""

    type: Formula
    retries: int


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A value computed by a script or decision, and the variable that gets it."""

    variable: str
    script: Formula | None = None
    decision: str | None = None


@dataclass(frozen=True, kw_only=True)
class Flow:
    """A sequence flow."""

    id: str
    name: str
    source: str
    target: str
    condition: Formula | None


@dataclass(frozen=True, kw_only=True)
class Element:
    """One node of a diagram."""

    id: str
    name: str
    type: str
    process_id: str
    lane: str | None
    line: int | None
    default: str | None
    event: EventDefinition | None
    interrupting: bool
    inputs: tuple[Assignment, ...]
    outputs: tuple[Assignment, ...]
    loop: Loop | Repeat | None
    call: Call | None
    work: Work | None
    job: Job | None
    outcome: Outcome | None
    instantiates: bool = False
    """Whether a case can begin here without a start event."""
    objects: tuple[str, ...] = ()
    """The data objects of a subprocess that are variables of its own."""
    undoes: bool = False
    """Whether it is a compensation handler: no flow leads to it."""


def unseen(key: str, process_id: str) -> Element:
    """An element that is not in the diagram."""
    return Element(
        id=key,
        name="",
        type="",
        process_id=process_id,
        lane=None,
        line=None,
        default=None,
        event=None,
        interrupting=False,
        inputs=(),
        outputs=(),
        loop=None,
        call=None,
        work=None,
        job=None,
        outcome=None,
    )


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """One file: its elements and flows by id, in document order."""

    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    handlers: Mapping[str, str] = field(default_factory=dict)
    """The compensation handler of each compensation event on an edge."""
