"""What a DMN file says, as plain frozen values; nothing here is compiled or evaluated yet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True)
class Box:
    """One boxed expression; ``element_id`` and ``line`` lead a reader back to the file."""

    element_id: str | None = None
    line: int | None = None
    type_ref: str | None = None


@dataclass(frozen=True, kw_only=True)
class LiteralBox(Box):
    """A FEEL expression; an empty ``text`` stands for null."""

    text: str = ""
    language: str | None = None
    """Only set when it is not FEEL: such an expression cannot be evaluated here."""


@dataclass(frozen=True, kw_only=True)
class ContextBox(Box):
    """Named entries; an entry without a name is the result of the whole."""

    entries: tuple["NamedBox", ...]


@dataclass(frozen=True, kw_only=True)
class NamedBox:
    """A context entry, a binding or a parameter with its value (``None``: absent)."""

    name: str | None
    type_ref: str | None
    box: Box | None


@dataclass(frozen=True, kw_only=True)
class InvocationBox(Box):
    """A call of a function by the names of its parameters."""

    function: Box | None
    bindings: tuple[NamedBox, ...]


@dataclass(frozen=True, kw_only=True)
class ListBox(Box):
    """A list of expressions."""

    items: tuple[Box, ...]


@dataclass(frozen=True, kw_only=True)
class RelationBox(Box):
    """A table of expressions: a list of contexts with the same entries."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Box, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A formal parameter of a function."""

    name: str
    type_ref: str | None = None


@dataclass(frozen=True, kw_only=True)
class FunctionBox(Box):
    """A function definition; any ``kind`` but ``FEEL`` is external and never called."""

    kind: str
    parameters: tuple[Parameter, ...]
    body: Box | None


@dataclass(frozen=True, kw_only=True)
class ConditionalBox(Box):
    """If, then, else."""

    condition: Box | None
    then: Box | None
    otherwise: Box | None


@dataclass(frozen=True, kw_only=True)
class IterationBox(Box):
    """``for``, ``some`` or ``every`` item of a list."""

    kind: str
    variable: str
    items: Box | None
    each: Box | None
    """What is returned (``for``) or must hold (``some``, ``every``)."""


@dataclass(frozen=True, kw_only=True)
class FilterBox(Box):
    """The items of a list for which a condition holds."""

    items: Box | None
    match: Box | None


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Unary tests or an expression of a table: its text and where it stands."""

    text: str
    element_id: str | None
    line: int | None
    language: str | None = None
    """Only set when it is not FEEL: such a cell cannot be evaluated here."""


@dataclass(frozen=True, kw_only=True)
class InputColumn:
    """An input clause: what is tested, and the values it may have."""

    expression: Cell
    allowed: Cell | None
    element_id: str | None
    label: str
    type_ref: str | None = None


@dataclass(frozen=True, kw_only=True)
class OutputColumn:
    """An output clause: its name (when there are several), allowed values and default."""

    name: str | None
    allowed: Cell | None
    default: Cell | None
    element_id: str | None
    type_ref: str | None = None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row of a decision table."""

    id: str
    """The rule's own id, or ``rij-3`` for the third row when it has none."""
    tests: tuple[Cell, ...]
    outputs: tuple[Cell, ...]
    line: int | None


@dataclass(frozen=True, kw_only=True)
class TableBox(Box):
    """A decision table."""

    hit_policy: str
    """As written, in capitals: ``UNIQUE`` when absent."""
    aggregation: str | None
    inputs: tuple[InputColumn, ...]
    outputs: tuple[OutputColumn, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class Node:
    """An element of the requirements graph."""

    id: str
    name: str
    type_ref: str | None = None
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class InputNode(Node):
    """Input data: a value that comes with the case."""


@dataclass(frozen=True, kw_only=True)
class DecisionNode(Node):
    """A decision with its logic and the ids (``href``) of what it requires."""

    box: Box | None
    requires: tuple[str, ...] = ()
    question: str = ""


@dataclass(frozen=True, kw_only=True)
class KnowledgeNode(Node):
    """A business knowledge model: a named function."""

    function: FunctionBox | None
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DecisionServiceNode(Node):
    """A part of the graph that is called as a function, with the hrefs of its members."""

    outputs: tuple[str, ...]
    input_decisions: tuple[str, ...]
    input_data: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ItemType:
    """An item definition, or a component of one."""

    name: str
    type_ref: str | None
    collection: bool
    allowed: Cell | None
    components: tuple["ItemType", ...] = ()
    returns: str | None = None
    """The result type of a function type."""
    constraint: Cell | None = None
    """Unary tests for the value as a whole, where ``allowed`` tests each item of a collection."""


@dataclass(frozen=True, kw_only=True)
class Import:
    """A reference to another model; its elements are read as ``name.element``."""

    name: str
    namespace: str


@dataclass(frozen=True, kw_only=True)
class Model:
    """One DMN file."""

    file: str
    name: str
    namespace: str
    nodes: Mapping[str, Node] = field(default_factory=lambda: MappingProxyType({}))
    """By id, in document order."""
    types: tuple[ItemType, ...] = ()
    imports: tuple[Import, ...] = ()

    def names(self) -> Iterator[str]:
        """The name of every element, and of every component of every type."""
        yield from (node.name for node in self.nodes.values())
        for item in self.types:
            yield from _component_names(item)


def _component_names(item: ItemType) -> Iterator[str]:
    for part in item.components:
        yield part.name
        yield from _component_names(part)
