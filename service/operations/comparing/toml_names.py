"""What people call the parts of a profile, a scenario and the tests of a table."""

import tomllib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from service.operations.comparing.tree import ROOT, Key, Node, Tree

LISTS: Mapping[str, str] = MappingProxyType(
    {
        "actiepunten": "actiepunt",
        "convenanten": "afspraak",
        "instrumenten": "instrument",
        "opvangplekken": "opvangplek",
        "overleggen": "overleg",
        "partners": "partner",
        "rij": "rij",
        "stap": "stap",
    }
)
"""What people call one thing of a list."""
GROUPS: Mapping[str, str] = MappingProxyType({"normtijden": "norm", "instellingen": "instelling"})
"""Tables of which each key is a thing of its own."""
_TABLES: Mapping[str, str] = MappingProxyType({"rollen": "rol", "cyclus": "terugkerend werk"})
_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "achtervang": "Achtervang",
        "actie": "Actie",
        "bevrijdingsdag_vrij": "5 mei is vrij",
        "domeinen": "Domeinen",
        "eerste": "Eerste keer",
        "elke": "Herhaling",
        "geldig_tot": "Geldig tot en met",
        "geldig_vanaf": "Geldig vanaf",
        "naam": "Naam",
        "rol": "Rol",
        "sluitingsdagen": "Sluitingsdagen",
        "soort": "Soort",
        "start": "Mag starten",
        "voorzitter": "Voorzitter",
        "werkvoorraad_van": "Werkvoorraad",
        "wie": "Wie",
    }
)


def owner_of(tree: Tree, key: Key) -> Key:
    """The role, norm, partner or meeting of which a node is a detail."""
    for node in tree.up(key):
        parent = tree.nodes.get(node.parent) if node.parent is not None else None
        if node.tag in ("table", "item") or (parent and path_of(parent)[:1] in _GROUP_PATHS):
            return node.key
        if node.tag == "key" and node.parent == ROOT:
            return node.key
    return ROOT


def called(tree: Tree, key: Key) -> str:
    """``rol *Burgerzaken*``, ``norm *triage*``, ``overleg *Zorgtafel*``."""
    node = tree.nodes.get(key)
    if node is None or key == ROOT:
        return "het bestand"
    path = path_of(node)
    if node.tag == "item":
        return f"{LISTS.get(path[-1], path[-1])} {_named(tree, node)}"
    parent = tree.nodes.get(node.parent or ROOT)
    group = path_of(parent)[:1] if parent else ()
    if node.tag == "key" and group in _GROUP_PATHS:
        return f"{GROUPS[group[0]]} *{path[-1]}*"
    if node.tag == "table" and path[0] in _TABLES:
        return f"{_TABLES[path[0]]} *{value_in(tree, key, 'naam') or path[-1]}*"
    return f"*{'.'.join(path)}*"


def aspect_of(tree: Tree, node: Node, name: str) -> str:  # noqa: ARG001
    """What people call a value."""
    if name in ("#lead", "#end"):
        return "Toelichting"
    path = path_of(node)
    known = _KEYS.get(path[-1]) if path else None
    return known or f"Kenmerk {'.'.join(path)}"


def path_of(node: Node) -> tuple[str, ...]:
    """The names in a header, or the name of a key."""
    found: tuple[str, ...] = node.values.get("#path", ())
    return found


def value_in(tree: Tree, table: Key, name: str) -> Any:
    """The value of a key in a table; ``None`` when it is not there."""
    node = tree.nodes.get((*table, name))
    if node is None or node.tag != "key":
        return None
    return tomllib.loads(str(node.values["#lines"])).get(name)


def _named(tree: Tree, item: Node) -> str:
    for name in ("naam", "nr", "id", "name"):
        told = value_in(tree, item.key, name)
        if told:
            return f"*{told}*"
    same = [one.key for one in tree.within(item.parent or ROOT) if path_of(one) == path_of(item)]
    return str(same.index(item.key) + 1)


_GROUP_PATHS = frozenset((name,) for name in GROUPS)
