"""The drawn form and the readable answers."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from service.forms import (
    FieldNode,
    FormDefinition,
    GroupNode,
    ListNode,
    Node,
    RenderModel,
    draft,
    readable,
    render_model,
)
from tests.unit.forms.form_builder import ENV, a_form, a_part, answers, options

ALL = frozenset({"algemeen", "zorg", "straf", "bestuurlijk", "melder"})
FORM = a_form(
    a_part("text", text="# Proef\n\n<b>Let op</b> [hier](javascript:x) ![p](http://x/p.png)"),
    a_part("radio", "v.een", values=options("a", "b"), validate={"required": True},
           description="Kies maar", properties={"voorstel": "=voorstel"}),
    a_part("group", label="Groep", id="Groep_g", conditional={"hide": '=v.een = "a"'}, components=[
        a_part("textfield", "v.zorg", properties={"domein": "zorg"}),
    ]),
    a_part("dynamiclist", id="Lijst", path="v.rijen", label="Rij", properties={"maximaal": "2"},
           components=[a_part("number", "n", validate={"max": 9})]),
    a_part("filepicker", "v.bestanden", multiple=True),
)  # fmt: skip


def drawn(form: FormDefinition = FORM, **more: Any) -> RenderModel:
    given: dict[str, Any] = {"values": {}, "errors": {}, "scope": {}, "env": ENV} | more
    return render_model(form, **given)


def every(nodes: tuple[Node, ...]) -> list[Node]:
    found: list[Node] = []
    for node in nodes:
        found.append(node)
        if isinstance(node, GroupNode):
            found += every(node.children)
        if isinstance(node, ListNode):
            for row in node.rows:
                found += every(row.children)
    return found


def named(model: RenderModel, name: str) -> FieldNode:
    [node] = [n for n in every(model.nodes) if isinstance(n, FieldNode) and n.name == name]
    return node


def test_text_is_markdown_without_html_scripts_or_pictures() -> None:
    html = getattr(drawn().nodes[0], "html", "")
    assert "&lt;b&gt;" in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_a_question_carries_all_that_a_template_needs() -> None:
    node = named(drawn(errors={"v.een": ["Kies een antwoord."]}), "v.een")
    assert node.html_id == "veld-v-een"
    assert node.required
    assert node.error == "Kies een antwoord."
    assert node.describedby == "veld-v-een-uitleg veld-v-een-fout"
    assert [(o.value, o.label, o.checked) for o in node.options] == [
        ("a", "A", False),
        ("b", "B", False),
    ]


def test_a_first_drawing_fills_in_proposals_and_what_is_known() -> None:
    assert named(drawn(scope={"voorstel": "b"}), "v.een").options[1].checked
    assert named(drawn(scope={"voorstel": "b"}), "v.een").proposal == "B"
    assert named(drawn(scope={"voorstel": "b", "v": {"een": "a"}}), "v.een").options[0].checked


def test_a_later_drawing_shows_what_was_typed_and_nothing_else() -> None:
    values = draft(FORM, {"v.rijen.0.n": ["veel"]})
    model = drawn(values=values, scope={"voorstel": "b", "v": {"een": "a"}})
    assert not any(option.checked for option in named(model, "v.een").options)
    assert named(model, "v.rijen.0.n").value == "veel"


def test_hidden_parts_stay_in_the_tree_with_their_condition() -> None:
    group = drawn(values={"v.een": "a"}).nodes[2]
    assert group.hidden
    assert group.hide_when == '=v.een = "a"'
    assert not drawn(values={"v.een": "b"}).nodes[2].hidden


def test_questions_of_other_domains_are_left_out_with_their_empty_group() -> None:
    model = drawn(viewer_domains=frozenset({"algemeen"}))
    assert not any(isinstance(node, GroupNode) for node in model.nodes)


def test_a_list_offers_rows_until_it_is_full() -> None:
    [one] = [n for n in drawn().nodes if isinstance(n, ListNode)]
    assert (len(one.rows), one.add_value, one.rows[0].remove_value) == (1, "v.rijen", "v.rijen.0")
    full = drawn(values={"v": {"rijen": [{"n": 1}, {"n": 2}]}})
    [two] = [n for n in full.nodes if isinstance(n, ListNode)]
    assert (len(two.rows), two.add_value) == (2, "")


def test_errors_are_summed_up_in_the_order_of_the_form() -> None:
    errors = {"zomaar": ["Weg."], "v.rijen.0.n": ["Te veel."], "v.een": ["Kies."]}
    found = drawn(errors=errors).errors
    assert [(e.html_id, e.label) for e in found] == [
        ("veld-v-een", "v.een"),
        ("veld-v-rijen-0-n", "n"),
        ("", "zomaar"),
    ]


def test_a_form_says_whether_it_reacts_and_has_files() -> None:
    plain = drawn(a_form(a_part("textfield", "a")))
    assert (plain.reacts, plain.has_files) == (False, False)
    assert (drawn().reacts, drawn().has_files) == (True, True)


def test_a_question_that_is_only_shown_shows_the_case() -> None:
    part = a_part("datetime", "v.dag", readonly=True, validate={"required": True})
    node = named(drawn(a_form(part), scope={"v": {"dag": date(2026, 3, 1)}}), "v.dag")
    assert (node.text, node.readonly, node.required) == ("1 maart 2026", True, False)


def test_answers_are_readable_for_whoever_may_see_them() -> None:
    raw = {"v": {"een": "b", "zorg": "licht", "rijen": [{"n": "1,5"}, {"n": 2}]}}
    found = answers(FORM, raw)
    seen = [(a.section, a.label, a.text) for a in readable(FORM, found, domains=ALL)]
    assert seen == [
        ("", "v.een", "B"),
        ("Groep", "v.zorg", "licht"),
        ("Rij 1", "n", "1,5"),
        ("Rij 2", "n", "2"),
    ]
    assert readable(FORM, found, domains=frozenset({"zorg"}))[0].text == "licht"
    assert readable(FORM, found, domains=frozenset()) == []


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["een", "rijen", "n", "0"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(value=ODD, scope=ODD)
def test_drawing_and_reading_never_raise(value: Any, scope: Any) -> None:
    drawn(values={"v": value}, scope={"v": scope, "voorstel": scope})
    drawn(scope={"v": scope, "voorstel": value})
    readable(FORM, {"v": value}, domains=ALL)
