"""Edits of a diagram at random, in so small a part of it that two people often want the same."""

from hypothesis import strategies as st

from tests.unit.operations.comparing.edits import PATH, ROOT, Drawing, Edit

BASE = (ROOT / PATH).read_bytes()
_WHOLE = Drawing(BASE)
STEPS, LANES = ("verrijken", "advies_vragen", "advies_geven"), _WHOLE.lanes()
FLOWS = [flow for flow in _WHOLE.flows() if any(step in flow for step in STEPS)]


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
