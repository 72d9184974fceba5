"""Data flow: what a step reads, some step before it has written."""

from collections.abc import Iterator
from difflib import get_close_matches

from service.engine.guard.dataflow.order import Order
from service.engine.guard.dataflow.reads import Names, Read, reads
from service.engine.guard.dataflow.writes import Write, given, local_names, writes
from service.engine.guard.known import Known
from service.engine.guard.model import Diagram, Node, Scope
from service.engine.guard.registry import Remark, Remarks, says, warning
from service.engine.guard.soundness.stories import listed
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import zeebe_child

MOST_PAIRS = 300_000
"""Readers and writers of one file that are compared; beyond it nothing more is said."""
MOST_GUESSES = 20
"""Findings of one process that get a suggestion, and the names among which it is sought."""
LARGEST_POOL = 500
_DECISION = "calledDecision decisionId"


@warning(
    {
        "variable-never-written": "a variable or entry that nothing before it in the process fills",
        "variable-written-later": "a variable that is only filled after every way to its reader",
    }
)
def unwritten(diagram: Diagram, known: Known) -> Remarks:
    """An expression reads null there, whatever anybody fills in.

    Silent where something is not known: a form, an input, what a handler or a message brings.
    """
    if known.inputs is None:
        return
    reading = list(_everything_read(diagram, known))
    order, pairs = Order(diagram), 0
    for scope in diagram.scopes:
        if scope.parent is not None or scope.xml.get("id") not in known.inputs:
            continue
        process = _Process(scope, diagram, known, order)
        seen: set[tuple[Node, Names]] = set()
        for read in reading:
            if not process.holds(read.node) or (read.node, read.path) in seen:
                continue
            seen.add((read.node, read.path))
            pairs += len(process.writes)
            if pairs > MOST_PAIRS:
                return
            yield from process.remarks(read)


class _Process:
    """One process of the file, with everything inside it."""

    def __init__(self, scope: Scope, diagram: Diagram, known: Known, order: Order) -> None:
        self.order = order
        self.nodes = [n for n in diagram.nodes if scope in set(n.scope.outwards())]
        self.writes = [
            *given(scope.xml.get("id", ""), known),
            *(write for node in self.nodes for write in writes(node, known)),
        ]
        self._inside = set(self.nodes)
        self._locals: dict[Node, set[str]] = {}
        self._guesses = MOST_GUESSES

    def holds(self, node: Node) -> bool:
        return node in self._inside

    def remarks(self, read: Read) -> Iterator[Remark]:
        if read.path[0] in self._visible(read):
            return
        fitting = [write for write in self.writes if write.covers(read.path)]
        if any(self._before(write, read) for write in fitting):
            return
        if fitting:
            yield _later(read, [write.node for write in fitting if write.node is not None])
        else:
            yield _never(read, self._guess(read.path))

    def _before(self, write: Write, read: Read) -> bool:
        if write.node is None or (read.late and write.node is read.node):
            return True
        return self.order.may_come_before(write.node, read.node)

    def _visible(self, read: Read) -> set[str]:
        """The names that only exist in the step itself, or in what it stands in or on."""
        names = local_names(read.node, read.element)
        for holder in self.order.holders(read.node.scope):
            if holder not in self._locals:
                self._locals[holder] = local_names(holder)
            names |= self._locals[holder]
        if host := read.node.xml.get("attachedToRef"):
            names.update(*(local_names(n) for n in read.node.scope.nodes if n.id == host))
        return names

    def _guess(self, path: Names) -> str:
        if not self._guesses:
            return ""
        self._guesses -= 1
        names = {".".join(write.path[: len(path)])[:100] for write in self.writes[:LARGEST_POOL]}
        pool = sorted(names)
        found = get_close_matches(".".join(path)[:100], pool, n=1, cutoff=0.75)
        return found[0] if found else ""


def _everything_read(diagram: Diagram, known: Known) -> Iterator[Read]:
    yield from reads(diagram)
    for node in diagram.tagged("businessRuleTask"):
        called = zeebe_child(node.xml, "calledDecision")
        key = "" if called is None else called.get("decisionId", "")
        for name in sorted((known.decision_inputs or {}).get(key, ())):
            text = f"beslissing {key}"
            path = tuple(name.split("."))
            yield Read(node=node, element=node.xml, text=text, path=path, setting=_DECISION)


def _never(read: Read, guess: str) -> Remark:
    name = ".".join(read.path)
    meant = f" Bedoelt u {quoted(guess)}?" if guess and guess != name else ""
    return says(
        "variable-never-written",
        read.element,
        f"leest {quoted(name)} (in {quoted(read.text)}), maar niets in dit proces vult dat: geen "
        "formulier, berekening, beslissing of aanroep. Het is hier altijd leeg.",
        f"Kijk de naam na, of vul het gegeven in een eerdere stap.{meant}",
        at=read.setting,
    )


def _later(read: Read, writers: list[Node]) -> Remark:
    return says(
        "variable-written-later",
        read.element,
        f"leest {quoted('.'.join(read.path))} (in {quoted(read.text)}), maar dat wordt pas later "
        f"gevuld, in {listed(writers)}. Geen enkele weg hierheen komt daarlangs.",
        "Zet de stap die het gegeven vult eerder, of gebruik een ander gegeven.",
        at=read.setting,
    )
