"""What changed in a diagram, in words."""

from service.operations.comparing.around import Around
from service.operations.comparing.diagram import BACK, LANE, is_drawn
from service.operations.comparing.diagram_names import (
    WORDS,
    called,
    ends_of,
    name_of,
    norm_name,
    term_in_words,
)
from service.operations.comparing.diagram_roles import GROUPS, lane_of, newly_seen, roles_of, who
from service.operations.comparing.differences import Difference
from service.operations.comparing.kind import ABSENT, PLACE
from service.operations.comparing.telling import Telling, enumerated, from_to
from service.operations.comparing.tree import Key, Node, Tree, local
from service.operations.comparing.xml_file import BOUNDS, TEXT, TYPE, WAYPOINTS

_ARROWS = ("sequenceFlow", "messageFlow", "association")
_NO_STEPS = (
    "lane",
    "participant",
    "process",
    "collaboration",
    "message",
    "signal",
    "error",
    *_ARROWS,
)
_STEPS = tuple(tag for tag in WORDS if tag not in _NO_STEPS)
_HET = (
    "begin",
    "bericht",
    "deelproces",
    "einde",
    "gegeven",
    "kader",
    "kader van het proces",
    "moment",
    "proces",
    "signaal",
    "wachtmoment",
    "wachtpunt",
)
_EMPTY = ("extensionElements", "ioMapping", "properties", "laneSet")


def tell_diagram(telling: Telling, before: Around, after: Around) -> None:
    """Tells all; ``before`` and ``after`` give the names of roles and the norm times."""
    words = _Diagram(telling, before, after)
    telling.drop(words.says_nothing)
    for one in telling.all("added", _STEPS):
        words.new_step(one)
    for one in telling.all("removed", _STEPS):
        words.gone_step(one)
    for one in [*telling.all("added", _ARROWS), *telling.all("removed", _ARROWS)]:
        words.arrow(one)
    for one in [*telling.all("added", _NO_STEPS), *telling.all("removed", _NO_STEPS)]:
        words.thing(one)
    for one in list(telling.left.values()):
        words.doer(one)
    for one in list(telling.all("changed")):
        words.change(one)
    words.drawing()
    telling.rest()


class _Diagram:
    """The sentences about one diagram."""

    def __init__(self, telling: Telling, before: Around, after: Around) -> None:
        self.telling, self.before, self.after = telling, before, after

    def says_nothing(self, one: Difference) -> bool:
        """Whether other differences say the same, or what differs is an empty wrapping."""
        tree = self.telling.tree(one)
        node = tree.nodes[one.key]
        wrapping = local(node.tag) in _EMPTY and one.name is None
        kind_of_text = one.name == TYPE and ABSENT in (one.before, one.after)
        return local(node.tag) in BACK or kind_of_text or (wrapping and one.key in tree.children)

    def new_step(self, one: Difference) -> None:
        """A step, question, moment or end that was not there."""
        tree, node = self.telling.after, self.telling.after.nodes[one.key]
        role = who(tree, one.key, self.after)
        what = WORDS[local(node.tag)] if local(node.tag) != "userTask" else "stap"
        new = "Nieuw" if what in _HET else "Nieuwe"
        told = [f"{new} {what} *{name_of(node) or one.key[0]}*"]
        if role:
            told.append(f" voor {role}")
        at = node.values.get("attachedToRef")
        if at:
            told.append(f" bij {called(tree, (str(at),))}")
        told.append(self._neighbours(tree, one.key))
        schedule = tree.one(one.key, "extensionElements", "taskSchedule")
        if schedule:
            told.append(
                f", termijn {term_in_words(schedule.values.get('dueDate'), self.after.norms)}"
            )
        self._take_step(tree, one.key)
        self.telling.say("".join(told), one.key, "added")
        self._sight(one.key, ())

    def gone_step(self, one: Difference) -> None:
        """A step that is no more."""
        tree = self.telling.before
        thing = called(tree, one.key)
        self._take_step(tree, one.key)
        for key, flow in tree.nodes.items():
            ends = (flow.values.get("sourceRef"), flow.values.get("targetRef"))
            if (
                local(flow.tag) in _ARROWS
                and one.key[0] in ends
                and (key, None) in self.telling.left
            ):
                self._take_thing(tree, key, "removed")
        self.telling.say(f"{thing} vervalt", one.key, "removed")

    def arrow(self, one: Difference) -> None:
        """An arrow that came or went."""
        tree, node = self.telling.tree(one), self.telling.tree(one).nodes[one.key]
        start, end = ends_of(tree, node)
        word = WORDS[local(node.tag)]
        name = f" *{name_of(node)}*" if name_of(node) else ""
        self._take_thing(tree, one.key, one.what)
        if one.what == "removed":
            self.telling.say(f"{word}{name} van {start} naar {end} vervalt", one.key, "removed")
            return
        condition = tree.one(one.key, "conditionExpression")
        when = f", als {_formula(condition)}" if condition else ""
        self.telling.say(f"Nieuwe {word}{name} van {start} naar {end}{when}", one.key, "added")

    def thing(self, one: Difference) -> None:
        """A lane, message or process that came or went."""
        tree, node = self.telling.tree(one), self.telling.tree(one).nodes[one.key]
        word, name = WORDS[local(node.tag)], name_of(node) or one.key[-1]
        self.telling.take_all(tree, one.key)
        self._take_drawn(one.key)
        if one.what == "removed":
            self.telling.say(f"{word} *{name}* vervalt in het diagram", one.key, "removed")
        else:
            new = "Nieuw" if word in _HET else "Nieuwe"
            self.telling.say(f"{new} {word} *{name}* in het diagram", one.key, "added")

    def change(self, one: Difference) -> None:
        """A value that is other than it was."""
        node = self.telling.after.nodes[one.key]
        if is_drawn(node) or (one.key, one.name) not in self.telling.left:
            return
        text = self._changed(one, node)
        if text:
            self.telling.take(one.key, one.name)
            self.telling.say(text, self.telling.owner(one), "changed")

    def _changed(self, one: Difference, node: Node) -> str:
        after, before = self.telling.after, self.telling.before
        thing, tag = self.telling.called(one), local(node.tag)
        if (
            one.name == "name"
            and tag in WORDS
            and one.before is not ABSENT
            and one.after is not ABSENT
        ):
            return f"{called(before, one.key)} heet nu *{' '.join(str(one.after).split())}*"
        if tag == "taskSchedule" and one.name == "dueDate":
            return f"Termijn van {thing}{self._term(one)}"
        if tag == "sequenceFlow" and one.name in ("sourceRef", "targetRef"):
            self.telling.take(one.key, "sourceRef")
            self.telling.take(one.key, "targetRef")
            (was, to), (start, end) = ends_of(before, before.nodes[one.key]), ends_of(after, node)
            return f"{thing} gaat nu van {start} naar {end} (was: van {was} naar {to})"
        if tag == "conditionExpression" and one.name == TEXT:
            return (
                f"Voorwaarde van de {thing}{from_to(*(_plain(v) for v in (one.before, one.after)))}"
            )
        return ""

    def _term(self, one: Difference) -> str:
        old, new = (
            term_in_words(value, around.norms)
            for value, around in ((one.before, self.before), (one.after, self.after))
        )
        names = [norm_name(value) for value in (one.before, one.after)]
        if names[0] != names[1] and any(names):
            told = [
                f"{words} (norm *{name}*)" if name else words
                for words, name in zip((old, new), names, strict=True)
            ]
            return f": van {told[0]} naar {told[1]}"
        return from_to(old, new)

    def drawing(self) -> None:
        """What only moved, counted; never hidden."""
        moved: dict[str, bool] = {}
        for one in list(self.telling.left.values()):
            tree = self.telling.tree(one)
            node = tree.nodes[one.key]
            owner = self.telling.owner(one)
            there = owner in self.telling.before.nodes and owner in self.telling.after.nodes
            placed = one.name in (None, BOUNDS, WAYPOINTS, "isMarkerVisible", "isExpanded", "id")
            if is_drawn(node) and there and owner and placed:
                self.telling.take(one.key, one.name)
                moved[owner[0]] = local(self.telling.after.nodes[owner].tag) in _ARROWS
        for element in moved:
            self.telling.mark(element, "moved")
        told = (
            _counted(sum(not arrow for arrow in moved.values()), "vorm", "vormen"),
            _counted(sum(moved.values()), "pijl", "pijlen"),
        )
        if moved:
            self.telling.say(f"{enumerated(one for one in told if one)} verplaatst in de tekening")

    def _take_step(self, tree: Tree, key: Key) -> None:
        inside = [tree.nodes[one] for one in tree.below(key)]
        for node in inside:
            if local(node.tag) in WORDS and node.key != key:
                self._take_drawn(node.key)
                self.telling.mark(node.key[0], "added" if tree is self.telling.after else "removed")
        self.telling.take_all(tree, key)
        self._take_drawn(key)
        self.telling.take((LANE, key[0]))

    def _take_thing(self, tree: Tree, key: Key, mark: str) -> None:
        self.telling.take_all(tree, key)
        self._take_drawn(key)
        self.telling.mark(key[0], mark)

    def _take_drawn(self, key: Key) -> None:
        for tree in (self.telling.before, self.telling.after):
            for tag in ("@BPMNShape", "@BPMNEdge"):
                if (tag, key[0]) in tree.nodes:
                    self.telling.take_all(tree, (tag, key[0]))

    def _neighbours(self, tree: Tree, step: Key) -> str:
        """Where it comes in; the new plain arrows that say so, are told by that."""
        told = []
        for end, other, word in (
            ("targetRef", "sourceRef", "na"),
            ("sourceRef", "targetRef", "voor"),
        ):
            flows = [
                node
                for node in tree.nodes.values()
                if local(node.tag) == "sequenceFlow" and node.values.get(end) == step[0]
            ]
            names = dict.fromkeys(called(tree, (str(flow.values.get(other)),)) for flow in flows)
            told += [f"{word} {enumerated(names)}"] if names else []
            for flow in flows:
                plain = not name_of(flow) and not tree.children.get(flow.key)
                if plain and (flow.key, None) in self.telling.left:
                    self._take_thing(tree, flow.key, "added")
        return f", {enumerated(told)}" if told else ""

    def doer(self, one: Difference) -> None:
        """A step that others are to do, or that is drawn in another lane."""
        step = self.telling.owner(one)
        before, after = self.telling.before, self.telling.after
        if step not in before.nodes or step not in after.nodes or not self._about_doer(one):
            return
        self.telling.drop(
            lambda other: self._about_doer(other) and self.telling.owner(other) == step
        )
        thing = called(after, step)
        old, new = who(before, step, self.before), who(after, step, self.after)
        lanes = lane_of(before, step, self.before), lane_of(after, step, self.after)
        if old != new:
            told = f"{thing} gaat van {old or 'niemand'} naar {new or 'niemand'}"
        else:
            told = f"{thing} staat nu bij {lanes[1]} (was {lanes[0]}); het werk blijft voor {new}"
        self.telling.say(told, step, "changed")
        self._sight(step, roles_of(before, step))

    def _about_doer(self, one: Difference) -> bool:
        node = self.telling.tree(one).nodes[one.key]
        if one.key[:1] == (LANE,):
            return one.name in (None, PLACE)
        only = {*node.values} <= {GROUPS} if one.name is None else one.name == GROUPS
        return local(node.tag) == "assignmentDefinition" and only

    def _sight(self, step: Key, before: tuple[str, ...]) -> None:
        for text in newly_seen(self.telling.after, step, before, self.after):
            self.telling.say(text, step)


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}" if count else ""


def _formula(node: Node) -> str:
    return _plain(node.values.get(TEXT))


def _plain(value: object) -> str:
    return str(value).strip().removeprefix("=").strip() if isinstance(value, str) else "niets"
