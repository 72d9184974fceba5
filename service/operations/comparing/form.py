"""Forms: form-js JSON, whose questions are known by their id and choices by their value."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import orjson

from service.domain.errors import Unreadable
from service.operations.comparing.kind import ABSENT, PLACE, TAG, Kind, Tangled, in_words
from service.operations.comparing.tree import ROOT, Key, Node, Tree

OPTION, COMPONENT = "option", "component"
_LISTS = MappingProxyType({"components": COMPONENT, "values": OPTION})
"""The lists of a form that hold things with a name."""
_ASPECTS: Mapping[str, str] = MappingProxyType(
    {
        "label": "Vraag",
        "dateLabel": "Vraag",
        "timeLabel": "Vraag naar de tijd",
        "description": "Uitleg",
        "text": "Tekst",
        "key": "Sleutel van het antwoord",
        "path": "Sleutel van de antwoorden",
        "type": "Soort vraag",
        "subtype": "Soort vraag",
        "readonly": "Alleen lezen",
        "validate/required": "Verplicht",
        "validate/maxLength": "Hoogste aantal tekens",
        "validate/minLength": "Laagste aantal tekens",
        "validate/min": "Laagste waarde",
        "validate/max": "Hoogste waarde",
        "conditional/hide": "Verborgen als",
        "valuesExpression": "Herkomst van de keuzes",
        "properties/domein": "Domein",
        "properties/gevoeligheid": "Gevoeligheid",
        "properties/doel": "Doelbinding",
        "properties/bewaren": "Bewaartermijn",
        "properties/verplicht_als": "Verplicht als",
        "properties/voorstel": "Voorstel",
        "properties/eis": "Eis aan het antwoord",
        "properties/eis_melding": "Melding als het antwoord niet past",
        "title": "Titel",
        PLACE: "Plaats in het formulier",
    }
)


class FormKind(Kind):
    """See the module."""

    def read(self, content: bytes, *, file: str, like: Tree | None = None) -> Tree:  # noqa: ARG002
        """The nodes of a file; see Kind."""
        try:
            form = orjson.loads(content)
        except orjson.JSONDecodeError as error:
            raise Unreadable(f"{file} is geen JSON: {error}.") from error
        if not isinstance(form, dict):
            raise Unreadable(f"{file} is geen formulier: het begint niet met een accolade.")
        found: dict[Key, Node] = {}
        _read(form, ROOT, None, "form", found)
        return Tree(nodes=found)

    def write(self, tree: Tree, *, mine: bytes, theirs: bytes) -> bytes:  # noqa: ARG002
        """The file, laid out as ``mine``; see Kind."""
        body = orjson.dumps(_written(tree, ROOT), option=orjson.OPT_INDENT_2)
        return body + (b"\n" if mine.endswith(b"\n") else b"")

    def ordered(self, node: Node) -> bool:  # noqa: ARG002
        """Questions and choices are asked in their order."""
        return True

    def settle(self, node: Node, name: str, base: Any, mine: Any, theirs: Any) -> Any:
        """Where the editor puts a question on its row, and which editor it was, hinders nobody."""
        if name.startswith(("layout/", "executionPlatform", "exporter/", "schemaVersion")):
            return max(mine, theirs, key=str)
        return super().settle(node, name, base, mine, theirs)

    def owner(self, tree: Tree, key: Key) -> Key:
        """The question of which this is a detail."""
        found = next((node for node in tree.up(key) if node.tag == COMPONENT), None)
        return found.key if found else ROOT

    def called(self, tree: Tree, key: Key) -> str:
        """``*Is 112 gebeld?*``."""
        node = tree.nodes.get(self.owner(tree, key))
        option = tree.nodes.get(key)
        if option is not None and option.tag == OPTION:
            return f"keuze *{option_name(option)}* van *{question_of(node)}*"
        return f"*{question_of(node)}*" if node and node.key else "het formulier"

    def aspect(self, tree: Tree, node: Node, name: str) -> str:  # noqa: ARG002
        """What people call a value."""
        if node.tag == OPTION and name == "label":
            return "Tekst"
        return _ASPECTS.get(name) or {TAG: "Soort"}.get(name, f"Kenmerk {name}")

    def shown(self, tree: Tree, node: Node, name: str, value: Any) -> str:  # noqa: ARG002
        """A value as people read it."""
        if name == PLACE:
            return self.called(tree, value) if isinstance(value, tuple) else "niets"
        if name in ("validate/required", "readonly") and value is ABSENT:
            return "nee"
        told = in_words(value)
        return told.removeprefix("=").strip() if isinstance(value, str) else told


def question_of(node: Node | None) -> str:
    """What is asked, on one line; of a text its beginning."""
    if node is None:
        return "het formulier"
    for name in ("label", "dateLabel", "text", "key", "id"):
        told = _plain(str(node.values.get(name) or ""))
        if told:
            return told if len(told) <= 80 else f"{told[:79]}…"
    return node.key[-1]


def _plain(text: str) -> str:
    """A text without the marks of Markdown, on one line."""
    return " ".join(re.sub(r"\[([^\]]*)\]\([^)]*\)|[#*]+", r"\1", text).split())


def option_name(node: Node) -> str:
    """What people read beside a choice."""
    return str(node.values.get("label") or node.values.get("value", ""))


def _read(
    part: Mapping[str, Any], key: Key, parent: Key | None, tag: str, found: dict[Key, Node]
) -> None:
    values = dict(_flat(part, ""))
    found[key] = Node(key=key, tag=tag, parent=parent, values=values)
    for name, inner in _LISTS.items():
        for one in part.get(name, ()) if _holds_things(part.get(name)) else ():
            own = _key(one, key, inner)
            while own in found:
                own = (*own[:-1], f"{own[-1]}#")
            _read(one, own, key, inner, found)


def _key(one: Mapping[str, Any], parent: Key, tag: str) -> Key:
    if tag == OPTION:
        return (*parent, f"={one.get('value')}")
    named = one.get("id") or one.get("key")
    return (str(named),) if named else (*parent, COMPONENT)


def _holds_things(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)


def _flat(part: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    """Each value by its path; a list of things as an empty list, to be filled again."""
    for name, value in part.items():
        path = before + name.replace("~", "~0").replace("/", "~1")
        if isinstance(value, Mapping) and value:
            yield from _flat(value, f"{path}/")
        elif not before and name in _LISTS and _holds_things(value):
            yield path, []
        else:
            yield path, value


def _written(tree: Tree, key: Key) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for path, value in tree.nodes[key].values.items():
        *around, last = (one.replace("~1", "/").replace("~0", "~") for one in path.split("/"))
        inside = made
        for one in around:
            inside = inside.setdefault(one, {})
            if not isinstance(inside, dict):
                raise Tangled
        if isinstance(inside.get(last), dict) and not isinstance(value, dict):
            raise Tangled
        inside.setdefault(last, value)
    for name, tag in _LISTS.items():
        inner = [child.key for child in tree.within(key) if child.tag == tag]
        if inner:
            made[name] = [_written(tree, one) for one in inner]
    return made
