"""Each field type: what it reads, what it refuses, how it looks and how it reads back."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.working_days import AMSTERDAM
from service.forms import FieldNode, FormDefinition, readable, render_model
from service.forms.field_types import FIELD_TYPES
from service.forms.field_types.number import read_number
from service.forms.field_types.text import markdown
from tests.unit.forms.form_builder import ENV, NOW, a_form, a_part, answers, complaints, options

ID = "7a9c0a52-0000-4000-8000-000000000001"
AB = options("a", "b")


def one(kind: str, **more: Any) -> FormDefinition:
    return a_form(a_part(kind, "v", **more))


def read(kind: str, value: Any, **more: Any) -> Any:
    return answers(one(kind, **more), {"v": value})["v"]


def wrong(kind: str, value: Any, **more: Any) -> str:
    return " ".join(complaints(one(kind, **more), {"v": value})["v"])


def node(kind: str, value: Any = None, **more: Any) -> FieldNode:
    values = {} if value is None else {"v": value}
    model = render_model(one(kind, **more), values=values, errors={}, scope={}, env=ENV)
    [found] = model.nodes
    assert isinstance(found, FieldNode)
    return found


def words(kind: str, value: Any, **more: Any) -> str:
    [answer] = readable(one(kind, **more), {"v": value}, domains=frozenset({"algemeen"}))
    return answer.text


def test_the_registry_knows_each_type_by_its_own_name() -> None:
    assert all(kind.name == name for name, kind in FIELD_TYPES.items())
    assert {name for name, kind in FIELD_TYPES.items() if kind.is_input} == {
        "textfield",
        "textarea",
        "number",
        "datetime",
        "checkbox",
        "checklist",
        "radio",
        "select",
        "taglist",
        "filepicker",
    }


# textfield and textarea


def test_text_loses_the_blanks_around_it_and_gets_plain_line_ends() -> None:
    assert read("textfield", ["  dag  "]) == "dag"
    assert read("textarea", "een\r\ntwee\rdrie") == "een\ntwee\ndrie"


@pytest.mark.parametrize("value", ["a\x00b", "a\nb", "\ud800", "a\x1bb"])
def test_a_text_field_refuses_control_characters_and_lines(value: str) -> None:
    assert "tekens die niet mogen" in wrong("textfield", value).replace("in die", "die")


@pytest.mark.parametrize("value", [5, True, {"a": 1}, [["x"]]])
def test_text_is_text(value: Any) -> None:
    assert complaints(one("textfield"), {"v": value})


def test_lengths_are_counted_in_characters() -> None:
    lengths = {"minLength": "3", "maxLength": 5}
    assert read("textfield", "abcde", validate=lengths) == "abcde"
    assert wrong("textfield", "ab", validate=lengths) == "Gebruik ten minste 3 tekens."
    assert wrong("textfield", "abcdef", validate=lengths) == "Gebruik ten hoogste 5 tekens."
    assert wrong("textfield", "x" * 501) == "Gebruik ten hoogste 500 tekens."
    assert (node("textfield", validate=lengths).min_length, node("textarea").max_length) == (
        3,
        10_000,
    )


def test_a_pattern_must_fit_the_whole_answer() -> None:
    rules = {"pattern": "[1-9][0-9]{3}[A-Z]{2}|nvt"}
    assert read("textfield", "2636AB", validate=rules) == "2636AB"
    assert wrong("textfield", "2636ABC", validate=rules) == "Dit heeft niet de juiste vorm."
    assert wrong("textfield", "x2636AB", validate=rules)


@pytest.mark.parametrize("value", ["a@b.nl", "jan.de+x@voorbeeld.nl"])
def test_an_address_is_accepted(value: str) -> None:
    assert read("textfield", value, validate={"validationType": "email"}) == value


@pytest.mark.parametrize("value", ["a@", "a b@c.nl", "@", "jan"])
def test_something_else_is_no_address(value: str) -> None:
    assert "e-mailadres" in wrong("textfield", value, validate={"validationType": "email"})


@pytest.mark.parametrize("value", ["0612345678", "06 1234 5678", "+31 (0)15 380 41 11"])
def test_a_telephone_number_is_accepted_as_people_write_it(value: str) -> None:
    assert read("textfield", value, validate={"validationType": "phone"}) == value


@pytest.mark.parametrize("value", ["112", "bel mij", "1" * 20])
def test_something_else_is_no_telephone_number(value: str) -> None:
    assert "telefoonnummer" in wrong("textfield", value, validate={"validationType": "phone"})


def test_a_bsn_passes_the_eleven_test() -> None:
    own = {"controle": "bsn"}
    assert read("textfield", "111222333", properties=own) == "111222333"
    assert "klopt niet" in wrong("textfield", "111222334", properties=own)
    for value in ("11122233", "1112223330", "000000000", "11122233a", "١١١٢٢٢٣٣٣"):
        assert "9 cijfers" in wrong("textfield", value, properties=own)


def test_a_kvk_number_has_eight_digits() -> None:
    assert read("textfield", "01234567", properties={"controle": "kvk"}) == "01234567"
    assert "8 cijfers" in wrong("textfield", "1234567", properties={"controle": "kvk"})


def test_the_keyboard_fits_the_question() -> None:
    assert node("textfield", validate={"validationType": "email"}).input_type == "email"
    assert node("textfield", validate={"validationType": "phone"}).input_type == "tel"
    assert node("textfield", properties={"controle": "kvk"}).inputmode == "numeric"
    assert node("textfield", properties={"autocomplete": "name"}).autocomplete == "name"
    assert node("textfield").autocomplete == "off"


# number


def test_a_number_is_whole_or_decimal_as_the_form_asks() -> None:
    assert read("number", "12", decimalDigits=0) == 12
    assert isinstance(read("number", "12", decimalDigits=0), int)
    assert read("number", "1,5") == Decimal("1.5")
    assert read("number", 0.1) == Decimal("0.1")
    assert wrong("number", "1,5", decimalDigits=0) == "Vul een heel getal in."
    assert "2 cijfers achter de komma" in wrong("number", "1,555", decimalDigits=2)


@pytest.mark.parametrize("value", ["veel", "1e9999", "NaN", "Infinity", "1_0", "٣", True, {}])
def test_something_else_is_no_number(value: Any) -> None:
    assert wrong("number", value) == "Vul een getal in."


def test_a_number_stays_within_its_bounds_and_on_its_step() -> None:
    rules = {"min": 0, "max": "500"}
    assert "0 tot en met 500" in wrong("number", "-1", validate=rules)
    assert "ten hoogste 5" in wrong("number", "6", validate={"max": 5})
    assert "5 of meer" in wrong("number", "4", validate={"min": 5})
    assert read("number", "0,75", increment="0.25") == Decimal("0.75")
    assert "veelvoud van 0.25" in wrong("number", "0,8", increment="0.25")


@given(number=st.integers(min_value=-(10**30), max_value=10**30))
def test_every_whole_number_reads_back(number: int) -> None:
    assert read_number(str(number)) == number
    assert read_number(number) == number


def test_a_number_is_shown_with_a_comma_and_its_unit() -> None:
    unit = {"suffixAdorner": "uur"}
    assert words("number", Decimal("1.5"), appearance=unit) == "1,5 uur"
    assert node("number", "veel").value == "veel"
    assert node("number", decimalDigits=0).inputmode == "numeric"
    assert node("number").inputmode == "decimal"


# datetime


def test_dates_times_and_moments_are_read() -> None:
    assert read("datetime", "2026-03-01") == date(2026, 3, 1)
    assert read("datetime", "14:30", subtype="time") == time(14, 30)
    moment = read("datetime", "2026-03-01T14:30", subtype="datetime")
    assert moment == datetime(2026, 3, 1, 14, 30, tzinfo=AMSTERDAM)
    assert moment.tzinfo is AMSTERDAM
    sent = read("datetime", "2026-07-01T12:30:00Z", subtype="datetime")
    assert sent.isoformat() == "2026-07-01T14:30:00+02:00"


@pytest.mark.parametrize(
    ("value", "subtype"),
    [
        ("2026-02-30", "date"),
        ("1-3-2026", "date"),
        ("9999-12-31", "date"),
        (5, "date"),
        ("25:00", "time"),
        ("2026-03-01", "datetime"),
        ("0001-01-01T00:00+14:00", "datetime"),
        ([], "datetime"),
    ],
)
def test_something_else_is_no_date(value: Any, subtype: str) -> None:
    form = one("datetime", subtype=subtype, validate={"required": True})
    assert complaints(form, {"v": value})


def test_the_future_and_the_past_can_be_closed() -> None:
    later = (NOW + timedelta(days=1)).date().isoformat()
    earlier = (NOW - timedelta(days=1)).date().isoformat()
    today = NOW.date().isoformat()
    closed = {"niet_in_toekomst": "ja"}
    assert "toekomst" in wrong("datetime", later, properties=closed)
    assert read("datetime", today, properties=closed) == NOW.date()
    assert "verleden" in wrong("datetime", earlier, disallowPassedDates=True)
    assert read("datetime", today, disallowPassedDates=True) == NOW.date()
    soon = (NOW + timedelta(minutes=5)).isoformat()
    assert "toekomst" in wrong("datetime", soon, subtype="datetime", properties=closed)


def test_moments_are_shown_in_dutch_time() -> None:
    moment = datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
    assert node("datetime", moment, subtype="datetime").value == "2026-07-01T14:30"
    assert node("datetime", moment.isoformat(), subtype="datetime").value == "2026-07-01T14:30"
    assert words("datetime", moment, subtype="datetime") == "1 juli 2026, 14:30"
    assert words("datetime", date(2026, 3, 1)) == "1 maart 2026"
    assert words("datetime", "2026-03-01") == "1 maart 2026"
    assert words("datetime", time(9, 5), subtype="time") == "09:05"
    assert node("datetime", "geen datum").value == "geen datum"
    assert node("datetime", subtype="time").input_type == "time"


def test_the_label_of_a_date_stands_where_form_js_keeps_it() -> None:
    part = a_part("datetime", "v", dateLabel="Wanneer?")
    del part["label"]
    assert a_form(part).fields[0].label == "Wanneer?"


# checkbox


@pytest.mark.parametrize("value", ["on", ["true"], True, "ja"])
def test_a_ticked_box_is_true(value: Any) -> None:
    assert read("checkbox", value) is True


def test_a_box_that_is_not_posted_is_false() -> None:
    assert answers(one("checkbox"), {}) == {"v": False}
    assert words("checkbox", False) == "Nee"


def test_a_required_box_must_be_ticked() -> None:
    assert "Vink dit aan" in wrong("checkbox", False, validate={"required": True})
    assert wrong("checkbox", "misschien")
    assert wrong("checkbox", 7)


# choices


@pytest.mark.parametrize("kind", ["radio", "select"])
def test_one_choice_is_one_of_the_options(kind: str) -> None:
    assert read(kind, ["a"], values=AB) == "a"
    for value in ("c", 1, {"a": 1}, True):
        assert wrong(kind, value, values=AB) == "Kies een van de mogelijkheden."
    assert words(kind, "b", values=AB) == "B"
    assert [o.checked for o in node(kind, "b", values=AB).options] == [False, True]


@pytest.mark.parametrize("kind", ["checklist", "taglist"])
def test_many_choices_are_a_list_of_options(kind: str) -> None:
    assert read(kind, ["b", "a", "b", ""], values=AB) == ["b", "a"]
    assert read(kind, "a", values=AB) == ["a"]
    assert answers(one(kind, values=AB), {}) == {"v": []}
    assert wrong(kind, ["a", "c"], values=AB) == "Kies een van de mogelijkheden."
    assert wrong(kind, [{"a": []}], values=AB)
    assert "ten minste één" in wrong(kind, [], values=AB, validate={"required": True})
    assert words(kind, ["a", "b"], values=AB) == "A, B"
    assert [o.checked for o in node(kind, ["b"], values=AB).options] == [False, True]


# filepicker


def test_files_are_ids_of_attachments() -> None:
    assert read("filepicker", [ID, ID, ""], multiple=True) == [ID]
    assert "niet bekend" in wrong("filepicker", ["../etc/passwd"])
    assert "ten hoogste 1" in wrong("filepicker", [ID, ID.replace("1", "2")])
    assert "Voeg een bestand toe" in wrong("filepicker", [], validate={"required": True})
    assert node("filepicker", [ID]).attachments == (ID,)
    assert node("filepicker").accept == ".pdf,.jpg,.jpeg,.png"
    assert words("filepicker", [ID]) == "1 bestand"
    [answer] = readable(one("filepicker"), {"v": [ID]}, domains=frozenset({"algemeen"}))
    assert answer.attachments == (ID,)


# parts without an answer


def test_headings_in_text_leave_the_first_level_to_the_page() -> None:
    assert markdown("# Kop") == "<h2>Kop</h2>\n"


def test_links_are_harmless() -> None:
    html = markdown("[a](https://x.nl) [b](ftp://x) [c](data:text/html,x) [d](tel:112)")
    assert 'href="https://x.nl" rel="noopener noreferrer"' in html
    assert 'href="ftp' not in html
    assert 'href="data' not in html
    assert 'href="tel:112"' in html


def test_lines_and_room_are_drawn() -> None:
    form = a_form(a_part("separator"), a_part("spacer", height=30), a_part("spacer", id="S2"))
    nodes = render_model(form, values={}, errors={}, scope={}, env=ENV).nodes
    assert [n.kind for n in nodes] == ["separator", "spacer", "spacer"]
    assert [getattr(n, "height", 0) for n in nodes] == [0, 30, 60]
