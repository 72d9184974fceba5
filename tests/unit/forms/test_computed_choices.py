"""Choices that a municipality's settings give: drawn, checked and described as fixed ones are."""

from typing import Any

from service.api.form_fields import described
from service.forms import render_model
from service.forms.nodes import FieldNode
from tests.unit.forms.form_builder import ENV, a_form, a_part, answers, complaints

TABLES = "=for o in gemeente.overleggen return {value: o.id, label: o.naam}"
FORM = a_form(
    a_part("select", "punt.overleg", valuesExpression=TABLES),
    a_part("checklist", "punt.rollen", valuesExpression="=rollen"),
)
SCOPE: dict[str, Any] = {
    "gemeente": {"overleggen": [{"id": "tafel", "naam": "Regionale Tafel"}]},
    "rollen": ["oov", "jz"],
}


def drawn(name: str, **values: Any) -> FieldNode:
    model = render_model(FORM, values={"punt": values}, errors={}, scope=SCOPE, env=ENV)
    [node] = [n for n in model.nodes if isinstance(n, FieldNode) and n.name == name]
    return node


def test_what_the_expression_gives_can_be_chosen() -> None:
    given = {"punt.overleg": "tafel", "punt.rollen": ["jz", "oov"]}
    assert answers(FORM, given, **SCOPE) == {"punt": {"overleg": "tafel", "rollen": ["jz", "oov"]}}


def test_anything_else_is_refused_at_its_question() -> None:
    given = {"punt.overleg": "raad", "punt.rollen": ["jz", "raad"]}
    assert set(complaints(FORM, given, **SCOPE)) == {"punt.overleg", "punt.rollen"}


def test_when_the_expression_gives_nothing_nothing_can_be_chosen() -> None:
    assert drawn("punt.overleg").options != ()
    assert complaints(FORM, {"punt.overleg": "tafel"}) != {}


def test_the_choices_are_drawn_with_their_labels() -> None:
    node = drawn("punt.overleg", overleg="tafel")
    assert [(o.value, o.label, o.checked) for o in node.options] == [
        ("tafel", "Regionale Tafel", True)
    ]
    assert node.text == "Regionale Tafel"
    assert [o.label for o in drawn("punt.rollen").options] == ["oov", "jz"]


def test_a_program_is_told_the_choices_too() -> None:
    [table, _] = described(FORM, values={}, scope=SCOPE, env=ENV)["fields"]
    assert table["options"] == [{"value": "tafel", "label": "Regionale Tafel"}]
