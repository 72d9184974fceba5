"""Small looks into an XML element by local name; the namespace is checked once, at the root."""

from collections.abc import Iterator

from lxml import etree


def local_name(element: etree._Element) -> str | None:
    """The tag without its namespace; ``None`` for a comment."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else None


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The child elements called ``name``, in document order."""
    return (item for item in element if local_name(item) == name)


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child element called ``name``."""
    return next(children(element, name), None)


def attribute(element: etree._Element, name: str) -> str | None:
    """The attribute's value without surrounding blanks; ``None`` when absent or blank."""
    value = element.get(name)
    return (value.strip() or None) if isinstance(value, str) else None


def element_id(element: etree._Element) -> str | None:
    """The element's ``id``."""
    return attribute(element, "id")


def text_of(element: etree._Element | None) -> str:
    """All text inside the element, without surrounding blanks."""
    if element is None:
        return ""
    return "".join(str(part) for part in element.itertext()).strip()


def line_of(element: etree._Element) -> int | None:
    """The line of the file on which the element begins."""
    line: object = element.sourceline
    return line if isinstance(line, int) else None
