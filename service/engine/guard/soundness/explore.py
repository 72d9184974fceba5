"""The token game: every marking that a net can get to, within a budget of moves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from service.engine.guard.soundness.net import Marking, Move, Net

_Next = Callable[[Net, Marking], Iterator[tuple[Move, Marking]]]

MOST_MARKINGS = 20_000
MOST_MOVES = 100_000
"""For one file; counted, not timed, so that the same file always gives the same findings."""
WIDE = 2000
"""Places in a net for which a move costs one more: longer markings take longer."""


@dataclass(kw_only=True)
class Budget:
    """What may still be looked at."""

    markings: int = MOST_MARKINGS
    moves: int = MOST_MOVES

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self.markings <= 0 or self.moves <= 0

    def half(self) -> "Budget":
        """Takes half of what is left, for a first attempt."""
        share = Budget(markings=self.markings // 2, moves=self.moves // 2)
        self.markings -= share.markings
        self.moves -= share.moves
        return share


@dataclass(kw_only=True)
class Found:
    """What became of a net."""

    came_by: dict[Marking, tuple[Marking, Move] | None]
    """For each marking how it was first reached; None for a beginning."""
    stuck: list[Marking] = field(default_factory=list)
    """Tokens are left and nothing can happen."""
    doubled: list[tuple[Marking, Move]] = field(default_factory=list)
    """The move would put a second token on a place; it was not followed further."""
    happened: set[Move] = field(default_factory=set)
    before: dict[Marking, list[Marking]] = field(default_factory=dict)
    """For each marking those that lead to it."""
    whole: bool = True
    """Whether every marking was seen."""

    def story(self, marking: Marking) -> list[Move]:
        """The moves from the beginning, by a shortest way."""
        moves: list[Move] = []
        step = self.came_by[marking]
        while step is not None:
            marking, move = step
            moves.append(move)
            step = self.came_by[marking]
        return moves[::-1]

    def beginning(self, marking: Marking) -> Marking:
        """The first marking of that story."""
        while (step := self.came_by[marking]) is not None:
            marking = step[0]
        return marking

    def endless(self) -> Marking | None:
        """A marking from which tokens go round for ever; the first one found."""
        good = [0, *self.stuck, *(marking for marking, _ in self.doubled)]
        fine, todo = set(good), good
        while todo:
            fresh = [mark for mark in self.before.get(todo.pop(), ()) if mark not in fine]
            fine.update(fresh)
            todo += fresh
        return next((marking for marking in self.came_by if marking not in fine), None)


def explore(net: Net, budget: Budget) -> Found:
    """Every marking in every order, breadth first."""
    return _play(net, budget, possible)


def explore_one_order(net: Net, budget: Budget) -> Found:
    """One order of what is independent: finds every way to get stuck, not every meeting.

    Moves that need the same place form a cluster, and moves of one cluster all need exactly that
    place (or are one parallel join), so following one cluster at a time loses no stuck marking.
    Not for nets with inclusive joins; repeating events are left out.
    """
    return _play(net, budget, _one_cluster)


def possible(net: Net, marking: Marking) -> Iterator[tuple[Move, Marking]]:
    """The moves that can happen in a marking, with what each takes."""
    rest = marking
    while rest:
        bit = rest & -rest
        rest ^= bit
        for move in net.moves[bit.bit_length() - 1]:
            if taken := move.taken(marking):
                yield move, taken
    for move in net.joins:
        if taken := move.taken(marking):
            yield move, taken


def _one_cluster(net: Net, marking: Marking) -> Iterator[tuple[Move, Marking]]:
    rest = marking
    while rest:
        bit = rest & -rest
        rest ^= bit
        moves = [m for m in net.moves[bit.bit_length() - 1] if not m.gives & m.takes]
        found = [(move, taken) for move in moves if (taken := move.taken(marking))]
        if found:
            yield from found
            return


def _play(net: Net, budget: Budget, next_moves: _Next) -> Found:
    found = Found(came_by=dict.fromkeys(net.begins))
    price = 1 + len(net.moves) // WIDE
    todo = list(net.begins)
    for marking in todo:
        if budget.spent:
            found.whole = False
            break
        budget.markings -= 1
        stuck = bool(marking)
        for move, taken in next_moves(net, marking):
            stuck = False
            budget.moves -= price
            found.happened.add(move)
            left = marking & ~taken
            gives = move.given(left)
            if left & gives and not move.ends_all:
                found.doubled.append((marking, move))
                continue
            after = 0 if move.ends_all else left | gives
            found.before.setdefault(after, []).append(marking)
            if after not in found.came_by:
                found.came_by[after] = (marking, move)
                todo.append(after)
        if stuck:
            found.stuck.append(marking)
    return found
