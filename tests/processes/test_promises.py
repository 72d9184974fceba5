"""What a form tells or proposes is what its diagram and tables do."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from service.domain.working_days import AMSTERDAM
from service.domain.xml import read_xml
from service.feel import Environment
from service.forms import read_form, render_model
from service.forms.nodes import FieldNode, GroupNode, Node, RenderModel, TextNode

NOW = Environment(now=datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM))
ROUTE_TABLE = "processes/van_signaal_tot_aanpak/route.dmn"
TERM = re.compile(
    r"\b(\d+|een|twee|drie|vier|vijf|tien)\s+(uur|uren|werkuren|werkdag|dag|week|weken|maand|keer)"
)


def opened(root: Path, form: str, **variables: Any) -> RenderModel:
    """A form as somebody sees it for the first time."""
    [path] = (root / "forms").glob(f"*/{form}.form")
    scope: Mapping[str, Any] = {"gemeente": {}, **variables}
    return render_model(
        read_form(path.read_bytes(), file=path.name), values={}, errors={}, scope=scope, env=NOW
    )


def parts(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if isinstance(node, GroupNode):
            yield from parts(node.children)


def question(model: RenderModel, name: str) -> FieldNode:
    [found] = [n for n in parts(model.nodes) if isinstance(n, FieldNode) and n.name == name]
    return found


def chosen(model: RenderModel, name: str) -> list[str]:
    return [option.value for option in question(model, name).options if option.checked]


def proposed(root: Path, variables: Mapping[str, Any]) -> str:
    """What stands in the hand-over form as the kenmerk of the disclosure."""
    return question(opened(root, "overdragen", **variables), "overdracht.verstrekking").value


@pytest.mark.parametrize("proposal", ["A", "B", "C"])
def test_a_main_route_is_proposed_as_the_table_says(root: Path, proposal: str) -> None:
    form = opened(root, "routebesluit_nemen", voorstel_route={"voorstel": proposal})
    assert chosen(form, "routebesluit.hoofdroute") == [proposal]
    assert chosen(form, "routebesluit.nevensporen") == []
    assert [node.hidden for node in form.nodes if isinstance(node, TextNode)] == [False, True]


@pytest.mark.parametrize(
    ("proposal", "side_track"), [("politie_nla", "straf"), ("bestuurlijk", "bestuurlijk")]
)
def test_what_is_no_main_route_is_proposed_as_a_side_track_and_explained(
    root: Path, proposal: str, side_track: str
) -> None:
    form = opened(root, "routebesluit_nemen", voorstel_route={"voorstel": proposal})
    assert question(form, "routebesluit.hoofdroute").proposal == ""
    assert chosen(form, "routebesluit.hoofdroute") == []
    assert chosen(form, "routebesluit.nevensporen") == [side_track]
    assert not any(node.hidden for node in form.nodes if isinstance(node, TextNode))


def test_whatever_the_route_table_proposes_can_be_chosen_or_is_explained(
    root: Path, names: Mapping[str, str]
) -> None:
    table = read_xml((root / ROUTE_TABLE).read_bytes(), file="route.dmn")
    outputs = table.xpath("//dmn:rule/dmn:outputEntry[1]/dmn:text/text()", namespaces=names)
    for proposal in {output.strip('"') for output in outputs} - {"regulier", "monitoren"}:
        form = opened(root, "routebesluit_nemen", voorstel_route={"voorstel": proposal})
        explained = not any(node.hidden for node in form.nodes if isinstance(node, TextNode))
        assert bool(chosen(form, "routebesluit.hoofdroute")) != explained, proposal


def test_no_form_names_a_number_that_is_a_setting(root: Path) -> None:
    """A term or a count that a municipality chooses must not stand in the words of a form."""
    for path in (root / "forms").glob("*/*.form"):
        for words in texts(json.loads(path.read_text(encoding="utf-8"))["components"]):
            assert not TERM.search(words), (path.stem, words)


def texts(components: list[dict[str, Any]]) -> Iterator[str]:
    for component in components:
        yield from (str(component.get(name) or "") for name in ("text", "label", "description"))
        yield from texts(component.get("components", []))


ALLOWED = {"gegevensdeling": {"besluit": "toegestaan"}, "verstrekking": {"kenmerk": "2026-K7Q-V2"}}
ANONYMOUS = {"gegevensdeling": {"besluit": "anoniem"}, "verstrekking": None}


@pytest.mark.parametrize(
    ("variables", "kenmerk"),
    [
        ({"routebesluit": {"hoofdroute": "B"}, **ALLOWED}, "2026-K7Q-V2"),
        ({"routebesluit": {"hoofdroute": "A"}, **ANONYMOUS}, "anoniem"),
        ({}, "aangifte of melding"),
        (ALLOWED, "aangifte of melding"),
    ],
)
def test_the_hand_over_proposes_on_what_ground_it_is_shared(
    root: Path, variables: Mapping[str, Any], kenmerk: str
) -> None:
    """Without a route decision the case goes straight to the police, whatever was shared before."""
    assert proposed(root, variables) == kenmerk


@pytest.mark.parametrize(
    ("variables", "seen"),
    [
        ({}, [True, True, True]),
        (ALLOWED, [False, False, True]),
        (ANONYMOUS, [False, True, True]),
        ({"gegevensdeling": {"besluit": "geweigerd"}}, [False, True, False]),
    ],
)
def test_whoever_enriches_sees_how_sharing_was_decided(
    root: Path, variables: Mapping[str, Any], seen: list[bool]
) -> None:
    """Hidden or not: the outcome as a whole, its kenmerk, and what to do when it was refused."""
    form = opened(root, "verrijken", **variables)
    [group] = [n for n in form.nodes if isinstance(n, GroupNode) and n.label.startswith("Uitkomst")]
    [outcome, kenmerk, refused] = group.children
    assert isinstance(outcome, FieldNode)
    assert isinstance(kenmerk, FieldNode)
    assert [group.hidden, group.hidden or kenmerk.hidden, group.hidden or refused.hidden] == seen
    assert kenmerk.text == (variables.get("verstrekking") or {}).get("kenmerk", "")
