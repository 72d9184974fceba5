"""What an expression reads from outside: paths such as ``triage.urgentie``."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from service.domain.errors import ExpressionError
from service.engine.guard.model import Diagram, Node
from service.engine.guard.rules.expressions import Place, places
from service.engine.guard.xmlnames import is_bpmn
from service.feel import compile_expression
from service.feel.functions import BUILT_INS
from service.feel.nodes import Call, ContextOf, Filter, For, FunctionOf, Name, Path, Quantified
from service.feel.nodes import Node as Tree

Names = tuple[str, ...]
"""A path, name by name."""
_INSIDE = frozenset({"output source", "loopCharacteristics outputElement", "completionCondition"})
"""What is read inside a step, where results are that the guard cannot know."""
_OPEN_INSIDE = frozenset({"userTask", "scriptTask", "businessRuleTask", "manualTask", "task"})
"""Steps inside which only known things are written."""
_NEVER = frozenset({"?", "item", "partial", "gemeente"})


@dataclass(frozen=True, kw_only=True)
class Read:
    """One path that is read at a node."""

    node: Node
    element: etree._Element
    """What says so: the node, something in it, or an arrow that leaves it."""
    text: str
    """The expression."""
    path: Names
    setting: str
    """What the file calls the setting that reads it (``panel.FIELDS``)."""
    late: bool = False
    """Whether it is read when the node is done: its own results are there."""


def reads(diagram: Diagram) -> Iterator[Read]:
    """Everything that expressions read, where it is plain what they mean."""
    at = {node.xml: node for node in diagram.nodes}
    at |= {flow.xml: flow.source for flow in diagram.flows if flow.source is not None}
    for place in places(diagram):
        if not place.text.startswith("="):
            continue
        for node in _readers(diagram, place, at):
            inside = place.name in _INSIDE
            if inside and node.tag not in _OPEN_INSIDE:
                continue
            late = inside or place.element.tag.endswith("}conditionExpression")
            for path in paths_of(place.text[1:]):
                yield Read(
                    node=node,
                    element=place.element,
                    text=place.text,
                    path=path,
                    setting=place.name,
                    late=late,
                )


def paths_of(source: str) -> list[Names]:
    """The paths that an expression reads, sorted; empty when it is no FEEL.

    Left out is what may mean something else: names inside a filter (which may be entries of the
    items) and names that some part of the expression binds itself.
    """
    try:
        compiled = compile_expression(source)
    except ExpressionError:
        return []
    found: set[Names] = set()
    bound: set[str] = set()
    waiting: list[Tree] = [compiled.tree]
    while waiting:
        node = waiting.pop()
        bound.update(_binds(node))
        if path := _path(node):
            found.add(path)
        elif isinstance(node, Filter):
            waiting.append(node.source)
        elif isinstance(node, Call) and isinstance(node.function, Name):
            waiting += node.arguments
        else:
            waiting += node.children()
    return sorted(path for path in found if _counts(path[0], compiled.names, bound))


def _counts(name: str, free: frozenset[str], bound: set[str]) -> bool:
    known = name in _NEVER or name in BUILT_INS or name in bound
    return name in free and name.isidentifier() and not known


def _path(node: Tree) -> Names:
    names: list[str] = []
    while isinstance(node, Path):
        names.append(node.name)
        node = node.source
    return (node.name, *reversed(names)) if isinstance(node, Name) else ()


def _binds(node: Tree) -> Iterator[str]:
    match node:
        case FunctionOf():
            yield from (name for name, _ in node.parameters)
        case For() | Quantified():
            yield from (loop.name for loop in node.loops)
        case ContextOf():
            yield from (key for key, _ in node.entries)


def _readers(diagram: Diagram, place: Place, nodes: dict[etree._Element, Node]) -> Iterator[Node]:
    """The nodes at which an expression is evaluated."""
    for around in (place.element, *place.element.iterancestors()):
        if around in nodes:
            yield nodes[around]
            return
        if is_bpmn(around, "message"):
            yield from _users(diagram, around.get("id"))
            return


def _users(diagram: Diagram, message: str | None) -> Iterator[Node]:
    """The events that wait for a message or send it; a start has no variables to read yet."""
    for node in diagram.nodes:
        named = [node.xml.get("messageRef"), *(d.get("messageRef") for d in node.definitions)]
        if message and message in named and node.tag != "startEvent":
            yield node
