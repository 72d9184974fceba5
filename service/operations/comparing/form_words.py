"""What changed in a form, in words."""

from collections.abc import Mapping
from difflib import SequenceMatcher
from types import MappingProxyType

from service.operations.comparing.around import Around
from service.operations.comparing.differences import Difference
from service.operations.comparing.form import COMPONENT, OPTION, option_name, question_of
from service.operations.comparing.kind import ABSENT, ORDER, PLACE
from service.operations.comparing.telling import Telling, enumerated
from service.operations.comparing.tree import Key, Node, Tree

TYPES: Mapping[str, str] = MappingProxyType(
    {
        "checkbox": "vinkje",
        "checklist": "meer keuzes tegelijk",
        "datetime": "datum",
        "dynamiclist": "lijst",
        "filepicker": "bestand",
        "group": "groep vragen",
        "number": "getal",
        "radio": "één keuze",
        "select": "één keuze uit een lijst",
        "taglist": "meer keuzes uit een lijst",
        "textarea": "tekst over meer regels",
        "textfield": "tekst op één regel",
    }
)
_SWITCHES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "validate/required": ("nu verplicht", "niet meer verplicht"),
        "readonly": ("nu alleen te lezen", "nu in te vullen"),
    }
)


def tell_form(telling: Telling, before: Around, after: Around) -> None:
    """Tells all; ``before`` and ``after`` say which roles see a domain."""
    for one in [*telling.all("added", [COMPONENT]), *telling.all("removed", [COMPONENT])]:
        _question(telling, one)
    for one in [*telling.all("added", [OPTION]), *telling.all("removed", [OPTION])]:
        _option(telling, one)
    for one in list(telling.all("changed")):
        _changed(telling, one, before, after)
    _layout(telling)
    telling.rest()


def _question(telling: Telling, one: Difference) -> None:
    tree, node = telling.tree(one), telling.tree(one).nodes[one.key]
    if (one.key, None) not in telling.left:
        return
    telling.take(one.key)
    for child in tree.within(one.key):
        if child.tag == OPTION:
            telling.take(child.key)
    name, text = question_of(node), node.values.get("type") == "text"
    if one.what == "removed":
        telling.say(f"{'Tekst' if text else 'Vraag'} *{name}* vervalt", one.key, "removed")
        return
    about = [TYPES.get(str(node.values.get("type")), str(node.values.get("type")))]
    about += ["verplicht"] if node.values.get("validate/required") else []
    domain = node.values.get("properties/domein")
    about += [f"domein {domain}"] if domain else []
    told = f"Nieuwe tekst *{name}*" if text else f"Nieuwe vraag *{name}* ({', '.join(about)})"
    telling.say(told, one.key, "added")


def _option(telling: Telling, one: Difference) -> None:
    tree, node = telling.tree(one), telling.tree(one).nodes[one.key]
    question = tree.nodes[node.parent or ()]
    telling.take(one.key)
    told = f"keuze *{option_name(node)}* bij *{question_of(question)}*"
    if one.what == "added":
        telling.say(f"Nieuwe {told}", question.key, "changed")
    else:
        telling.say(f"{told} vervalt", question.key, "changed")


def _changed(telling: Telling, one: Difference, before: Around, after: Around) -> None:
    node, old = telling.after.nodes[one.key], telling.before.nodes[one.key]
    told = ""
    if one.name and one.name in _SWITCHES:
        on, off = _SWITCHES[one.name]
        told = f"Veld *{question_of(node)}* is {on if one.after is True else off}"
    elif one.name in ("label", "dateLabel") and ABSENT not in (one.before, one.after):
        told = _renamed(telling, one, node)
    elif one.name == PLACE:
        told = f"*{question_of(node)}* staat nu in {telling.kind.called(telling.after, one.after)}"
    elif one.name == ORDER:
        _order(telling, one)
    if told:
        telling.take(one.key, one.name)
        telling.say(told, telling.owner(one), "changed")
    elif one.name == "properties/domein":
        telling.take(one.key, one.name)
        telling.say(telling.changed(one, "Domein", f"*{question_of(old)}*"), one.key, "changed")
        _sight(telling, one, before, after)


def _renamed(telling: Telling, one: Difference, node: Node) -> str:
    if node.tag != OPTION:
        return f"vraag *{one.before}* heet nu *{one.after}*"
    question = question_of(telling.after.nodes[node.parent or ()])
    return f"keuze *{one.before}* bij *{question}* heet nu *{one.after}*"


def _sight(telling: Telling, one: Difference, before: Around, after: Around) -> None:
    """Which roles see the answer from now on, and which no longer."""
    saw = before.who_sees("algemeen" if one.before is ABSENT else str(one.before))
    sees = after.who_sees("algemeen" if one.after is ABSENT else str(one.after))
    name = question_of(telling.after.nodes[one.key])
    if sees - saw:
        telling.say(
            f"het antwoord op *{name}* zien voortaan ook: {enumerated(sorted(sees - saw))}", one.key
        )
    if saw - sees:
        telling.say(
            f"het antwoord op *{name}* zien niet meer: {enumerated(sorted(saw - sees))}", one.key
        )


def _order(telling: Telling, one: Difference) -> None:
    telling.take(one.key, ORDER)
    order = list(telling.after.children.get(one.key, ()))
    for key in _moved(telling, one.key):
        node = telling.after.nodes[key]
        at = order.index(key)
        where = f"na {_named(telling.after, order[at - 1])}" if at else "vooraan"
        telling.say(
            f"{_named(telling.after, key)} staat nu {where}", telling.owner(one) or key, "moved"
        )
        if node.tag == COMPONENT:
            telling.mark(key[-1], "moved")


def _moved(telling: Telling, parent: Key) -> list[Key]:
    """The fewest things of which one must say that they stand elsewhere."""
    old, new = (
        [key for key in tree.children.get(parent, ()) if key in other.nodes]
        for tree, other in ((telling.before, telling.after), (telling.after, telling.before))
    )
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    still = {
        key
        for block in matcher.get_matching_blocks()
        for key in new[block.b : block.b + block.size]
    }
    return [key for key in new if key not in still and key in old]


def _named(tree: Tree, key: Key) -> str:
    node: Node = tree.nodes[key]
    return f"keuze *{option_name(node)}*" if node.tag == OPTION else f"*{question_of(node)}*"


def _layout(telling: Telling) -> None:
    """Where questions stand on their row, counted."""
    placed = [one for one in telling.left.values() if one.name and one.name.startswith("layout/")]
    for one in placed:
        telling.take(one.key, one.name)
        telling.mark(one.key[-1], "moved")
    count = len({one.key for one in placed})
    if placed:
        telling.say(
            f"indeling op het scherm van {count} {'vraag' if count == 1 else 'vragen'} gewijzigd"
        )
