"""Reads a type: ``number``, ``list<string>``, ``function<number> -> boolean``."""

from service.feel.cursor import Cursor
from service.feel.nodes import TypeRef


def read_type(cursor: Cursor) -> TypeRef:
    """The type at the cursor."""
    cursor.deeper()
    name = _type_name(cursor)
    fields: list[tuple[str, TypeRef]] = []
    arguments: list[TypeRef] = []
    if name in ("list", "range", "context", "function") and cursor.take("<"):
        while not cursor.take(">"):
            if fields or arguments:
                cursor.expect(",")
            if name == "context":
                key = cursor.words()
                cursor.expect(":")
                fields.append((key, read_type(cursor)))
            else:
                arguments.append(read_type(cursor))
    result = read_type(cursor) if name == "function" and cursor.take("->") else None
    cursor.depth -= 1
    return TypeRef(name, tuple(arguments), tuple(fields), result)


def _type_name(cursor: Cursor) -> str:
    if cursor.token.text in ("function", "null") and cursor.keyword():
        return cursor.next().text
    name = cursor.words()
    while cursor.take("."):
        name += "." + cursor.words()
    return name
