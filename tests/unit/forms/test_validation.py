"""From a post or JSON to answers, or to complaints by path."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.forms import draft, parse_post
from tests.unit.forms.form_builder import (
    NOTHING,
    a_form,
    a_part,
    answers,
    complaints,
    options,
    outcome,
)

YES_NO = options("ja", "nee")
CONDITIONAL = a_form(
    a_part("radio", "v.dubbel", values=YES_NO, validate={"required": True}),
    a_part(
        "textfield",
        "v.met",
        conditional={"hide": '=v.dubbel != "ja"'},
        properties={"verplicht_als": '=v.dubbel = "ja"'},
    ),
    a_part("textarea", "v.waarom", conditional={"hide": "=v.met = null"}),
)
LIST = a_form(
    a_part(
        "dynamiclist",
        path="v.bronnen",
        label="Bronnen",
        properties={"minimaal": "1", "maximaal": "3"},
        components=[
            a_part("select", "bron", values=options("brp", "kvk"), validate={"required": True}),
            a_part("textfield", "nummer", conditional={"hide": '=bron != "kvk"'}),
        ],
    )
)


def test_posts_and_json_go_through_the_same_checks() -> None:
    form = a_form(a_part("number", "v.n", decimalDigits=0), a_part("datetime", "v.d"))
    posted = answers(form, {"v.n": ["5"], "v.d": ["2026-03-01"]})
    sent = answers(form, {"v": {"n": 5, "d": "2026-03-01"}})
    assert posted == sent == {"v": {"n": 5, "d": date(2026, 3, 1)}}


def test_a_required_question_has_to_be_answered() -> None:
    assert complaints(CONDITIONAL, {}) == {"v.dubbel": ["Kies een antwoord."]}


def test_a_condition_can_make_a_question_required() -> None:
    assert complaints(CONDITIONAL, {"v.dubbel": "ja"}) == {"v.met": ["Vul dit veld in."]}


def test_hidden_answers_are_dropped_with_what_depends_on_them() -> None:
    raw = {"v.dubbel": "nee", "v.met": "S-1", "v.waarom": "omdat"}
    assert answers(CONDITIONAL, raw) == {"v": {"dubbel": "nee"}}


def test_conditions_read_the_case_and_the_municipality() -> None:
    hidden = a_part("textfield", "v.a", conditional={"hide": '=gemeente.model = "enkel"'})
    form = a_form(hidden)
    assert answers(form, {"v.a": "x"}, gemeente={"model": "enkel"}) == {}
    assert answers(form, {"v.a": "x"}, gemeente={"model": "dubbel"}) == {"v": {"a": "x"}}


def test_an_unanswered_question_hides_the_old_answer_from_conditions() -> None:
    old = {"v": {"dubbel": "ja", "ander": 1}}
    assert complaints(CONDITIONAL, {}, **old) == {"v.dubbel": ["Kies een antwoord."]}


def test_an_answer_that_is_taken_back_is_emptied_in_the_case() -> None:
    found = answers(CONDITIONAL, {"v.dubbel": "nee"}, v={"dubbel": "ja", "met": "S-1"})
    assert found == {"v": {"dubbel": "nee", "met": None}}


def test_keys_that_are_no_field_are_refused_by_name() -> None:
    fields = complaints(CONDITIONAL, {"v": {"dubbel": "nee", "x": 1}, "y": {"z": 2}, "v.q.r": 3})
    assert set(fields) == {"v.x", "y", "v.q"}


def test_a_value_where_fields_should_be_is_refused() -> None:
    assert "v" in complaints(CONDITIONAL, {"v": 5})
    assert "v.bronnen" in complaints(LIST, {"v": {"bronnen": 5}})
    assert "v.bronnen.0" in complaints(LIST, {"v": {"bronnen": [5]}})
    assert "v.bronnen.x" in complaints(LIST, {"v": {"bronnen": {"x": {}}}})
    assert "v.bronnen.0.y" in complaints(LIST, {"v": {"bronnen": [{"y": 1}]}})


def test_a_question_that_is_only_shown_takes_no_answer() -> None:
    form = a_form(a_part("textfield", "v.a", readonly=True), a_part("textfield", "v.b"))
    assert "v.a" in complaints(form, {"v.a": "x"})
    raw = parse_post(form, {"v.a": ["x"], "v.b": ["y"]})
    assert answers(form, raw, v={"a": "oud"}) == {"v": {"b": "y"}}


def test_rows_have_their_own_conditions_and_complaints() -> None:
    raw = {"v.bronnen.0.bron": "kvk", "v.bronnen.0.nummer": "1", "v.bronnen.4.nummer": "2"}
    assert complaints(LIST, raw) == {"v.bronnen.1.bron": ["Kies een antwoord."]}
    rows = [{"bron": "brp", "nummer": "weg"}, {}, {"bron": "kvk", "nummer": "1"}]
    found = answers(LIST, {"v": {"bronnen": rows}})
    assert found == {"v": {"bronnen": [{"bron": "brp"}, {"bron": "kvk", "nummer": "1"}]}}


def test_the_number_of_rows_is_bounded() -> None:
    assert complaints(LIST, {}) == {"v.bronnen": ["Vul ten minste 1 keer iets in."]}
    rows = [{"bron": "brp"}] * 4
    assert "v.bronnen" in complaints(LIST, {"v": {"bronnen": rows}})


def test_one_of_a_group_is_enough_and_none_is_not() -> None:
    group = a_part(
        "group",
        label="Waar",
        components=[a_part("textfield", "v.adres"), a_part("textfield", "v.online")],
        properties={
            "een_van": "v.adres, v.online",
            "verplicht_als": "=v.haast != true",
            "melding": "Vul er één in.",
        },
    )
    form = a_form(a_part("checkbox", "v.haast"), group)
    assert complaints(form, {}) == {"v.adres": ["Vul er één in."]}
    assert answers(form, {"v.online": "x.nl"})["v"]["online"] == "x.nl"
    assert answers(form, {"v.haast": "on"}) == {"v": {"haast": True}}


def test_an_own_demand_speaks_with_its_own_message() -> None:
    part = a_part("textfield", "v.a", properties={"eis": '=v.a != "b"', "eis_melding": "Geen b."})
    assert complaints(a_form(part), {"v.a": "b"}) == {"v.a": ["Geen b."]}
    assert answers(a_form(part), {"v.a": "c"}) == {"v": {"a": "c"}}


def test_conditions_that_bite_each_other_still_end() -> None:
    form = a_form(
        a_part("textfield", "a", conditional={"hide": "=b != null"}),
        a_part("textfield", "b", conditional={"hide": "=a != null"}),
    )
    answers(form, {"a": "1", "b": "2"})


def test_a_draft_keeps_what_was_typed_and_nothing_else() -> None:
    raw = {"v.dubbel": ["misschien"], "v.met": [" S-1 "], "x": ["weg"]}
    assert draft(CONDITIONAL, raw) == {"v": {"dubbel": "misschien", "met": "S-1"}}
    assert draft(LIST, {"v.bronnen.2.nummer": "7"}) == {"v": {"bronnen": [{"nummer": "7"}]}}


def test_a_post_leaves_out_what_is_not_an_answer_and_presses_row_buttons() -> None:
    posted = {"csrf_token": ["t"], "_x": ["1"], "v.bronnen.0.bron": ["brp"]}
    assert parse_post(LIST, posted) == {"v": {"bronnen": {"0": {"bron": ["brp"]}}}}
    more = parse_post(LIST, posted | {"_rij_toevoegen": ["v.bronnen"]})
    assert more == {"v": {"bronnen": [{"bron": ["brp"]}, {}]}}
    less = parse_post(LIST, posted | {"_rij_verwijderen": ["v.bronnen.0"]})
    assert less == {"v": {"bronnen": []}}
    assert parse_post(LIST, {"_rij_toevoegen": "zomaar", "_rij_verwijderen": "v.x.1"}) == {}


KINDS = a_form(
    a_part("textfield", "v.tekst", validate={"pattern": "[a-z]+"}, properties={"controle": "bsn"}),
    a_part("textarea", "v.lang"),
    a_part("number", "v.getal", increment="0.5"),
    a_part("datetime", "v.dag", properties={"niet_in_toekomst": "ja"}),
    a_part("datetime", "v.moment", subtype="datetime", disallowPassedDates=True),
    a_part("datetime", "v.tijd", subtype="time"),
    a_part("checkbox", "v.vink"),
    a_part("checklist", "v.meer", values=options("a", "b")),
    a_part("taglist", "v.labels", values=options("a", "b")),
    a_part("radio", "v.een", values=options("a", "b")),
    a_part("select", "v.keus", values=options("a", "b"), conditional={"hide": "=v.getal > 3"}),
    a_part("filepicker", "v.bestand", multiple=True),
    a_part(
        "dynamiclist", path="v.rijen", label="R", components=[a_part("number", "n", id="Veld_rij")]
    ),
)
TYPED = st.sampled_from(
    ["", " ", "a", "ja", "on", "12", "1,5", "-3", "1e9", "9" * 60, "2026-02-30", "2026-11-22",
     "9999-12-31T23:59", "2026-11-22T10:00Z", "0001-01-01T00:00+14:00", "24:00", "111222333",
     "\x00", "\ud800", "é" * 20, "٣", "v.rijen", "Infinity", "NaN"]
)  # fmt: skip
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TYPED | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["n", "0", "1", "x", "v", "rijen"]), inner, max_size=3)
    ),
    max_leaves=8,
)
NAMES = st.sampled_from(
    [*(field.key for field in KINDS.fields), "v.rijen", "v.rijen.0.n", "v.rijen.7.n", "v", "",
     ".", "v.", "v..x", "v.tekst.x", "v.rijen.0", "_rij_toevoegen", "_rij_verwijderen"]
)  # fmt: skip


def test_answers_cannot_be_nested_without_end() -> None:
    deep: dict[str, Any] = {}
    for _ in range(900):
        deep = {"v": deep}
    assert outcome(KINDS, deep) == {"": ["Te diep genest."]}
    assert outcome(KINDS, {"v" + ".v" * 50_000: "x"}) == {"": ["Te diep genest."]}
    assert outcome(KINDS, {"v.rijen" + ".0" * 15: "x"})


def test_long_answers_cost_little() -> None:
    assert "v.tekst" in outcome(KINDS, {"v.tekst": "a" * 1_000_000})
    assert "v.meer" in outcome(KINDS, {"v": {"meer": list(range(100_000))}})


@given(raw=st.dictionaries(NAMES | st.text(max_size=6), ANY, max_size=6))
def test_whatever_is_sent_gives_answers_or_complaints(raw: dict[str, Any]) -> None:
    draft(KINDS, raw)
    assert NOTHING not in outcome(KINDS, raw)


@given(raw=st.dictionaries(NAMES, st.lists(TYPED, max_size=3), max_size=6))
def test_whatever_is_posted_gives_answers_or_complaints(raw: dict[str, list[str]]) -> None:
    assert NOTHING not in outcome(KINDS, parse_post(KINDS, raw))


@pytest.mark.parametrize("raw", [{"v.rijen.999999999999.n": "1"}, {"v": {"rijen": [{}] * 5000}}])
def test_row_numbers_cannot_make_much_work(raw: dict[str, Any]) -> None:
    assert NOTHING not in outcome(KINDS, raw)
