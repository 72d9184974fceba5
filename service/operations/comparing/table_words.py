"""What changed in a decision table, in words."""

from collections.abc import Mapping
from types import MappingProxyType

from service.operations.comparing.differences import Difference
from service.operations.comparing.kind import ORDER
from service.operations.comparing.table import (
    CELL,
    COLUMNS,
    cell_key,
    column_name,
    columns_of,
    number_of,
    text_of,
)
from service.operations.comparing.telling import Telling, enumerated
from service.operations.comparing.tree import Key, Node, Tree, local
from service.operations.comparing.xml_file import TEXT

HIT_POLICIES: Mapping[str, str] = MappingProxyType(
    {
        "ANY": "elke regel die past, als de uitkomst gelijk is",
        "COLLECT": "alle regels die passen, samen",
        "FIRST": "de eerste regel die past",
        "OUTPUT ORDER": "alle regels die passen, de zwaarste uitkomst eerst",
        "PRIORITY": "de regel met de zwaarste uitkomst",
        "RULE ORDER": "alle regels die passen, in hun volgorde",
        "UNIQUE": "de enige regel die past",
    }
)


def tell_table(telling: Telling) -> None:
    """Tells all."""
    telling.drop(lambda one: _said_by_column(telling, one))
    for one in [*telling.all("added", COLUMNS), *telling.all("removed", COLUMNS)]:
        _column(telling, one)
    for one in [*telling.all("added", ["rule"]), *telling.all("removed", ["rule"])]:
        _rule(telling, one)
    for one in list(telling.all("changed")):
        _changed(telling, one)
    _drawing(telling)
    telling.rest()


def _said_by_column(telling: Telling, one: Difference) -> bool:
    """Whether it is a cell that came or went with its column."""
    if one.key[:1] != (CELL,) or one.what == "changed":
        return False
    column, tree = (one.key[2],), telling.tree(one)
    other = telling.before if one.what == "added" else telling.after
    rule = tree.nodes[(CELL, *one.key[1:3])].parent
    return rule in other.nodes and column not in other.nodes and column in tree.nodes


def _column(telling: Telling, one: Difference) -> None:
    tree, node = telling.tree(one), telling.tree(one).nodes[one.key]
    name = column_name(tree, node)
    telling.take_all(tree, one.key)
    if one.what == "removed":
        telling.say(f"Kolom *{name}* vervalt", one.key, "removed")
        return
    rules = [rule for rule in tree.within(node.parent or ()) if local(rule.tag) == "rule"]
    filled = [
        f"regel {number}: {text}"
        for number, rule in enumerate(rules, start=1)
        if rule.key in telling.before.nodes
        and (text := text_of(tree, cell_key(rule, node))) not in ("", "-")
    ]
    told = f"; {', '.join(filled)}" if filled else ""
    telling.say(f"Nieuwe kolom *{name}*{told}", one.key, "added")


def _rule(telling: Telling, one: Difference) -> None:
    tree, node = telling.tree(one), telling.tree(one).nodes[one.key]
    number, told = number_of(tree, node), rule_in_words(tree, node)
    telling.take_all(tree, one.key)
    if one.what == "added":
        telling.say(f"Nieuwe regel {number}: {told}", one.key, "added")
    else:
        telling.say(f"Regel {number} vervalt: {told}", one.key, "removed")


def rule_in_words(tree: Tree, rule: Node) -> str:
    """``als *Hoofdroute* "B" dan *Ontvanger* "zvh"``."""
    columns = columns_of(tree, rule.parent or ())
    cells = [(column, text_of(tree, cell_key(rule, column))) for column in columns]
    when = [
        _cell(tree, c, text)
        for c, text in cells
        if local(c.tag) == "input" and text not in ("", "-")
    ]
    then = [_cell(tree, c, text) for c, text in cells if local(c.tag) == "output"]
    start = f"als {enumerated(when)}" if when else "altijd"
    return f"{start} dan {enumerated(then)}"


def _cell(tree: Tree, column: Node, text: str) -> str:
    return f"*{column_name(tree, column)}* {_bare(text) or 'niets'}"


def _bare(text: str) -> str:
    """A text without the quotes of FEEL around it."""
    text = text.strip()
    inside = text[1:-1]
    return inside if text == f'"{inside}"' and '"' not in inside else text


def _changed(telling: Telling, one: Difference) -> None:
    tree, node = telling.after, telling.after.nodes[one.key]
    tag, parent = local(node.tag), telling.after.nodes.get(node.parent or ())
    if one.name == ORDER:
        _order(telling, one)
    elif tag == "text" and one.name == TEXT and parent and parent.key[:1] == (CELL,):
        rule = tree.nodes[parent.parent or ()]
        column = tree.nodes.get((parent.key[-1],))
        what = {"inputEntry": "voorwaarde", "outputEntry": "uitkomst"}.get(
            local(parent.tag), "tekst"
        )
        name = f" *{column_name(tree, column)}*" if column else ""
        old, new = (_bare(telling.kind.shown(tree, node, TEXT, v)) for v in (one.before, one.after))
        telling.take(one.key, one.name)
        telling.say(
            f"regel {number_of(tree, rule)}: {what}{name}: {old} → {new}", rule.key, "changed"
        )
        telling.mark(str(parent.values.get("id", "")), "changed")
    elif tag == "decisionTable" and one.name == "hitPolicy":
        old, new = (
            HIT_POLICIES.get(str(v), HIT_POLICIES["UNIQUE"]) for v in (one.before, one.after)
        )
        telling.take(one.key, one.name)
        telling.say(f"Welke regel telt: van ‘{old}’ naar ‘{new}’", one.key, "changed")


def _order(telling: Telling, one: Difference) -> None:
    """Which rules and columns stand elsewhere among those that were there already."""
    telling.take(one.key, ORDER)
    for tag, word in (("rule", "regel"), *((column, "kolom") for column in COLUMNS)):
        both = [
            [n for n in tree.within(one.key) if local(n.tag) == tag and _there(telling, n.key)]
            for tree in (telling.before, telling.after)
        ]
        old = {node.key: number for number, node in enumerate(both[0], start=1)}
        for number, node in enumerate(both[1], start=1):
            if old[node.key] != number:
                before = number_of(telling.before, node) if tag == "rule" else old[node.key]
                after = number_of(telling.after, node) if tag == "rule" else number
                name = "" if tag == "rule" else f" *{column_name(telling.after, node)}*"
                was = f"{word} {before}" if tag == "rule" else f"{word}{name}"
                telling.say(f"volgorde: {was} is nu {word} {after}", node.key, "moved")


def _there(telling: Telling, key: Key) -> bool:
    return key in telling.before.nodes and key in telling.after.nodes


def _drawing(telling: Telling) -> None:
    moved = [
        one
        for one in telling.left.values()
        if telling.kind.follows(telling.tree(one).nodes[one.key])
    ]
    for one in moved:
        telling.take(one.key, one.name)
    if moved:
        telling.say("tekening van de beslissing is gewijzigd")
