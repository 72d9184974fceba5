"""The diagrams, forms and profiles of the repository, as the pages of the handleiding need them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from service.domain.profile import Profile, read_profile

ROOT = Path(__file__).parents[3]
EXAMPLE = "midden-delfland"
"""The municipality whose norm times the pages give as the default."""
_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
_FOCAL = ("af-zorg", "af-veiligheid", "af-achtervang")
_ASKED_IN = {"maatregel_uitvoeren": "dadergerichte_aanpak", "actiepunt": "beleidscyclus"}
"""Where a called process gets its answers from."""
_ROUTED = {"routering.groepen": _FOCAL, "routering.tweede_beoordelaars": _FOCAL}
"""Whom the table ``routering_af`` chooses, but for a signal about one of them."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """One user task of a diagram."""

    process: etree._Element
    node: etree._Element
    roles: frozenset[str]

    @property
    def name(self) -> str:
        """As it stands in the diagram."""
        return str(self.node.get("name"))

    @property
    def told(self) -> str:
        """What its documentation tells the official to do."""
        found = self.node.findtext(f"{_BPMN}documentation") or ""
        return " ".join(found.split())

    @property
    def due(self) -> str:
        """The formula of its due date."""
        schedule = next(self.node.iter(f"{_ZEEBE}taskSchedule"), None)
        return "" if schedule is None else str(schedule.get("dueDate"))


@cache
def processes() -> tuple[etree._Element, ...]:
    """Every process, by id."""
    paths = sorted((ROOT / "processes").glob("*/*.bpmn"))
    return tuple(
        process for path in paths for process in etree.parse(path).getroot().iter(f"{_BPMN}process")
    )


@cache
def profiles() -> tuple[Profile, ...]:
    """Every municipality."""
    paths = sorted((ROOT / "processes" / "gemeenten").glob("*.toml"))
    return tuple(read_profile(path.read_bytes(), file=path.name) for path in paths)


@cache
def example() -> Profile:
    """The municipality that serves as example."""
    return next(profile for profile in profiles() if profile.id == EXAMPLE)


@cache
def tasks() -> tuple[Task, ...]:
    """Every user task with the roles that may get it, in the order of the diagrams."""
    return tuple(
        Task(process=process, node=node, roles=_roles(process, node))
        for process in processes()
        for node in process.iter(f"{_BPMN}userTask")
    )


def events(process: etree._Element, kind: str) -> list[str]:
    """The names of each ``startEvent`` or ``endEvent`` of the process itself, in order."""
    return [str(event.get("name")) for event in process.iterchildren(f"{_BPMN}{kind}")]


def _roles(process: etree._Element, node: etree._Element) -> frozenset[str]:
    assigned = next(node.iter(f"{_ZEEBE}assignmentDefinition"), None)
    groups = None if assigned is None else assigned.get("candidateGroups")
    if groups is None:
        return frozenset({_lane(process, str(node.get("id")))})
    if not groups.startswith("="):
        return frozenset(role.strip() for role in groups.split(","))
    found = frozenset(_named_in(groups, str(process.get("id"))))
    if not found:
        raise LookupError(f"{node.get('id')}: nobody knows whom {groups} can choose")
    return found


def _lane(process: etree._Element, node_id: str) -> str:
    node: etree._Element | None = next(e for e in process.iter() if e.get("id") == node_id)
    lanes = {
        str(ref.text): str(lane.get("id"))
        for lane in process.iter(f"{_BPMN}lane")
        for ref in lane.iter(f"{_BPMN}flowNodeRef")
    }
    while node is not None:
        if node.get("id") in lanes:
            return lanes[str(node.get("id"))]
        node = node.getparent()
    raise LookupError(f"{node_id} stands in no lane")


def _named_in(formula: str, process_id: str) -> Iterator[str]:
    """Every role that a computed group can come to."""
    roles = example().roles
    yield from (text for text in re.findall(r'"([a-z-]+)"', formula) if text in roles)
    for path in re.findall(r"(?<![\w\"])[a-z_]+(?:\.[a-z_]+)*", re.sub(r'"[^"]*"', "", formula)):
        yield from _ROUTED.get(path, ())
        yield from _answered(process_id, path.rsplit(".", 1)[-1])


def _answered(process_id: str, word: str) -> frozenset[str]:
    """The roles that an answer or a choice of the profile can hold."""
    meetings = [meeting for profile in profiles() for meeting in profile.meetings]
    taking_part = {role for meeting in meetings for role in meeting.members}
    readers = {r for profile in profiles() for r in profile.settings["rapportage_ontvangers"]}
    known: dict[tuple[str, str], set[str]] = {
        ("overleg", "voorzitter"): {meeting.chair for meeting in meetings},
        ("overleg", "rol"): taking_part,
        ("overleg_inbrengen", "eigenaar"): taking_part | {meeting.chair for meeting in meetings},
        ("periodieke_rapportage", "ontvanger"): readers,
        ("casusregie_zvh", "ontvanger"): {"zvh", "procesregisseur"},
        ("doorgeleiding_riec", "ontvanger"): {"riec"},
    }
    if (process_id, word) in known:
        return frozenset(known[process_id, word])
    return _choices().get((_ASKED_IN.get(process_id, process_id), word), frozenset())


@cache
def _choices() -> dict[tuple[str, str], frozenset[str]]:
    """The roles that can be chosen in the forms of a process, by the last word of the key."""
    found: dict[tuple[str, str], set[str]] = {}
    for path in (ROOT / "forms").glob("*/*.form"):
        for field in _fields(json.loads(path.read_text(encoding="utf-8"))["components"]):
            values = {option["value"] for option in field.get("values", [])}
            key = (path.parent.name, str(field.get("key", "")).rsplit(".", 1)[-1])
            found.setdefault(key, set()).update(values & set(example().roles))
    return {key: frozenset(roles) for key, roles in found.items()}


def _fields(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _fields(component.get("components", []))
