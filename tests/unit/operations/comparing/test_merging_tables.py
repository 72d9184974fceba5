"""Two process owners in one decision table."""

import pytest

from service import dmn
from service.domain.xml import read_xml
from service.operations.comparing import merge
from tests.unit.operations.comparing.edits import ROOT

PATH = "processes/overdracht/ontvanger.dmn"
BASE = (ROOT / PATH).read_bytes()
RULE = """<rule id="{id}">
  <inputEntry id="{id}_1"><text>"{text}"</text></inputEntry>
  <inputEntry id="{id}_2"><text>-</text></inputEntry>
  <inputEntry id="{id}_3"><text>-</text></inputEntry>
  <inputEntry id="{id}_4"><text>-</text></inputEntry>
  <outputEntry id="{id}_5"><text>"zvh"</text></outputEntry>
</rule>
"""


def with_rule(content: bytes, name: str, before: str) -> bytes:
    rule = RULE.format(id=name, text=name).encode()
    start = f'<rule id="{before}">'.encode()
    assert start in content
    return content.replace(start, rule + start)


def with_column(content: bytes) -> bytes:
    """A fifth input, which only the first rule uses."""
    column = (
        b'<input id="vijf" label="Vijf"><inputExpression><text>x</text></inputExpression></input>'
    )
    found = content.replace(b"<output id", column + b"<output id")
    for number in range(1, 9):
        text = "ja" if number == 1 else "-"
        cell = f'<inputEntry id="cel_{number}"><text>{text}</text></inputEntry>'
        start = f'<outputEntry id="ontvanger_regel_{number}_uitvoer_1"'.encode()
        found = found.replace(start, cell.encode() + start)
    return found


def rules(content: bytes) -> list[str]:
    root = read_xml(content, file=PATH)
    return [e.get("id", "") for e in root.iter() if str(e.tag).endswith("}rule")]


def cells(content: bytes, rule: str) -> list[str]:
    root = read_xml(content, file=PATH)
    [found] = (e for e in root.iter() if e.get("id") == rule)
    return [(e[0].text or "") for e in found if str(e.tag).endswith("Entry")]


def test_two_cells_of_one_rule_are_no_conflict() -> None:
    mine = BASE.replace(b'"riec"', b'"zvh"')
    theirs = BASE.replace(b'"C"', b'"D"')
    merged = merge(PATH, base=BASE, mine=mine, theirs=theirs)
    assert merged.conflicts == ()
    assert merged.content == mine.replace(b'"C"', b'"D"')


def test_one_cell_changed_by_both_is_a_conflict_that_names_rule_and_column() -> None:
    mine, theirs = BASE.replace(b'"riec"', b'"zvh"'), BASE.replace(b'"riec"', b'"nla"')
    merged = merge(PATH, base=BASE, mine=mine, theirs=theirs, prefer="theirs")
    assert merged.conflicts == (
        'Uitkomst van regel 3, kolom *Ontvanger*: u ‘"zvh"’, uw collega ‘"nla"’.',
    )
    assert merged.content == theirs


def test_rules_that_both_added_stand_where_each_put_them() -> None:
    mine = with_rule(BASE, "van_mij", "ontvanger_regel_2")
    theirs = with_rule(BASE, "van_hen", "ontvanger_regel_8")
    merged = merge(PATH, base=BASE, mine=mine, theirs=theirs)
    assert merged.conflicts == ()
    found = rules(merged.content)
    assert (found.index("van_mij"), found.index("van_hen")) == (1, 8)


def test_a_new_rule_gets_a_cell_in_the_column_that_a_colleague_added() -> None:
    mine, theirs = with_column(BASE), with_rule(BASE, "van_hen", "ontvanger_regel_8")
    for sides in ((mine, theirs), (theirs, mine)):
        merged = merge(PATH, base=BASE, mine=sides[0], theirs=sides[1])
        assert merged.conflicts == ()
        assert cells(merged.content, "van_hen") == ['"van_hen"', "-", "-", "-", "-", '"zvh"']
        assert cells(merged.content, "ontvanger_regel_1")[4] == "ja"
        assert dmn.decision_ids(merged.content) == ("ontvanger",)


@pytest.mark.parametrize("prefer", ["mine", "theirs"])
def test_a_column_that_one_removed_and_the_other_used_is_a_conflict(prefer: str) -> None:
    base = with_column(BASE)
    mine = base.replace(b"<text>ja</text>", b"<text>nee</text>")
    merged = merge(PATH, base=base, mine=mine, theirs=BASE, prefer=prefer)  # type: ignore[arg-type]
    [told] = merged.conflicts
    assert told.startswith("Voorwaarde van regel 1, kolom *Vijf*: uw collega heeft dit weggehaald")
    assert len(cells(merged.content, "ontvanger_regel_1")) == (6 if prefer == "mine" else 5)
    assert {len(cells(merged.content, one)) for one in rules(merged.content)} in ({5}, {6})


def test_two_orders_of_the_rules_are_a_conflict() -> None:
    parts = BASE.split(b"      <rule ")
    assert len(parts) == 9
    one = b"      <rule ".join([parts[0], parts[2], parts[1], *parts[3:]])
    other = b"      <rule ".join([*parts[:3], parts[4], parts[3], *parts[5:]])
    merged = merge(PATH, base=BASE, mine=one, theirs=other, prefer="theirs")
    assert merged.conflicts == ("Volgorde in *Ontvanger*: u en uw collega hebben die veranderd.",)
    assert rules(merged.content) == rules(other)
