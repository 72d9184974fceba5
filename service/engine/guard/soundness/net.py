"""A workflow net: where tokens can stand (one bit each) and how they move."""

from dataclasses import dataclass

from service.engine.guard.model import Node
from service.engine.guard.soundness.graph import Arc

Marking = int
"""The places that hold a token, as bits; no place holds two."""


@dataclass(frozen=True, kw_only=True)
class Branch:
    """One way into an inclusive join."""

    place: Marking
    origins: Marking
    """The places from which a token can still come along this way."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Move:
    """Something that can happen: a step is done, a gateway chooses, an event goes off."""

    node: Node
    takes: Marking
    """Needed and taken; for an inclusive join, every way into it."""
    gives: Marking = 0
    arcs: tuple[Arc, ...] = ()
    """The ways that tokens leave along."""
    chosen: bool = False
    """Whether something else could have happened instead."""
    ends_all: bool = False
    """Whether it takes away every other token of the scope."""
    unless: Marking = 0
    """It does not happen while a token stands here: an event that repeats, one round at a time."""
    inclusive: tuple[Branch, ...] = ()
    spawns: tuple[tuple[Marking, Marking], ...] = ()
    """Branches that end by themselves: the first place, and all places that only it leads to.

    In a loop, such a branch begins anew while an earlier round may still be busy; nothing meets,
    so one round at a time tells enough.
    """

    def given(self, left: Marking) -> Marking:
        """What it gives to what it leaves."""
        gives = self.gives
        for first, region in self.spawns:
            if left & region:
                gives &= ~first
        return gives

    def taken(self, marking: Marking) -> Marking:
        """What it takes from a marking; nothing when it cannot happen there."""
        if self.inclusive:
            return self._arrived(marking)
        return self.takes if marking & self.takes == self.takes and not marking & self.unless else 0

    def _arrived(self, marking: Marking) -> Marking:
        """As the standard has it: wait for tokens that can only come along a way without one."""
        arrived = marking & self.takes
        occupied = empty = 0
        for branch in self.inclusive:
            if branch.place & arrived:
                occupied |= branch.origins
            else:
                empty |= branch.origins
        return 0 if marking & ~self.takes & empty & ~occupied else arrived


@dataclass(frozen=True, eq=False, kw_only=True)
class Net:
    """All moves of one scope, by the places that they wait at."""

    begins: dict[Marking, Node]
    """How a case can begin: the first marking, and the start event."""
    moves: list[list[Move]]
    """For each bit the moves that it is the lowest needed place of."""
    joins: list[Move]
    """The inclusive joins; they look at the whole marking."""
    waits: dict[Node, list[tuple[Arc, Marking]]]
    """The parallel joins, with each way in and its place."""
    sends: dict[Node, Marking]
    """Ends with an effect that have several ways in, with the places before them."""
    passed: dict[Arc, list[Node]]
    """The steps along an arc that neither choose nor join: a token walks through them."""
    stands: dict[Node, list[tuple[Arc | None, Marking]]]
    """Where a token in a node can be seen, with the arc it came along where that matters."""
