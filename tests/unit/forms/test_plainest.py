"""A form is filled in for who has little to say, and passes its own checks."""

from datetime import date
from typing import Any

import pytest

from service.domain.errors import InvalidInput
from service.forms import FormDefinition, fill_in
from tests.unit.forms.form_builder import ENV, a_form, a_part, answers, options

YES_NO = options("ja", "nee")
REQUIRED = {"required": True}


def filled(
    form: FormDefinition, given: dict[str, Any] | None = None, **scope: Any
) -> dict[str, Any]:
    return answers(form, fill_in(form, given or {}, scope=scope, env=ENV), **scope)


def test_what_need_not_be_answered_stays_empty() -> None:
    assert filled(a_form(a_part("textfield", "a.b"))) == {}


def test_what_is_said_stands() -> None:
    form = a_form(a_part("radio", "a.b", values=YES_NO, validate=REQUIRED))
    assert filled(form, {"a": {"b": "ja"}}) == {"a": {"b": "ja"}}


def test_no_is_plainer_than_yes() -> None:
    form = a_form(a_part("radio", "a.b", values=YES_NO, validate=REQUIRED))
    assert filled(form) == {"a": {"b": "nee"}}


def test_an_earlier_answer_goes_before_a_proposal_and_a_proposal_before_the_plainest() -> None:
    form = a_form(
        a_part(
            "radio", "a.b", values=YES_NO, validate=REQUIRED, properties={"voorstel": "=voorstel"}
        )
    )
    assert filled(form, voorstel="ja") == {"a": {"b": "ja"}}
    assert filled(form, voorstel="ja", a={"b": "nee"}) == {"a": {"b": "nee"}}


def test_an_earlier_answer_that_cannot_be_given_here_is_passed_over() -> None:
    form = a_form(
        a_part("select", "a.b", values=options("riec"), validate=REQUIRED),
        a_part("datetime", "a.c", disallowPassedDates=True),
    )
    assert filled(form, a={"b": "zvh", "c": date(2020, 1, 1)}) == {"a": {"b": "riec", "c": None}}


def test_a_question_that_an_answer_raises_is_answered_too() -> None:
    form = a_form(
        a_part("radio", "a.b", values=YES_NO, validate=REQUIRED),
        a_part("textarea", "a.waarom", properties={"verplicht_als": '=a.b = "ja"'}),
    )
    assert filled(form) == {"a": {"b": "nee"}}
    assert set(filled(form, {"a": {"b": "ja"}})["a"]) == {"b", "waarom"}


def test_an_answer_that_the_form_refuses_is_passed_over() -> None:
    form = a_form(
        a_part(
            "select",
            "a.b",
            values=YES_NO,
            validate=REQUIRED,
            properties={"eis": '=a.b = "ja"', "eis_melding": "Kies ja."},
        )
    )
    assert filled(form) == {"a": {"b": "ja"}}


@pytest.mark.parametrize(
    "question",
    [
        a_part("textfield", "a.b", validate={"required": True, "minLength": 60}),
        a_part("textfield", "a.b", validate={"required": True, "maxLength": 3}),
        a_part("textfield", "a.b", validate={"required": True, "validationType": "email"}),
        a_part("textfield", "a.b", validate={"required": True, "validationType": "phone"}),
        a_part("textfield", "a.b", validate=REQUIRED, properties={"controle": "bsn"}),
        a_part("textfield", "a.b", validate=REQUIRED, properties={"controle": "kvk"}),
        a_part("textfield", "a.b", validate={"required": True, "pattern": "[0-9]{4} ?[A-Z]{2}"}),
        a_part("number", "a.b", validate={"required": True, "min": 3}, decimalDigits=0),
        a_part("datetime", "a.b", validate=REQUIRED, properties={"niet_in_toekomst": "ja"}),
        a_part("datetime", "a.b", subtype="datetime", validate=REQUIRED, disallowPassedDates=True),
        a_part("datetime", "a.b", subtype="time", validate=REQUIRED),
        a_part("checkbox", "a.b", validate=REQUIRED),
        a_part("checklist", "a.b", values=YES_NO, validate=REQUIRED),
    ],
    ids=lambda question: "-".join([question["type"], *map(str, question["validate"].values())]),
)
def test_every_kind_of_question_has_a_plain_answer(question: dict[str, Any]) -> None:
    assert filled(a_form(question))["a"]["b"] is not None


def test_a_list_gets_the_rows_that_it_must_have() -> None:
    rows = a_part(
        "dynamiclist",
        path="a.rijen",
        label="Rijen",
        components=[a_part("textfield", "naam")],
        properties={"minimaal": 2},
    )
    assert len(filled(a_form(rows))["a"]["rijen"]) == 2


def test_one_of_a_group_is_answered_when_one_must_be() -> None:
    group = a_part(
        "group",
        label="Waar?",
        components=[a_part("textfield", "a.b"), a_part("textfield", "a.c")],
        properties={"een_van": "a.b, a.c", "melding": "Vul er een in."},
    )
    assert set(filled(a_form(group))["a"]) == {"b"}


def test_what_cannot_be_answered_plainly_is_named() -> None:
    form = a_form(a_part("textfield", "a.b", validate={"required": True, "pattern": "[X]{7}"}))
    with pytest.raises(InvalidInput) as refused:
        filled(form)
    assert set(refused.value.fields) == {"a.b"}
