"""Item definitions: what belongs to a type, and what is read as if it did."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from service.dmn.model import Cell, ItemType
from service.dmn.types import TypeBook

PERSON = ItemType(
    name="persoon",
    type_ref=None,
    collection=False,
    allowed=None,
    components=(
        ItemType(name="naam", type_ref="string", collection=False, allowed=None),
        ItemType(name="leeftijd", type_ref="number", collection=False, allowed=None),
    ),
)
ITEMS = (
    PERSON,
    ItemType(name="personen", type_ref="persoon", collection=True, allowed=None),
    ItemType(
        name="niveau",
        type_ref="string",
        collection=False,
        allowed=Cell(text="hoog", element_id=None, line=None),
    ),
    ItemType(name="functie", type_ref=None, collection=False, allowed=None, returns="number"),
    ItemType(name="kring", type_ref="kring", collection=True, allowed=None),
)
ADA = {"naam": "Ada", "leeftijd": Decimal(36)}


@pytest.fixture
def book():
    return TypeBook(ITEMS, allowed=lambda cell: lambda value: value == cell.text)


@pytest.mark.parametrize(
    ("ref", "value", "expected"),
    [
        ("string", "a", (True, "a")),
        ("string", Decimal(1), (False, None)),
        ("number", True, (False, None)),
        ("boolean", True, (True, True)),
        ("string", None, (True, None)),
        ("string", ["a"], (True, "a")),
        ("string", ["a", "b"], (False, None)),
        ("number", [[Decimal(1)]], (False, None)),
        ("date", date(2026, 1, 1), (True, date(2026, 1, 1))),
        ("date", datetime(2026, 1, 1, tzinfo=UTC), (False, None)),
        ("dateTime", date(2026, 1, 1), (True, datetime(2026, 1, 1, tzinfo=UTC))),
        ("Any", ["a", "b"], (True, ["a", "b"])),
        ("persoon", ADA, (True, ADA)),
        ("persoon", {**ADA, "extra": True}, (True, {**ADA, "extra": True})),
        ("persoon", {"naam": "Ada"}, (False, None)),
        ("persoon", {**ADA, "leeftijd": "36"}, (False, None)),
        ("personen", [ADA, ADA], (True, [ADA, ADA])),
        ("personen", ADA, (False, None)),
        ("personen", [ADA, "Bob"], (False, None)),
        ("niveau", "hoog", (True, "hoog")),
        ("niveau", "laag", (False, None)),
        ("functie", "geen", (False, None)),
        ("kring", [["a"]], (True, [["a"]])),
        ("feel:string", "a", (True, "a")),
        ("onbekend", "wat dan ook", (True, "wat dan ook")),
    ],
)
def test_a_value_is_held_against_a_type(book, ref, value, expected):
    assert book.named(ref).coerce(value) == expected


def test_a_function_type_tells_what_it_returns(book):
    result = book.result_of("functie")
    assert result is not None
    assert result.name == "number"
    assert book.result_of("persoon") is None


def test_an_import_lends_its_types(book):
    own = TypeBook((), allowed=lambda _cell: lambda _value: True, imported={"kern": book})
    assert own.knows("kern.persoon")
    assert own.named("kern.persoon").coerce({"naam": "Ada"}) == (False, None)
    assert not own.knows("kern.anders")
    assert not own.knows("elders.persoon")


def test_instance_of_asks_for_the_kind_and_not_for_allowed_values(book):
    checks = book.checks()
    assert checks["niveau"]("laag")
    assert not checks["niveau"](Decimal(1))
    assert checks["persoon"](ADA)
    own = TypeBook((), allowed=lambda _cell: lambda _value: True, imported={"kern": book})
    assert own.checks()["kern.personen"]([ADA])
