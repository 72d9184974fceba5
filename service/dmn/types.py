"""Item definitions: does a value have the declared type, and can it be read as one."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import Any

from service.dmn.model import Cell, ItemType
from service.feel.values import kind

Check = Callable[[Any], bool]
"""Whether a value that is not null has a type."""


@dataclass(frozen=True, kw_only=True)
class DmnType:
    """A type that values can be held against; null belongs to every type."""

    name: str
    accepts: Check
    collection: bool = False

    def coerce(self, value: Any) -> tuple[bool, Any]:
        """Whether ``value`` can be read as this type, and the value to read.

        A list of one is read as its item where no list is asked, a date as its midnight (UTC)
        where a date and time is asked; anything else that does not fit becomes null.
        """
        if value is None or self.accepts(value):
            return True, value
        if isinstance(value, list) and len(value) == 1 and not self.collection:
            return self.coerce(value[0]) if not isinstance(value[0], list) else (False, None)
        if self.name == "date and time" and type(value) is date:
            return True, datetime.combine(value, time(), UTC)
        return False, None


def _everything(_value: Any) -> bool:
    return True


ANY = DmnType(name="Any", accepts=_everything, collection=True)


def _of_kind(name: str) -> Check:
    return lambda value: kind(value) == name


PRIMITIVES: Mapping[str, Check] = MappingProxyType(
    {
        name: _of_kind(name)
        for name in (
            "string",
            "number",
            "boolean",
            "date",
            "time",
            "date and time",
            "days and time duration",
            "years and months duration",
            "context",
            "list",
            "function",
            "range",
        )
    }
)
_ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "dateTime": "date and time",
        "datetime": "date and time",
        "dayTimeDuration": "days and time duration",
        "yearMonthDuration": "years and months duration",
        "integer": "number",
        "long": "number",
        "double": "number",
    }
)


def primitive_name(ref: str) -> str:
    """The name that FEEL has for the simple type ``ref``; any other name as it is."""
    name = ref.removeprefix("feel:").strip()
    return _ALIASES.get(name, name)


class TypeBook:
    """The types of one model (and of the models it imports) by name, each made once."""

    def __init__(
        self,
        items: Iterable[ItemType],
        *,
        allowed: Callable[[Cell], Check],
        imported: Mapping[str, "TypeBook"] = MappingProxyType({}),
    ) -> None:
        """``allowed`` compiles the unary tests of allowed values."""
        self._items = {item.name: item for item in items}
        self._allowed = allowed
        self._imported = imported
        self._made: dict[str, DmnType] = {}
        self._busy: set[str] = set()

    def knows(self, ref: str) -> bool:
        """Whether ``ref`` names a type at all."""
        return self.find(ref) is not None

    def checks(self) -> dict[str, Check]:
        """The types that the model defines or imports, as ``instance of`` asks for them.

        That asks for the kind of a value, not whether it is one of the allowed values.
        """
        found = {
            f"{alias}.{name}": check
            for alias, book in self._imported.items()
            for name, check in book.checks().items()
        }
        bare = TypeBook(
            self._items.values(), allowed=lambda _cell: _everything, imported=self._imported
        )
        return found | {name: bare.named(name).accepts for name in self._items}

    def named(self, ref: str | None) -> DmnType:
        """The type called ``ref``; an absent or unknown one accepts everything."""
        return (self.find(ref) if ref else None) or ANY

    def result_of(self, ref: str | None) -> DmnType | None:
        """What a function of type ``ref`` returns; ``None`` when that is no function type."""
        item = self._items.get(ref or "")
        return self.named(item.returns) if item is not None and item.returns else None

    def find(self, ref: str) -> DmnType | None:
        """The type called ``ref``, with or without the prefix of an import."""
        name = ref.removeprefix("feel:").strip()
        if (made := self._made.get(name)) is not None:
            return made
        if (item := self._items.get(name)) is not None:
            return self._make(name, item)
        name = _ALIASES.get(name, name)
        if name == "Any":
            return ANY
        if (check := PRIMITIVES.get(name)) is not None:
            return DmnType(name=name, accepts=check, collection=name == "list")
        where, _, rest = ref.partition(".")
        book = self._imported.get(where)
        return book.find(rest) if book is not None and rest else None

    def definition(self, ref: str) -> "tuple[ItemType, TypeBook] | None":
        """The item definition called ``ref``, and the book of its own model."""
        name = ref.removeprefix("feel:").strip()
        if (item := self._items.get(name)) is not None:
            return item, self
        where, _, rest = name.partition(".")
        book = self._imported.get(where)
        return book.definition(rest) if book is not None and rest else None

    def _make(self, name: str, item: ItemType) -> DmnType:
        if name in self._busy:
            return ANY  # A type that contains itself: its own depth is bounded by the value.
        self._busy.add(name)
        try:
            made = self._type_of(item)
        finally:
            self._busy.discard(name)
        self._made[name] = made
        return made

    def _type_of(self, item: ItemType) -> DmnType:
        base = self._base_of(item)
        accepts, collection = base.accepts, base.collection and base is not ANY
        if item.allowed is not None and item.allowed.text:
            accepts = _both(accepts, self._allowed(item.allowed), each=base.collection)
        if item.collection:
            accepts, collection = _list_of(accepts), True
        if item.constraint is not None and item.constraint.text:
            accepts = _both(accepts, self._allowed(item.constraint), each=False)
        name = base.name if accepts is base.accepts else item.name
        return DmnType(name=name, accepts=accepts, collection=collection or base is ANY)

    def _base_of(self, item: ItemType) -> DmnType:
        if item.returns is not None:
            return DmnType(name=item.name, accepts=PRIMITIVES["function"])
        if item.components:
            parts = {part.name: self._type_of(part) for part in item.components}
            return DmnType(name=item.name, accepts=_context_of(parts))
        return self.named(item.type_ref)


def _context_of(parts: Mapping[str, DmnType]) -> Check:
    def accepts(value: Any) -> bool:
        return isinstance(value, Mapping) and all(
            name in value and (value[name] is None or part.accepts(value[name]))
            for name, part in parts.items()
        )

    return accepts


def _list_of(item: Check) -> Check:
    def accepts(value: Any) -> bool:
        return isinstance(value, list) and all(one is None or item(one) for one in value)

    return accepts


def _both(first: Check, second: Check, *, each: bool) -> Check:
    def accepts(value: Any) -> bool:
        if not first(value):
            return False
        if each and isinstance(value, Collection) and not isinstance(value, str):
            return all(second(one) for one in value)
        return second(value)

    return accepts
