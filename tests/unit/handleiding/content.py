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


def _roles(process: etree._Element, node: etree._Element) -> frozenset[str]:
    assigned = next(node.iter(f"{_ZEEBE}assignmentDefinition"), None)
    groups = None if assigned is None else assigned.get("candidateGroups")
    if groups is None:
        return frozenset({_lane(process, str(node.get("id")))})
    if not groups.startswith("="):
        return frozenset(role.strip() for role in groups.split(","))
    found = frozenset(_named_in(groups))
    if "ontvanger" in groups:
        found = _receivers().get(str(process.get("id")), found)
    if not found:
        raise LookupError(f"{node.get('id')}: nobody knows whom {groups} can choose")
    return found


@cache
def _receivers() -> dict[str, frozenset[str]]:
    """In which processes the receiver is another than whom a case can be handed to."""
    readers = {r for profile in profiles() for r in profile.settings["rapportage_ontvangers"]}
    return {
        "casusregie_zvh": frozenset({"zvh", "procesregisseur"}),
        "periodieke_rapportage": frozenset(readers),
    }


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


def _named_in(formula: str) -> Iterator[str]:
    """Every role that a computed group can come to."""
    roles = example().roles
    yield from (text for text in re.findall(r'"([a-z-]+)"', formula) if text in roles)
    for path in re.findall(r"(?<![\w\"])[a-z_]+(?:\.[a-z_]+)*", re.sub(r'"[^"]*"', "", formula)):
        yield from _ROUTED.get(path, ())
        yield from _listed().get(path.rsplit(".", 1)[-1], frozenset())


@cache
def _listed() -> dict[str, frozenset[str]]:
    """The roles that an answer can hold, by the last word of its key."""
    found: dict[str, set[str]] = {
        "voorzitter": {m.chair for profile in profiles() for m in profile.meetings},
        "rol": {role for p in profiles() for m in p.meetings for role in m.members},
    }
    for path in (ROOT / "forms").glob("*/*.form"):
        for field in _fields(json.loads(path.read_text(encoding="utf-8"))["components"]):
            values = {option["value"] for option in field.get("values", [])}
            word = str(field.get("key", "")).rsplit(".", 1)[-1]
            if word in ("eigenaar", "ontvanger"):
                found.setdefault(word, set()).update(values & set(example().roles))
    return {word: frozenset(roles) for word, roles in found.items()}


def _fields(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _fields(component.get("components", []))
