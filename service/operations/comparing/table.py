"""Decision tables: DMN, whose rules have one cell for each column."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from lxml import etree

from service.operations.comparing.kind import CLASH, PLACE, TAG, in_words
from service.operations.comparing.tree import Key, Node, Reference, Tree, local
from service.operations.comparing.xml_file import BOUNDS, TEXT, WAYPOINTS, XmlKind, own_id

CELL = "@cell"
COLUMNS: Mapping[str, str] = MappingProxyType(
    {"input": "inputEntry", "output": "outputEntry", "annotation": "annotationEntry"}
)
"""The cell that a rule has for each kind of column."""
_CELLS = MappingProxyType({cell: column for column, cell in COLUMNS.items()})
_ALONE = frozenset(
    {"description", "expression", "inputExpression", "inputValues", "outputValues", "question",
     "allowedAnswers", "text", "variable"}
)  # fmt: skip
_THINGS = frozenset({"decision", "input", "output", "annotation", "rule", "inputData", *_CELLS})
_NEEDED = frozenset({"dmnElementRef"})
_LINKS = "Requirement"
"""A link is an element of its own that holds only what it leads to."""
_ASPECTS: Mapping[str, str] = MappingProxyType(
    {
        "decisionTable hitPolicy": "Welke regel telt",
        "decisionTable aggregation": "Hoe uitkomsten worden opgeteld",
        "decision name": "Naam",
        "variable name": "Naam van de uitkomst",
        "question #text": "Vraag",
        "description #text": "Toelichting",
        "input label": "Naam",
        "output label": "Naam",
        "output name": "Naam van de uitkomst",
        "inputExpression typeRef": "Soort gegeven",
        "output typeRef": "Soort gegeven",
    }
)


class TableKind(XmlKind):
    """See the module."""

    def key(self, element: etree._Element, parent: Key) -> Key:
        """Its id; a cell is known by its rule and column."""
        tag = local(str(element.tag))
        if tag in _CELLS:
            return (CELL, *parent, _column_of(element, tag))
        if element.get("dmnElementRef"):
            return (f"@{tag}", element.get("dmnElementRef", ""))
        return (*parent, tag) if tag in _ALONE else own_id(element, parent)

    def references(self, node: Node) -> Iterator[tuple[Reference, bool]]:
        """Links between decisions, the drawing, and cells with their column."""
        if local(node.tag) in _CELLS:
            yield Reference(value="", to=(node.key[-1],), needed=True), False
        href = str(node.values.get("href", ""))
        if href.startswith("#"):
            yield Reference(value="href", to=(href[1:],), needed=True), True
        if "dmnElementRef" in node.values:
            to = (str(node.values["dmnElementRef"]),)
            yield Reference(value="dmnElementRef", to=to, needed=True), False

    def follows(self, node: Node) -> bool:
        """The drawing."""
        return "DMNDI" in node.tag or "/DI/" in node.tag

    def ordered(self, node: Node) -> bool:
        """Rules and columns are read in their order."""
        return local(node.tag) == "decisionTable"

    def settle(self, node: Node, name: str, base: Any, mine: Any, theirs: Any) -> Any:  # noqa: ARG002
        """Lines in the drawing go with what they join."""
        if name == WAYPOINTS or local(name) in ("exporter", "exporterVersion"):
            return max(mine, theirs, key=str)
        return CLASH

    def finish(self, tree: Tree) -> Tree:
        """Each rule has one cell for each column, in the order of the columns."""
        nodes = {
            key: node
            for key, node in tree.nodes.items()
            if not local(node.tag).endswith(_LINKS) or key in tree.children
        }
        found: dict[Key, Node] = {}
        for key, node in nodes.items():
            if not any(up.key[:1] == (CELL,) for up in tree.up(key)):
                found[key] = node
            if local(node.tag) == "rule" and node.parent is not None:
                found |= dict(_cells(tree, node))
        return Tree(nodes=_with_cells_last(found))

    def owner(self, tree: Tree, key: Key) -> Key:
        """The rule, column or decision of which this is a detail."""
        for node in tree.up(key):
            if node.key and node.key[0].startswith("@") and node.key[0] != CELL:
                return (node.key[1],)
            if local(node.tag) in _THINGS:
                return node.key
        return ()

    def called(self, tree: Tree, key: Key) -> str:
        """``regel 3``, ``kolom *Urgentie*``, ``regel 3, kolom *Urgentie*``."""
        node = tree.nodes.get(self.owner(tree, key))
        tag = local(node.tag) if node else ""
        if node is None or tag not in _THINGS:
            return "de tabel"
        if tag == "rule":
            return f"regel {number_of(tree, node)}"
        if tag in _CELLS:
            rule = tree.nodes[node.parent or ()]
            column = tree.nodes.get((node.key[-1],))
            named = f"kolom *{column_name(tree, column)}*" if column else "een kolom die er niet is"
            return f"regel {number_of(tree, rule)}, {named}"
        if tag in COLUMNS:
            return f"kolom *{column_name(tree, node)}*"
        return f"*{node.values.get('name') or node.key[-1]}*"

    def aspect(self, tree: Tree, node: Node, name: str) -> str:
        """What people call a value."""
        tag, parent = local(node.tag), tree.nodes.get(node.parent or ())
        if tag == "text" and parent is not None:
            around = local(parent.tag)
            return {"inputEntry": "Voorwaarde", "outputEntry": "Uitkomst"}.get(
                around, {"inputExpression": "Gegeven"}.get(around, "Tekst")
            )
        if name in (BOUNDS, WAYPOINTS):
            return "Plaats in de tekening"
        known = {TAG: "Soort", PLACE: "Plaats", "name": "Naam"}
        plain = f"Kenmerk {local(name).removeprefix('#')} ({tag})"
        return _ASPECTS.get(f"{tag} {name}") or known.get(name) or plain

    def shown(self, tree: Tree, node: Node, name: str, value: Any) -> str:  # noqa: ARG002
        """A value as people read it."""
        if name in (BOUNDS, WAYPOINTS):
            return "een andere plaats"
        return in_words(value)


def text_of(tree: Tree, key: Key) -> str:
    """The text of a cell."""
    node = tree.one(key, "text")
    return str(node.values.get(TEXT, "")).strip() if node else ""


def number_of(tree: Tree, rule: Node) -> int:
    """Which rule of its table it is, from 1."""
    rules = [n.key for n in tree.within(rule.parent or ()) if local(n.tag) == "rule"]
    return rules.index(rule.key) + 1


def columns_of(tree: Tree, table: Key) -> tuple[Node, ...]:
    """The columns of a table: what goes in, what comes out, what is noted."""
    found = list(tree.within(table))
    return tuple(node for tag in COLUMNS for node in found if local(node.tag) == tag)


def column_name(tree: Tree, column: Node) -> str:
    """What people read above a column."""
    named = column.values.get("label") or column.values.get("name")
    if named:
        return str(named)
    expression = tree.one(column.key, "inputExpression", "text")
    return str(expression.values.get(TEXT, "")).strip() if expression else column.key[-1]


def cell_key(rule: Node, column: Node) -> Key:
    """The cell of a rule in a column."""
    return (CELL, *rule.key, column.key[-1])


def _column_of(cell: etree._Element, tag: str) -> str:
    """The last part of the key of the column in which a cell stands, by its position."""
    rule = cell.getparent()
    table = rule.getparent() if rule is not None else None
    if rule is None or table is None:
        return tag
    at = [one for one in rule if one.tag == cell.tag].index(cell)
    column = _CELLS[tag]
    columns = [one for one in table if local(str(one.tag)) == column]
    found = columns[at].get("id") if at < len(columns) else None
    return found or (column if at == 0 else f"{column}#{at + 1}")


def _cells(tree: Tree, rule: Node) -> Iterator[tuple[Key, Node]]:
    space = rule.tag.rpartition("}")[0]
    space = f"{space}}}" if space else ""
    for column in columns_of(tree, rule.parent or ()):
        key = cell_key(rule, column)
        if key in tree.nodes:
            yield from ((k, tree.nodes[k]) for k in tree.below(key))
            continue
        cell = COLUMNS[local(column.tag)]
        name = f"{rule.key[-1]}_{column.key[-1]}"
        yield key, Node(key=key, tag=space + cell, parent=rule.key, values={"id": name})
        text = (*key, "text")
        yield text, Node(key=text, tag=f"{space}text", parent=key, values=_any(cell))


def _any(cell: str) -> dict[str, str]:
    """What stands in a cell that nobody filled: any input; no outcome, which the check finds."""
    return {TEXT: "-"} if cell == "inputEntry" else {}


def _with_cells_last(nodes: Mapping[Key, Node]) -> dict[Key, Node]:
    """Cells after the other parts of their rule, as DMN wants it."""
    return dict(sorted(nodes.items(), key=lambda item: item[0][:1] == (CELL,)))
