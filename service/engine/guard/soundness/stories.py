"""How a finding tells, in Dutch, which way a case went."""

from collections.abc import Iterable, Iterator

from service.engine.guard.model import Node
from service.engine.guard.soundness.graph import Arc
from service.engine.guard.soundness.judge import Story
from service.engine.guard.soundness.net import Move

MOST = 12
"""Steps of a way, and names in a list, that are told."""
LONGEST = 40


def named(node: Node) -> str:
    """What a reader sees on the canvas: the name, or else the id."""
    line = " ".join((node.xml.get("name") or node.id).split()) or node.tag
    return f"‘{line if len(line) <= LONGEST else line[: LONGEST - 1] + '…'}’"


def listed(nodes: Iterable[Node]) -> str:
    """Some names, and how many more there are."""
    names = list(dict.fromkeys(map(named, nodes)))
    more = len(names) - MOST
    return ", ".join(names[:MOST]) + (f" en nog {more}" if more > 0 else "")


def sources(arcs: Iterable[Arc]) -> str:
    """The nodes that these ways come from."""
    return listed(arc.source for arc in arcs)


def way(story: Story) -> str:
    """The steps one after the other: ``Weg: ‘Begin’ → ‘Welke?’ → ‘Links’.``"""
    names = list(_without_repeats(map(named, _steps(story))))
    if len(names) > MOST:
        names = [*names[: MOST // 2], "…", *names[-MOST // 2 :]]
    return "Weg: " + " → ".join(names) + "."


def choices(story: Story) -> str:
    """What was chosen on the way; empty when nothing was."""
    made = list(dict.fromkeys(_choice(move) for move in story.moves if move.chosen))
    shown = [choice for choice in made if choice][-MOST // 2 :]
    return f"Zo gaat het mis: {', dan '.join(shown)}." if shown else ""


def last_split(story: Story) -> Node | None:
    """The last place where one token became several."""
    for move in reversed(story.moves):
        if move.gives & (move.gives - 1):
            return move.node
    return None


def _choice(move: Move) -> str:
    if move.node.tag == "boundaryEvent":
        return f"{named(move.node)} gaat af"
    if not move.arcs:
        return ""
    names = " en ".join(_branch(arc) for arc in move.arcs[:MOST])
    return f"bij {named(move.node)} gaat de zaak langs {names}"


def _branch(arc: Arc) -> str:
    name = "" if arc.flow is None else " ".join(arc.flow.xml.get("name", "").split())
    return f"‘{name[:LONGEST]}’" if name else named(arc.target)


def _steps(story: Story) -> Iterator[Node]:
    yield story.begin
    for move in story.moves:
        yield move.node
        for arc in move.arcs:
            yield from story.passed.get(arc, ())


def _without_repeats(names: Iterable[str]) -> Iterator[str]:
    last = ""
    for name in names:
        if name != last:
            yield name
        last = name
