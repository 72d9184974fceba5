"""What a diagram needs of the house around the engine: a clock that starts, a post for signals."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from service.domain.errors import Unreadable
from service.domain.xml import read_xml
from service.engine.problems import BPMN


@dataclass(frozen=True, kw_only=True)
class Need:
    """One element that works only when something outside the case plays along."""

    element_id: str | None
    kind: Literal["signal", "timer-start"]


def needs(content: bytes) -> tuple[Need, ...]:
    """The needs of the processes in a file; none of a file that cannot be read."""
    try:
        return tuple(_needs(read_xml(content, file="")))
    except Unreadable:
        return ()


def _needs(root: etree._Element) -> Iterator[Need]:
    for definition in root.iter(f"{BPMN}signalEventDefinition"):
        yield Need(element_id=_holder(definition), kind="signal")
    for process in root.iter(f"{BPMN}process"):
        for start in process.iterchildren(f"{BPMN}startEvent"):
            if start.find(f"{BPMN}timerEventDefinition") is not None:
                yield Need(element_id=start.get("id"), kind="timer-start")


def _holder(definition: etree._Element) -> str | None:
    parent = definition.getparent()
    return None if parent is None else parent.get("id")
