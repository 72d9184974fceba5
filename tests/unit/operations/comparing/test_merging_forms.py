"""Two process owners in one form."""

import json
from collections.abc import Callable
from typing import Any

import orjson

from service.operations.comparing import Merged, merge
from tests.unit.operations.comparing.edits import ROOT

PATH = "forms/acuut_gevaar/acuut_vastleggen.form"
BASE = (ROOT / PATH).read_bytes()
QUESTION = "Veld_gebeld_112"

Edit = Callable[[dict[str, Any]], object]


def edited(edit: Edit) -> bytes:
    form = json.loads(BASE)
    edit(form)
    return orjson.dumps(form, option=orjson.OPT_INDENT_2)


def both(mine: Edit, theirs: Edit) -> Merged:
    return merge(PATH, base=BASE, mine=edited(mine), theirs=edited(theirs))


def question(form: Any, name: str = QUESTION) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in form["components"] if one["id"] == name)
    return found


def add_choice(value: str) -> Edit:
    return lambda form: question(form)["values"].append({"label": value.title(), "value": value})


def test_label_and_limits_of_one_question_are_no_conflict() -> None:
    merged = both(
        lambda form: question(form).update(label="112 gebeld?"),
        lambda form: question(form)["validate"].update(required=False),
    )
    assert merged.conflicts == ()
    found = question(json.loads(merged.content))
    assert (found["label"], found["validate"]) == ("112 gebeld?", {"required": False})


def test_choices_that_both_added_are_both_there() -> None:
    merged = both(add_choice("onbekend"), add_choice("later"))
    assert merged.conflicts == ()
    values = [one["value"] for one in question(json.loads(merged.content))["values"]]
    assert values == ["ja", "nee", "later", "onbekend"]


def test_questions_that_both_added_stand_where_each_put_them() -> None:
    def first(form: dict[str, Any]) -> None:
        form["components"].insert(1, {"id": "mijn", "type": "textfield", "key": "acuut.mijn"})

    def last(form: dict[str, Any]) -> None:
        form["components"].append({"id": "hun", "type": "textfield", "key": "acuut.hun"})

    merged = both(first, last)
    assert merged.conflicts == ()
    ids = [one["id"] for one in json.loads(merged.content)["components"]]
    assert (ids[1], ids[-1]) == ("mijn", "hun")


def test_one_label_changed_by_both_is_a_conflict_that_names_the_question() -> None:
    merged = both(
        lambda form: question(form).update(label="Gebeld?"),
        lambda form: question(form).update(label="112?"),
    )
    assert merged.conflicts == ("Vraag van *Is 112 gebeld?*: u ‘Gebeld?’, uw collega ‘112?’.",)


def test_a_question_that_one_removed_and_the_other_changed_is_a_conflict() -> None:
    merged = both(
        lambda form: form["components"].remove(question(form)),
        lambda form: question(form).update(label="112?"),
    )
    assert merged.conflicts == (
        "*Is 112 gebeld?*: u hebt dit weggehaald, uw collega wijzigde dit of gebruikt het.",
    )


def test_what_nobody_changed_stays_as_it_was_written() -> None:
    mine = BASE.replace(b"Is 112 gebeld?", b"112 gebeld?")
    theirs = BASE.replace(b'"maxLength": 120', b'"maxLength": 100')
    merged = merge(PATH, base=BASE, mine=mine, theirs=theirs)
    assert merged.content == mine.replace(b'"maxLength": 120', b'"maxLength": 100')
