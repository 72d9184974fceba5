"""Random small processes, and a token game on them that is written as plainly as can be."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from hypothesis import strategies as st

from tests.unit.engine.guard import snippets as s

CHOICE, JOIN, TASK, EDGED = "exclusiveGateway", "parallelGateway", "task", "edged task"
Tokens = tuple[str, ...]
"""Arrows, and tasks that a token stands in; sorted."""


@dataclass(frozen=True)
class Process:
    """Nodes by number, 0 the start; arrows go from a number to a number, or to an end (-1, -2).

    An edged task has an interrupting timer; its arrow has the negative number of the task, less
    10, as its source.
    """

    kinds: tuple[str, ...]
    arrows: tuple[tuple[int, int], ...]
    terminates: bool
    """Whether the second end ends everything."""

    def xml(self) -> bytes:
        """The diagram; each choice goes by the variable ``keuze``."""
        ends = {-1: s.END, -2: f'<endEvent id="einde2">{TERMINATE * self.terminates}</endEvent>'}
        used = {target for _, target in self.arrows}
        parts = [s.START, *(end for number, end in ends.items() if number in used)]
        parts += [self._node(number) for number in range(1, len(self.kinds))]
        parts += [self._flow(place) for place in range(len(self.arrows))]
        return s.diagram("".join(parts))

    def out(self, number: int) -> list[int]:
        """The arrows that leave a node."""
        return [place for place, (source, _) in enumerate(self.arrows) if source == number]

    def into(self, number: int) -> list[int]:
        """The arrows that lead to a node."""
        return [place for place, (_, target) in enumerate(self.arrows) if target == number]

    def _node(self, number: int) -> str:
        key, kind = f"n{number}", self.kinds[number]
        if kind in (CHOICE, JOIN):
            choices = self.out(number)
            default = f'default="f{choices[-1]}"' if kind == CHOICE and len(choices) > 1 else ""
            return f'<{kind} id="{key}" {default}/>'
        edge = (
            f'<boundaryEvent id="{key}_rand" attachedToRef="{key}">{s.TIMER}</boundaryEvent>'
            if kind == EDGED
            else ""
        )
        return s.user(key) + edge

    def _flow(self, place: int) -> str:
        source, target = self.arrows[place]
        when = ""
        if source > 0 and self.kinds[source] == CHOICE:
            others = self.out(source)
            when = f"=keuze = {others.index(place)}" if place != others[-1] else ""
        return s.flow(_key(source), _key(target), when=when, key=f"f{place}")


TERMINATE = "<terminateEventDefinition/>"


def _key(number: int) -> str:
    if number <= -10:
        return f"n{-number - 10}_rand"
    return {0: "begin", -1: "einde", -2: "einde2"}.get(number, f"n{number}")


@st.composite
def processes(draw: st.DrawFn, *, loops: bool, edges: bool = True) -> Process:
    """Every node can be reached and can reach an end; nothing else is promised."""
    size = draw(st.integers(2, 7))
    kinds = [CHOICE, JOIN, CHOICE, JOIN, TASK] + [EDGED] * edges
    nodes = ["start", *(draw(st.sampled_from(kinds)) for _ in range(size))]
    arrows = [(0, 1)]
    arrows += [(draw(st.integers(1, number - 1)), number) for number in range(2, size + 1)]
    for _ in range(draw(st.integers(0, 4))):
        source = draw(st.integers(1, size))
        first = 1 if loops else source + 1
        if first <= size and (arrow := (source, draw(st.integers(first, size)))) not in arrows:
            arrows.append(arrow)
    leaving = {source for source, _ in arrows}
    ends = st.sampled_from([-1, -1, -2])
    arrows += [(number, draw(ends)) for number in range(1, size + 1) if number not in leaving]
    for number in range(1, size + 1):
        if nodes[number] == EDGED:
            onward = st.integers(1 if loops else number + 1, size) if number < size else ends
            arrows.append((-number - 10, draw(st.one_of(onward, ends))))
    return Process(tuple(nodes), tuple(arrows), draw(st.booleans()))


@dataclass
class Outcome:
    """What a token game over every order shows."""

    stuck: set[int]
    """The joins that wait in a marking in which nothing can happen."""
    through: set[int]
    """The nodes that a token got through."""
    clash: bool
    """Whether one arrow or task can hold two tokens."""
    endless: bool


def play(process: Process, *, cap: int) -> Outcome:
    """Every marking in which no arrow holds more than ``cap`` tokens."""
    outcome = Outcome(set(), set(), clash=False, endless=False)
    begin: Tokens = ("f0",)
    before: dict[Tokens, set[Tokens]] = {begin: set()}
    todo, good = [begin], [()]
    while todo:
        marking = todo.pop()
        moves = list(_moves(process, marking))
        if marking and not moves:
            outcome.stuck |= {process.arrows[int(token[1:])][1] for token in marking}
            good.append(marking)
        for node, after in moves:
            outcome.through.add(node)
            if max(map(after.count, after), default=0) > 1:
                outcome.clash = True
            if max(map(after.count, after), default=0) > cap:
                good.append(marking)
                continue
            if after not in before:
                before[after] = set()
                todo.append(after)
            before[after].add(marking)
    fine = set(good)
    while good:
        fresh = before.get(good.pop(), set()) - fine
        fine |= fresh
        good += fresh
    outcome.endless = bool(set(before) - fine)
    return outcome


def _moves(process: Process, marking: Tokens) -> Iterator[tuple[int, Tokens]]:
    for token in dict.fromkeys(marking):
        if token.startswith("in"):
            number = int(token[2:])
            yield number, _moved(process, marking, [token], process.out(number))
            yield -number - 10, _moved(process, marking, [token], process.out(-number - 10))
            continue
        number = process.arrows[int(token[1:])][1]
        if number < 0:
            yield number, () if _kills(process, number) else _moved(process, marking, [token], [])
        elif process.kinds[number] == EDGED:
            yield number, tuple(sorted([*_without(marking, [token]), f"in{number}"]))
        elif process.kinds[number] == JOIN:
            needed = [f"f{place}" for place in process.into(number)]
            if token == needed[0] and set(needed) <= set(marking):
                yield number, _moved(process, marking, needed, process.out(number))
        elif process.kinds[number] == CHOICE:
            for place in process.out(number):
                yield number, _moved(process, marking, [token], [place])
        else:
            yield number, _moved(process, marking, [token], process.out(number))


def _moved(process: Process, marking: Tokens, takes: list[str], gives: list[int]) -> Tokens:
    kept = (f"f{place}" for place in gives if not _leaves(process, place))
    return tuple(sorted(chain(_without(marking, takes), kept)))


def _leaves(process: Process, place: int) -> bool:
    """An end without effect takes a token at once, but not behind something that joins ways."""
    source, target = process.arrows[place]
    merges = source > 0 and process.kinds[source] != JOIN and len(process.into(source)) > 1
    return target < 0 and not _kills(process, target) and not merges


def _kills(process: Process, number: int) -> bool:
    return number == -2 and process.terminates


def _without(marking: Tokens, takes: list[str]) -> list[str]:
    left = list(marking)
    for token in takes:
        left.remove(token)
    return left
