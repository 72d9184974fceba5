"""The syntax tree of FEEL: frozen nodes that compare by meaning, not by position."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class TypeRef:
    """A type as written after ``instance of`` or a parameter."""

    name: str
    """``number``, ``list``, ``context``, ``function``, ``range`` or a name from elsewhere."""
    arguments: tuple["TypeRef", ...] = ()
    fields: tuple[tuple[str, "TypeRef"], ...] = ()
    """Only for ``context<name: type>``."""
    result: "TypeRef | None" = None
    """Only for ``function<type> -> type``."""


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of an expression; ``at`` is its offset in the source."""

    at: int = field(default=0, compare=False, kw_only=True)

    def children(self) -> tuple["Node", ...]:
        """The nodes directly below, in source order."""
        return ()


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """``null``, ``true``, ``1.5`` or ``"text"``."""

    value: bool | Decimal | str | None


@dataclass(frozen=True, slots=True)
class AtLiteral(Node):
    """``@"2026-01-31"``: a date, time, date and time or duration."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable, parameter or function, with its white space made single spaces."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """``source.name``."""

    source: Node
    name: str

    def children(self) -> tuple[Node, ...]:
        return (self.source,)


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """``source[condition]``."""

    source: Node
    condition: Node

    def children(self) -> tuple[Node, ...]:
        return (self.source, self.condition)


@dataclass(frozen=True, slots=True)
class Call(Node):
    """``function(arguments)``; ``names`` is empty or holds one name per argument."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()

    def children(self) -> tuple[Node, ...]:
        return (self.function, *self.arguments)


@dataclass(frozen=True, slots=True)
class Negate(Node):
    """``-operand``."""

    operand: Node

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """``first + a - b …`` or ``first * a / b …`` or ``first ** a ** b``, from left to right.

    One node for the whole chain, so that a long sum is not a deep tree.
    """

    first: Node
    rest: tuple[tuple[str, Node], ...]

    def children(self) -> tuple[Node, ...]:
        return (self.first, *(operand for _, operand in self.rest))


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """``a and b and …`` or ``a or b or …``."""

    word: str
    operands: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.operands


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """``left op right`` with ``= != < <= > >=``."""

    sign: str
    left: Node
    right: Node

    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Between(Node):
    """``value between low and high``."""

    value: Node
    low: Node
    high: Node

    def children(self) -> tuple[Node, ...]:
        return (self.value, self.low, self.high)


@dataclass(frozen=True, slots=True)
class Test(Node):
    """``< operand``: a comparison that still waits for its left side."""

    __test__ = False  # not a test case for pytest
    sign: str
    operand: Node

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class In(Node):
    """``value in test`` or ``value in (test, test)``."""

    value: Node
    tests: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return (self.value, *self.tests)


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """``value instance of type``."""

    value: Node
    type: TypeRef

    def children(self) -> tuple[Node, ...]:
        return (self.value,)


@dataclass(frozen=True, slots=True)
class If(Node):
    """``if condition then yes else no``."""

    condition: Node
    yes: Node
    no: Node

    def children(self) -> tuple[Node, ...]:
        return (self.condition, self.yes, self.no)


@dataclass(frozen=True, slots=True)
class Each(Node):
    """``name in source`` or ``name in source..end``, one part of a loop."""

    name: str
    source: Node
    end: Node | None = None

    def children(self) -> tuple[Node, ...]:
        return (self.source,) if self.end is None else (self.source, self.end)


@dataclass(frozen=True, slots=True)
class For(Node):
    """``for each, each return result``."""

    loops: tuple[Each, ...]
    result: Node

    def children(self) -> tuple[Node, ...]:
        return (*self.loops, self.result)


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """``some|every each, each satisfies condition``."""

    word: str
    loops: tuple[Each, ...]
    condition: Node

    def children(self) -> tuple[Node, ...]:
        return (*self.loops, self.condition)


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """``[a, b]``."""

    items: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    """``{key: value}``; an entry sees the entries before it."""

    entries: tuple[tuple[str, Node], ...]

    def children(self) -> tuple[Node, ...]:
        return tuple(value for _, value in self.entries)


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    """``[low..high]`` with open or closed ends."""

    low: Node
    high: Node
    low_included: bool
    high_included: bool

    def children(self) -> tuple[Node, ...]:
        return (self.low, self.high)


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    """``function(a: number, b) body``."""

    parameters: tuple[tuple[str, TypeRef | None], ...]
    body: Node
    external: bool = False

    def children(self) -> tuple[Node, ...]:
        return (self.body,)


@dataclass(frozen=True, slots=True)
class UnaryTestsOf(Node):
    """The cell of a decision table; no tests at all means ``-``."""

    tests: tuple[Node, ...]
    negated: bool = False

    def children(self) -> tuple[Node, ...]:
        return self.tests


def walk(root: Node) -> Iterator[tuple[Node, int]]:
    """Every node below and including ``root`` with its depth (from 1), without recursion."""
    waiting = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting += [(child, depth + 1) for child in node.children()]
