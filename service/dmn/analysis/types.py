"""What is declared about a column: the kind of its values, and which of them are allowed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from service.dmn.analysis.constants import constants_of
from service.dmn.compiling import Compiling
from service.dmn.model import InputColumn, ItemType
from service.dmn.types import ANY, PRIMITIVES, DmnType, TypeBook, primitive_name

_SAMPLES: Mapping[str, Any] = {"number": Decimal(0), "boolean": True}
_SIMPLE = frozenset(PRIMITIVES) - {"context", "list", "function", "range"}


@dataclass(frozen=True, kw_only=True)
class Declared:
    """The type that a column was given."""

    type: DmnType
    kind: str | None
    """``number``, ``string`` …; nothing when it is no simple type."""
    allowed: tuple[str, ...] = ()
    """The unary tests of its allowed values."""

    def accepts(self, value: Any) -> bool:
        """Whether the column may have this value; null always."""
        return value is None or self.type.accepts(value)

    @property
    def sample(self) -> Any:
        """A value of its kind, for a column of which the cells name none."""
        return _SAMPLES.get(self.kind or "")


def column_type(column: InputColumn, compiling: Compiling) -> Declared:
    """The type of the input expression, or of the input or decision that it names."""
    ref = column.type_ref
    if ref is None or primitive_name(ref) == "Any":
        ref = _type_of_path(column.expression.text, compiling) or ref
    return declared_type(ref, compiling)


def declared_type(ref: str | None, compiling: Compiling) -> Declared:
    """The type called ``ref``; one that nobody knows accepts everything."""
    found = compiling.types.find(ref) if ref else None
    if found is None or ref is None or found is ANY:
        return Declared(type=ANY, kind=None)
    chain = [*_chain(ref, compiling.types)]
    last = chain[-1].type_ref if chain else ref
    kind = primitive_name(last) if last and not any(item.collection for item in chain) else None
    return Declared(
        type=found,
        kind=kind if kind in _SIMPLE else None,
        allowed=tuple(
            cell.text
            for item in chain
            for cell in (item.allowed, item.constraint)
            if cell is not None and cell.text
        ),
    )


def values_named_by(declared: Declared) -> list[Any]:
    """The values at which what is allowed changes, and one of the declared kind."""
    named = [value for text in declared.allowed for value in constants_of(text) or ()]
    return named if declared.sample is None else [*named, declared.sample]


def _chain(ref: str, book: TypeBook) -> Iterator[ItemType]:
    """The item definition called ``ref`` and those it rests on, of imported models too."""
    seen: set[int] = set()
    found = book.definition(ref)
    while found is not None and id(found[0]) not in seen:
        item, book = found
        seen.add(id(item))
        yield item
        found = book.definition(item.type_ref) if item.type_ref else None


def _type_of_path(text: str, compiling: Compiling) -> str | None:
    """The declared type of ``input`` or ``input.part.part``."""
    first, *rest = text.split(".")
    nodes = compiling.model.nodes.values()
    ref = next((node.type_ref for node in nodes if node.name == first.strip()), None)
    items = {item.name: item for item in compiling.model.types}
    parts: tuple[ItemType, ...] | None = None
    for step in rest:
        if parts is None:
            item = items.get(ref or "")
            parts = item.components if item is not None and not item.collection else ()
        part = next((one for one in parts if one.name == step.strip()), None)
        if part is None or part.collection:
            return None
        ref, parts = part.type_ref, part.components or None
    return ref
