"""Whole random processes, each told by its seed."""

from random import Random

from tests.unit.engine import blocks, event_blocks, step_blocks
from tests.unit.engine import diagrams as d
from tests.unit.engine.block_drawing import Drawing, event

LEAVES = [*blocks.LEAVES, *step_blocks.LEAVES]
COMPOUND = [*blocks.COMPOUND, *step_blocks.COMPOUND, *event_blocks.COMPOUND]


def drawn(seed: int) -> tuple[bytes, Drawing]:
    """The process of a seed, and what it promises."""
    random = Random(seed)  # noqa: S311 - a test must be able to run again
    into = Drawing(random=random, budget=random.randint(2, 9), leaves=LEAVES, compound=COMPOUND)
    first, last = blocks.block(into, 1, 0)
    if random.random() < 0.25:  # Something listens as long as the case lasts.
        into.add(d.handler(into.key("opvang"), event(into), interrupting=False))
    body = d.START + d.END + "".join(into.body) + d.chain("begin", first) + d.chain(last, "einde")
    return d.bpmn(body, "".join(into.extra)), into
