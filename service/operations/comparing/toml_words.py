"""What changed in a profile, a scenario or the tests of a table, in words."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from service.domain.working_days import norm_in_words
from service.operations.comparing.around import Around
from service.operations.comparing.differences import Difference
from service.operations.comparing.kind import ABSENT, in_words
from service.operations.comparing.telling import Telling, enumerated, from_to
from service.operations.comparing.toml_file import END, ITEM, KEY, LEAD, LINES, TABLE, value_of
from service.operations.comparing.toml_names import aspect_of, called, path_of, value_in
from service.operations.comparing.tree import ROOT, Key, Node, Tree

_POWERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "coordineert": ("coördineert voortaan en ziet alle zaken", "coördineert niet meer"),
        "vernietigt": ("mag voortaan zaken vernietigen", "mag geen zaken meer vernietigen"),
        "publiceert": ("mag voortaan publiceren", "mag niet meer publiceren"),
        "herstelt": ("mag voortaan zaken herstellen", "mag geen zaken meer herstellen"),
        "beheert_netwerk": ("beheert voortaan het netwerk", "beheert het netwerk niet meer"),
        "partner": ("is voortaan een partner van buiten", "is geen partner van buiten meer"),
    }
)
_ROLE_KEYS = ("achtervang", "werkvoorraad_van", "voorzitter", "rol", "wie")
_HET = ("actiepunt", "instrument", "overleg", "terugkerend werk")


def tell_toml(telling: Telling, before: Around, after: Around) -> None:
    """Tells all; ``before`` and ``after`` give the names of roles and the steps of a norm."""
    words = _Toml(telling, before, after)
    for what in ("added", "removed"):
        for one in telling.all(what, (TABLE, ITEM)):
            words.thing(one)
    for one in list(telling.left.values()):
        node = telling.tree(one).nodes[one.key]
        if node.tag == KEY and one.name in (None, LINES):
            words.key(one, node)
    for one in list(telling.left.values()):
        words.comment(one)
    telling.rest()


class _Toml:
    """The sentences about one file."""

    def __init__(self, telling: Telling, before: Around, after: Around) -> None:
        self.telling, self.before, self.after = telling, before, after

    def thing(self, one: Difference) -> None:
        """A role, partner, meeting, step or other table that came or went."""
        tree, node = self.telling.tree(one), self.telling.tree(one).nodes[one.key]
        if (one.key, None) not in self.telling.left:
            return
        name = called(tree, one.key)
        about = "; ".join(self._keys(tree, one.key))
        told = f": {about}" if about else ""
        self.telling.take_all(tree, one.key)
        if one.what == "removed":
            self.telling.say(f"{name} vervalt{told}", one.key, "removed")
            return
        if path_of(node)[:1] == ("rollen",):
            sees = value_in(tree, one.key, "domeinen")
            seen = enumerated(map(str, ["algemeen"] if sees is None else sees)) or "niets"
            told = f" ziet: {seen}{told.replace(': ', '; ', 1)}"
        new = "Nieuw" if name.split(" *")[0] in _HET else "Nieuwe"
        self.telling.say(f"{new} {name}{told}", one.key, "added")

    def key(self, one: Difference, node: Node) -> None:
        """A key that came, went or has another value."""
        old, new = self._value(one, self.telling.before), self._value(one, self.telling.after)
        self.telling.take(one.key, one.name)
        texts = list(self._sentences(one, node, old, new))
        for text in texts:
            self.telling.say(text, self.telling.owner(one), "changed")

    def comment(self, one: Difference) -> None:
        """What people wrote beside it; blank lines are no news."""
        if one.name not in (LEAD, END, LINES):
            return
        sides = [
            " ".join(str(value).split()) for value in (one.before, one.after) if value is not ABSENT
        ]
        self.telling.take(one.key, one.name)
        if one.name == LINES or len({*sides}) > 1:
            thing = self.telling.called(one)
            node = self.telling.after.nodes[one.key]
            tail = (
                thing
                if self.telling.owner(one) == one.key
                else f"{'.'.join(path_of(node))} van {thing}"
            )
            self.telling.say(
                f"De toelichting bij {tail} is gewijzigd", self.telling.owner(one), "changed"
            )

    def _value(self, one: Difference, tree: Tree) -> Any:
        node = tree.nodes.get(one.key)
        return value_of(str(node.values[LINES])) if node else ABSENT

    def _sentences(self, one: Difference, node: Node, old: Any, new: Any) -> Iterator[str]:
        tree = self.telling.tree(one)
        thing, name = self.telling.called(one), path_of(node)[-1]
        parent = path_of(tree.nodes[node.parent or ROOT])
        if old == new:
            yield f"{name} van {thing} is anders opgeschreven; de waarde is dezelfde"
        elif parent == ("normtijden",):
            yield f"{thing}{from_to(_norm(old), _norm(new))}{self._steps(name)}"
        elif parent[:1] == ("rollen",) and name == "domeinen":
            yield from _gained(thing, old, new, "ziet voortaan ook", "ziet niet meer", ["algemeen"])
        elif parent[:1] == ("rollen",) and name == "start":
            yield from _gained(thing, old, new, "mag voortaan starten", "mag niet meer starten", [])
        elif parent[:1] == ("rollen",) and name in _POWERS:
            yield f"{thing} {_POWERS[name][0 if new is True else 1]}"
        elif isinstance(old, list) and isinstance(new, list):
            yield from _listed(self.telling.kind.value_called(tree, node, LINES), old, new)
        else:
            shown = (self._named(name, old, self.before), self._named(name, new, self.after))
            yield f"{self.telling.kind.value_called(tree, node, LINES)}{from_to(*shown)}"

    def _steps(self, norm: str) -> str:
        steps = self.after.steps_by_norm.get(norm, ())
        return f" ({enumerated(f'*{step}*' for step in steps)})" if steps else ""

    def _named(self, name: str, value: Any, around: Around) -> str:
        if name in _ROLE_KEYS and isinstance(value, str):
            return around.role(value) or value
        return norm_in_words(in_words(value))

    def _keys(self, tree: Tree, key: Key) -> Iterator[str]:
        around = self.after if tree is self.telling.after else self.before
        for node in tree.within(key):
            if node.tag == KEY:
                name = path_of(node)[-1]
                value = self._named(name, value_of(str(node.values[LINES])), around)
                if name not in ("naam", "id", "domeinen"):
                    yield f"{_aspect(tree, node).lower()} {value}"
            else:
                yield from self._keys(tree, node.key)


def _aspect(tree: Tree, node: Node) -> str:
    return aspect_of(tree, node, LINES).removeprefix("Kenmerk ")


def _norm(value: Any) -> str:
    return norm_in_words(in_words(value))


def _gained(
    thing: str, old: Any, new: Any, more: str, less: str, otherwise: list[str]
) -> Iterator[str]:
    was, now = (otherwise if value is ABSENT else [*map(str, value)] for value in (old, new))
    if {*now} - {*was}:
        yield f"{thing} {more}: {enumerated(one for one in now if one not in was)}"
    if {*was} - {*now}:
        yield f"{thing} {less}: {enumerated(one for one in was if one not in now)}"
    if {*was} == {*now}:
        yield f"{thing}: de volgorde van {enumerated(now)} is anders opgeschreven"


def _listed(thing: str, old: list[Any], new: list[Any]) -> Iterator[str]:
    more, less = [v for v in new if v not in old], [v for v in old if v not in new]
    if more:
        yield f"{thing}: erbij {enumerated(in_words(one) for one in more)}"
    if less:
        yield f"{thing}: weg {enumerated(in_words(one) for one in less)}"
    if not more and not less:
        yield f"{thing}: andere volgorde of herhaling: {in_words(new)}"
