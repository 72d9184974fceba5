"""How much of each diagram the scenarios have walked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from service.domain.xml import read_xml
from service.engine import ProcessInfo
from service.operations.scenario.play import Walked

BPMN: Final = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


@dataclass(frozen=True, kw_only=True)
class DiagramCoverage:
    """The sequence flows and boundary events of one diagram."""

    process_id: str
    walked: int
    total: int
    missing: tuple[str, ...]
    """What was never walked, as a person would point it out."""


def coverage(processes: Iterable[ProcessInfo], walked: Walked) -> list[DiagramCoverage]:
    """Per diagram, by id of the process."""
    return [_of(process, walked) for process in sorted(processes, key=lambda found: found.id)]


def percentage(found: Iterable[DiagramCoverage]) -> float:
    """Of all diagrams together, rounded down to a tenth: 100 means everything."""
    each = list(found)
    total = sum(one.total for one in each)
    walked = sum(one.walked for one in each)
    return 100.0 if walked == total else (1000 * walked // total) / 10


def _of(process: ProcessInfo, walked: Walked) -> DiagramCoverage:
    parts = dict(_parts(process))
    missing = {key: said for key, said in parts.items() if (process.id, key) not in walked}
    return DiagramCoverage(
        process_id=process.id,
        walked=len(parts) - len(missing),
        total=len(parts),
        missing=tuple(missing.values()),
    )


def _parts(process: ProcessInfo) -> Iterator[tuple[str, str]]:
    """Every sequence flow and boundary event of a process: its id, and how it is called."""
    root = read_xml(process.xml, file=process.file)
    own = next(found for found in root.iter(f"{BPMN}process") if found.get("id") == process.id)
    names = {e.get("id"): e.get("name") or e.get("id") for e in own.iter() if e.get("id")}
    for flow in own.iter(f"{BPMN}sequenceFlow"):
        key, branch = flow.get("id", ""), flow.get("name")
        ends = f"{names.get(flow.get('sourceRef'))} → {names.get(flow.get('targetRef'))}"
        yield key, f"{ends} [{branch}] ({key})" if branch else f"{ends} ({key})"
    for event in own.iter(f"{BPMN}boundaryEvent"):
        key = event.get("id", "")
        yield key, f"{names[key]}, aan {names.get(event.get('attachedToRef'))} ({key})"
