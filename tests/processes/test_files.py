"""Every file of processes/ is what its place says it is, and refers only to what exists."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import etree

from service.dmn import check_dmn
from service.domain.findings import errors_of
from service.domain.profile import Profile, read_profile
from service.engine import check_bpmn
from service.operations.service_tasks import HANDLERS, OUTPUTS

Names = Mapping[str, str]


def test_a_process_is_called_after_its_folder_and_file(
    diagram_path: Path, diagram: etree._Element, names: Names
) -> None:
    ids = diagram.xpath("bpmn:process/@id", namespaces=names)
    assert ids == [diagram_path.stem] == [diagram_path.parent.name]


def test_a_decision_is_called_after_its_file_and_lies_beside_a_process(
    table_path: Path, table: etree._Element, names: Names
) -> None:
    assert table.xpath("dmn:decision/@id", namespaces=names) == [table_path.stem]
    assert (table_path.parent / f"{table_path.parent.name}.bpmn").exists()


def test_the_guard_has_nothing_against_a_diagram(diagram_path: Path) -> None:
    findings = check_bpmn(diagram_path.read_bytes(), file=diagram_path.name)
    assert not findings, findings


def test_the_check_has_nothing_against_a_table(table_path: Path) -> None:
    findings = check_dmn(table_path.read_bytes(), file=table_path.name)
    assert not errors_of(findings), findings


def test_a_table_takes_the_first_rule_that_fits_and_always_has_one(
    table: etree._Element, names: Names
) -> None:
    [box] = table.xpath("dmn:decision/dmn:decisionTable", namespaces=names)
    last = box.xpath("dmn:rule[last()]/dmn:inputEntry/dmn:text/text()", namespaces=names)
    assert box.get("hitPolicy") == "FIRST"
    assert last == ["-"] * len(box.xpath("dmn:input", namespaces=names))
    assert all(box.xpath("dmn:rule/dmn:description/text()", namespaces=names))


def test_a_profile_is_called_after_its_file(profile_path: Path) -> None:
    assert read_profile(profile_path.read_bytes(), file=profile_path.name).id == profile_path.stem


def test_every_user_task_has_its_form(
    root: Path, diagram_path: Path, diagram: etree._Element, names: Names
) -> None:
    for task in diagram.iterfind(".//bpmn:userTask", names):
        definition = task.find(".//zeebe:formDefinition", names)
        assert definition is not None, task.get("id")
        assert definition.get("formId") == task.get("id")
        form = root / "forms" / diagram_path.stem / f"{task.get('id')}.form"
        assert json.loads(form.read_text(encoding="utf-8"))["id"] == task.get("id")


def test_every_lane_is_a_role_of_every_municipality(
    root: Path, diagram: etree._Element, names: Names
) -> None:
    lanes = set(diagram.xpath("//bpmn:lane/@id", namespaces=names))
    for profile in _profiles(root):
        assert lanes <= set(profile.roles), profile.id


def test_every_step_stands_in_exactly_one_lane(diagram: etree._Element, names: Names) -> None:
    [process] = diagram.iterfind("bpmn:process", names)
    placed = sorted(process.xpath(".//bpmn:flowNodeRef/text()", namespaces=names))
    steps = sorted(
        process.xpath(
            "*[bpmn:incoming or bpmn:outgoing or @triggeredByEvent='true']/@id", namespaces=names
        )
    )
    assert placed == steps


def test_every_service_task_has_a_handler(diagram: etree._Element, names: Names) -> None:
    types = set(diagram.xpath("//zeebe:taskDefinition/@type", namespaces=names))
    assert types <= set(HANDLERS)


def test_everything_that_is_called_exists(
    root: Path, diagram: etree._Element, names: Names
) -> None:
    decisions = {path.stem for path in (root / "processes").glob("*/*.dmn")}
    processes = {path.stem for path in (root / "processes").glob("*/*.bpmn")}
    assert set(diagram.xpath("//zeebe:calledDecision/@decisionId", namespaces=names)) <= decisions
    assert set(diagram.xpath("//zeebe:calledElement/@processId", namespaces=names)) <= processes


def test_every_norm_time_and_setting_that_is_read_stands_in_every_profile(
    root: Path, each_profile: Profile
) -> None:
    known, norms = set(each_profile.as_context()), set(each_profile.norms)
    for path, text in _content(root):
        assert set(re.findall(r"gemeente\.normtijden\.(\w+)", text)) <= norms, path.name
        assert set(re.findall(r"gemeente\.(\w+)", text)) <= known, path.name
        rounds = set(re.findall(r"gemeente\.cyclus\.(\w+)", text))
        assert rounds <= set(each_profile.rounds), path.name


def test_every_norm_time_of_a_profile_is_read_somewhere(root: Path, each_profile: Profile) -> None:
    text = "".join(text for _, text in _content(root))
    assert set(each_profile.norms) == set(re.findall(r"gemeente\.normtijden\.(\w+)", text))


def test_every_setting_of_a_profile_is_read_somewhere(root: Path, profile: Profile) -> None:
    text = "".join(text for _, text in _content(root))
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (root / "service").rglob("*.py")
        if "profile" not in path.parts
    )
    unread = {
        name
        for name in profile.settings
        if not re.search(rf"gemeente\.{name}\b", text) and f'"{name}"' not in code
    }
    assert unread == set()


def test_the_municipalities_differ_in_values_and_in_nothing_else(
    profile: Profile, each_profile: Profile
) -> None:
    assert set(each_profile.roles) == set(profile.roles)
    assert set(each_profile.norms) == set(profile.norms)
    assert set(each_profile.settings) == set(profile.settings)
    assert set(each_profile.rounds) == set(profile.rounds)
    for role in each_profile.roles.values():
        assert role.partner == profile.roles[role.id].partner
        assert role.domains == profile.roles[role.id].domains


def test_every_setting_says_above_it_what_it_does(profile_path: Path) -> None:
    lines = profile_path.read_text(encoding="utf-8").split("[instellingen]\n")[1].splitlines()
    for above, line in pairwise(["", *lines]):
        if re.match(r"\w+ = ", line):
            assert re.match(r"#|\w+ = ", above), line


def test_every_answer_that_a_branch_asks_for_can_be_chosen(
    root: Path, diagram: etree._Element, names: Names
) -> None:
    choices = _choices(root)
    handled = frozenset().union(*OUTPUTS.values())
    tables = [f"{path.stem}." for path in (root / "processes").glob("*/*.dmn")]
    given = _given(root).union(*choices.values())
    for condition in diagram.iterfind(".//bpmn:conditionExpression", names):
        for key, value in re.findall(r'(\w+\.\w+) = "([\w-]+)"', condition.text or ""):
            if key not in handled and not key.startswith(("gemeente.", *tables)):
                assert value in choices.get(key, given), (key, value)


def test_every_answer_that_a_table_knows_can_be_chosen(
    root: Path, table: etree._Element, names: Names
) -> None:
    choices = _choices(root)
    [box] = table.xpath("dmn:decision/dmn:decisionTable", namespaces=names)
    for place, key in enumerate(
        box.xpath("dmn:input/dmn:inputExpression/dmn:text/text()", namespaces=names), start=1
    ):
        cells = box.xpath(
            "dmn:rule/dmn:inputEntry[position()=$place]/dmn:text/text()",
            place=place,
            namespaces=names,
        )
        asked = {value for cell in cells for value in re.findall(r'"([\w-]+)"', cell)}
        assert asked <= choices.get(key, asked), key


def test_every_branch_names_its_answer_and_every_question_is_asked(
    diagram: etree._Element, names: Names
) -> None:
    for gateway in diagram.iterfind(".//bpmn:exclusiveGateway", names):
        flows = diagram.xpath(
            "//bpmn:sequenceFlow[@sourceRef=$id]", id=gateway.get("id"), namespaces=names
        )
        if len(flows) == 1:
            continue
        assert (gateway.get("name") or "").endswith("?"), gateway.get("id")
        assert all(flow.get("name") for flow in flows), gateway.get("id")
        plain = [f.get("id") for f in flows if f.find("bpmn:conditionExpression", names) is None]
        assert plain == [gateway.get("default")]


def test_every_end_and_boundary_has_a_name(diagram: etree._Element, names: Names) -> None:
    for tag in ("startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent"):
        for event in diagram.iterfind(f".//bpmn:{tag}", names):
            assert event.get("name"), event.get("id")


def test_ids_are_dutch_words_in_snake_case(diagram: etree._Element, names: Names) -> None:
    [process] = diagram.iterfind("bpmn:process", names)
    for node in process.xpath("*[@id][not(self::bpmn:laneSet)]", namespaces=names):
        assert re.fullmatch(r"[a-z][a-z0-9]*(_+[a-z0-9]+)*", node.get("id")), node.get("id")


def _profiles(root: Path) -> Iterator[Profile]:
    for path in sorted((root / "processes" / "gemeenten").glob("*.toml")):
        yield read_profile(path.read_bytes(), file=path.name)


def _content(root: Path) -> Iterator[tuple[Path, str]]:
    """Everything in which an expression can read the profile."""
    for pattern in ("processes/*/*.bpmn", "processes/*/*.dmn", "forms/*/*.form"):
        for path in sorted(root.glob(pattern)):
            yield path, path.read_text(encoding="utf-8")


def _given(root: Path) -> set[str]:
    """Every word that a script or a mapping of a diagram can set."""
    said = re.compile(r'(?:expression|source)=(?:"([^"]*)"|\'([^\']*)\')')
    texts = [path.read_text(encoding="utf-8") for path in (root / "processes").glob("*/*.bpmn")]
    found = (one or other for text in texts for one, other in said.findall(text))
    return {word for text in found for word in re.findall(r'"([\w-]+)"', unescape(text))}


def _choices(root: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in (root / "forms").glob("*/*.form"):
        for field in _fields(json.loads(path.read_text(encoding="utf-8"))["components"]):
            values = {option["value"] for option in field.get("values", [])}
            found.setdefault(field["key"], set()).update(values)
    return found


def _fields(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield from _fields(component.get("components", []))
        if "key" in component:
            yield component
