"""Whatever two people do to a diagram, what comes out is a diagram."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.xml import read_xml
from service.operations.comparing import merge
from service.operations.comparing.kinds import KINDS
from service.operations.comparing.tree import Key
from tests.unit.operations.comparing.edits import PATH, Edit, dangling, doubled, edited
from tests.unit.operations.comparing.edits_at_random import BASE, edits


def parts(content: bytes) -> Mapping[Key, object]:
    """What a diagram says, whatever its layout."""
    return KINDS["diagram"].read(content, file=PATH).nodes


@settings(max_examples=50)
@given(mine=edits("mine"), theirs=edits("theirs"), prefer=st.sampled_from(["mine", "theirs", None]))
def test_two_edits_make_a_diagram_in_which_nothing_dangles(
    mine: list[Edit], theirs: list[Edit], prefer: str | None
) -> None:
    sides = {"mine": edited(BASE, *mine), "theirs": edited(BASE, *theirs)}
    merged = merge(PATH, base=BASE, prefer=prefer, **sides)  # type: ignore[arg-type]
    read_xml(merged.content, file=PATH)
    assert dangling(merged.content) == []
    assert doubled(merged.content) == []


@settings(max_examples=25)
@given(mine=edits("mine"), theirs=edits("theirs"))
def test_without_conflicts_it_does_not_matter_who_was_first(
    mine: list[Edit], theirs: list[Edit]
) -> None:
    one, other = edited(BASE, *mine), edited(BASE, *theirs)
    merged = merge(PATH, base=BASE, mine=one, theirs=other)
    turned = merge(PATH, base=BASE, mine=other, theirs=one)
    assert bool(merged.conflicts) == bool(turned.conflicts)
    if not merged.conflicts:
        assert parts(merged.content) == parts(turned.content)


@settings(max_examples=15)
@given(mine=edits("mine"))
def test_what_one_did_alone_is_what_comes_out(mine: list[Edit]) -> None:
    content = edited(BASE, *mine)
    for sides in ({"mine": content, "theirs": BASE}, {"mine": BASE, "theirs": content}):
        merged = merge(PATH, base=BASE, **sides)
        assert merged.content == content
        assert merged.conflicts == ()


@settings(max_examples=15)
@given(mine=edits("mine"))
def test_two_who_did_the_same_have_no_conflict(mine: list[Edit]) -> None:
    content = edited(BASE, *mine)
    merged = merge(PATH, base=BASE, mine=content, theirs=content + b"\n")
    assert parts(merged.content) == parts(content)
    assert merged.conflicts == ()


@pytest.mark.parametrize("prefer", ["mine", "theirs"])
@settings(max_examples=25)
@given(mine=edits("mine"), theirs=edits("theirs"))
def test_the_preferred_change_is_there_where_they_clash(
    prefer: str, mine: list[Edit], theirs: list[Edit]
) -> None:
    sides = {"mine": edited(BASE, *mine), "theirs": edited(BASE, *theirs)}
    merged = parts(merge(PATH, base=BASE, prefer=prefer, **sides).content)  # type: ignore[arg-type]
    before, chosen = parts(BASE), parts(sides[prefer])
    lost = [key for key in chosen if key not in before and key not in merged]
    assert lost == []
