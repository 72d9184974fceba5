"""Whatever two people do to a diagram, what comes out is a diagram."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.xml import read_xml
from service.operations.comparing import merge
from service.operations.comparing.kinds import KINDS
from service.operations.comparing.tree import Key
from tests.unit.operations.comparing.edits import (
    PATH,
    ROOT,
    Drawing,
    Edit,
    dangling,
    doubled,
    edited,
)

BASE = (ROOT / PATH).read_bytes()
WHOLE = Drawing(BASE)
STEPS, LANES = ("verrijken", "advies_vragen", "advies_geven"), WHOLE.lanes()
FLOWS = [flow for flow in WHOLE.flows() if any(step in flow for step in STEPS)]
"""So few that two people often want the same."""


def parts(content: bytes) -> Mapping[Key, object]:
    """What a diagram says, whatever its layout."""
    return KINDS["diagram"].read(content, file=PATH).nodes


@st.composite
def edits(draw: st.DrawFn, who: str) -> list[Edit]:
    """Up to five things that one person does, one after the other."""
    return [draw(edit(who, number)) for number in range(draw(st.integers(1, 5)))]


@st.composite
def edit(draw: st.DrawFn, who: str, number: int) -> Edit:
    step, other = draw(st.sampled_from(STEPS)), draw(st.sampled_from(STEPS))
    flow, lane = draw(st.sampled_from(FLOWS)), draw(st.sampled_from(LANES))
    text = draw(st.sampled_from(["Bellen", "Opzoeken", "Nagaan"]))
    choices: list[Edit] = [
        lambda d: d.rename(step, text),
        lambda d: d.move(step, 10 if who == "mine" else 20),
        lambda d: d.set_term(step, f'=na_normtijd(now(), "{len(text)}wd")'),
        lambda d: d.set_condition(flow, f'=x = "{text}"'),
        lambda d: d.to_lane(step, lane),
        lambda d: d.connect(step, other, f"{who}_pijl_{number}"),
        lambda d: d.add_step(f"{who}_stap_{number}", text, step),
        lambda d: d.remove(step),
        lambda d: d.remove(flow),
    ]
    chosen = draw(st.sampled_from(choices))

    def careful(drawing: Drawing) -> None:
        there = {*drawing.steps(), *drawing.flows()}
        if {step, other, flow} <= there:
            chosen(drawing)

    return careful


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
