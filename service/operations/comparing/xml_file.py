"""XML as nodes, and nodes as XML again: prefixes, declaration and layout as they were."""

import re
from abc import abstractmethod
from collections import Counter
from copy import copy
from typing import Any, cast

from lxml import etree

from service.domain.xml import read_xml
from service.operations.comparing.kind import Kind, Tangled
from service.operations.comparing.tree import ROOT, Key, Node, Tree, local

TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
TEXT, TAIL = "#text", "#tail"
BOUNDS, WAYPOINTS = "#bounds", "#waypoints"
"""The place of a shape and the way of an arrow are each one value."""
_PLACES = {"Bounds": BOUNDS, "waypoint": WAYPOINTS}
COMMENT = "#comment"
_END_OR_COMMENT = re.compile(rb"<!--.*?-->|/>", re.DOTALL)


class XmlKind(Kind):
    """A kind of file that is XML; each kind tells how its elements are known again."""

    @abstractmethod
    def key(self, element: etree._Element, parent: Key) -> Key:
        """By which an element is known in other versions of the file."""

    def read(self, content: bytes, *, file: str, like: Tree | None = None) -> Tree:  # noqa: ARG002
        """The nodes of a file; see Kind."""
        found: dict[Key, Node] = {}
        taken: Counter[Key] = Counter()

        def visit(element: etree._Element, parent: Key | None) -> None:
            key = ROOT if parent is None else self._key(element, parent)
            taken[key] += 1
            if taken[key] > 1:
                key = (*key[:-1], f"{key[-1]}#{taken[key]}")
            tag = COMMENT if is_comment(element) else str(element.tag)
            found[key] = Node(key=key, tag=tag, parent=parent, values=_values(element))
            for child in element:
                if _place(child) is None:
                    visit(child, key)

        visit(read_xml(content, file=file), None)
        return Tree(nodes=found)

    def write(self, tree: Tree, *, mine: bytes, theirs: bytes) -> bytes:
        """The file, laid out as ``mine``; see Kind."""
        model = read_xml(mine, file="")
        names = _names(model, read_xml(theirs, file=""))
        try:
            root = _element(tree, ROOT, None, names)
        except ValueError as error:
            raise Tangled from error
        for before in reversed([*model.itersiblings(preceding=True)]):
            root.addprevious(copy(before))
        etree.indent(root, space="  ")
        return _laid_out(root, mine)

    def _key(self, element: etree._Element, parent: Key) -> Key:
        if is_comment(element):
            return (*parent, f"{COMMENT}={element.text}")
        return self.key(element, parent)


def is_comment(element: etree._Element) -> bool:
    """Whether it is a comment, which has no name of its own."""
    return not isinstance(cast("object", element.tag), str)


def own_id(element: etree._Element, parent: Key, by: str | None = None) -> Key:
    """Known by its id; without one by its tag, and by what ``by`` names, within its parent."""
    found = element.get("id")
    if found:
        return (found,)
    tag = local(str(element.tag))
    return (*parent, f"{tag}={by}" if by else tag)


def _place(element: etree._Element) -> str | None:
    return _PLACES.get(local(str(element.tag))) if len(element) == 0 else None


def _values(element: etree._Element) -> dict[str, Any]:
    values: dict[str, Any] = _attributes(element)
    ways = []
    for child in element:
        place = _place(child)
        if place == BOUNDS:
            values[BOUNDS] = (str(child.tag), _attributes(child))
        elif place == WAYPOINTS:
            ways.append((str(child.tag), _attributes(child)))
    if ways:
        values[WAYPOINTS] = ways
    text, tail = element.text or "", element.tail or ""
    if text.strip():
        values[TEXT] = text
    if tail.strip():
        values[TAIL] = tail
    return values


def _attributes(element: etree._Element) -> dict[str, Any]:
    found = {str(name): str(value) for name, value in element.attrib.items()}
    if TYPE in found:
        prefix, _, name = found[TYPE].rpartition(":")
        uri = element.nsmap.get(prefix or None)
        found[TYPE] = f"{{{uri}}}{name}" if uri else found[TYPE]
    return found


def _names(mine: etree._Element, theirs: etree._Element) -> dict[str | None, str]:
    """The prefixes of both files; those of mine where they differ."""
    found: dict[str | None, str] = {}
    for root in (mine, theirs):
        for element in root.iter():
            for prefix, uri in element.nsmap.items():
                if uri not in found.values():
                    free = prefix if prefix not in found else f"{prefix or 'ns'}{len(found)}"
                    found[free] = uri
    return found


def _element(
    tree: Tree, key: Key, parent: etree._Element | None, names: dict[str | None, str]
) -> etree._Element:
    node = tree.nodes[key]
    if node.tag == COMMENT:
        made: etree._Element = etree.Comment(node.values.get(TEXT, ""))
        if parent is not None:
            parent.append(made)
    elif parent is None:
        made = etree.Element(node.tag, nsmap=cast("dict[str, str]", names))
    else:
        made = etree.SubElement(parent, node.tag)
    _fill(made, node.values, names)
    for child in tree.children.get(key, ()):
        _element(tree, child, made, names)
    return made


def _fill(made: etree._Element, values: Any, names: dict[str | None, str]) -> None:
    for name, value in values.items():
        if name == TEXT:
            made.text = value
        elif name == TAIL:
            made.tail = value
        elif name in (BOUNDS, WAYPOINTS):
            for tag, attributes in [value] if name == BOUNDS else value:
                _fill(etree.SubElement(made, tag), attributes, names)
        else:
            made.set(name, _with_prefix(value, names) if name == TYPE else value)


def _with_prefix(value: str, names: dict[str | None, str]) -> str:
    uri, closed, name = value.removeprefix("{").rpartition("}")
    if not closed:
        return value
    prefix = next(prefix for prefix, known in names.items() if known == uri)
    return f"{prefix}:{name}" if prefix else name


def _laid_out(root: etree._Element, model: bytes) -> bytes:
    """As text, in the manner of ``model``: declaration, closed tags and last line."""
    body = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False)
    if model.count(b" />") > model.count(b"/>") / 2:
        body = _END_OR_COMMENT.sub(lambda m: b" />" if m[0] == b"/>" else m[0], body)
    declaration = re.match(rb"\s*<\?xml.*?\?>\r?\n?", model)
    start = b'<?xml version="1.0" encoding="UTF-8"?>\n' if declaration else b""
    return start + body + (b"\n" if model.endswith(b"\n") else b"")
