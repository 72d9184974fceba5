"""What the elements of a process are called beside each other: those of one name are told apart."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from lxml import etree

from service.engine.elements import Element, Flow
from service.engine.problems import BPMN

_WORK = ("task", "activity", "process", "transaction")


def labels(
    process: etree._Element, elements: Sequence[Element], flows: Collection[Flow]
) -> Mapping[str, str]:
    """A label for each element by its id: its name, or its id without one.

    Where several have one name, each has between brackets what sets it apart: its lane, what it
    lies in, what comes before it, or else a number. A gateway without a name is called by what it
    does.
    """
    around = _Around(process, elements, flows)
    return {
        element.id: f"{name} ({apart})" if apart else name
        for (name, _), group in around.alike.items()
        for element, apart in zip(group, around.told_apart(group), strict=True)
    }


class _Around:
    """What lies around each element of a process."""

    def __init__(
        self, process: etree._Element, elements: Sequence[Element], flows: Collection[Flow]
    ) -> None:
        self._elements = {element.id: element for element in elements}
        self._lanes = {lane.get("id"): lane.get("name") for lane in process.iter(f"{BPMN}lane")}
        self._nodes = {node.get("id"): node for node in process.iter(f"{BPMN}*")}
        self._ways_out = Counter(flow.source for flow in flows)
        self._ways_in: defaultdict[str, list[Flow]] = defaultdict(list)
        for flow in flows:
            self._ways_in[flow.target].append(flow)
        self.alike: defaultdict[tuple[str, str], list[Element]] = defaultdict(list)
        """The elements of each name; steps of every kind together, as lists do not say it."""
        for element in elements:
            self.alike[self._key(element)].append(element)

    def _key(self, element: Element) -> tuple[str, str]:
        is_work = element.type.lower().endswith(_WORK)
        return self._name(element), "work" if is_work else element.type

    def _name(self, element: Element) -> str:
        if element.name or not element.type.endswith("Gateway"):
            return element.name or element.id
        return "splitsing" if self._ways_out[element.id] > 1 else "samenvoeging"

    def told_apart(self, group: Sequence[Element]) -> list[str]:
        """What sets each of a group apart; nothing for one that is alone."""
        if len(group) == 1:
            return [""]
        for way in (self._lane, self._place, self._before):
            if all(found := _own([list(dict.fromkeys(way(element))) for element in group])):
                return found
        return [str(number) for number in range(1, len(group) + 1)]

    def _lane(self, element: Element) -> Iterator[str]:
        if name := self._lanes.get(element.lane):
            yield name

    def _place(self, element: Element) -> Iterator[str]:
        node = self._nodes[element.id]
        parent = node.getparent()
        if host := self._elements.get(node.get("attachedToRef", "")):
            yield f"bij {self._name(host)}"
        elif parent is not None and (part := self._elements.get(parent.get("id", ""))):
            yield f"in {self._name(part)}"

    def _before(self, element: Element) -> Iterator[str]:
        yield from (f"na {what}" for what in self._leading_to(element, set()))

    def _leading_to(self, element: Element, seen: set[str]) -> Iterator[str]:
        """The nearest that says something: a step or event, or a question with its answer."""
        seen.add(element.id)
        for flow in self._ways_in[element.id]:
            source = self._elements[flow.source]
            if self._says_something(source):
                is_gateway = source.type.endswith("Gateway")
                yield f"{source.name} {flow.name}".strip() if is_gateway else source.name
            elif source.id not in seen:
                yield from self._leading_to(source, seen)

    def _says_something(self, element: Element) -> bool:
        """Not what only joins, lets all through, or is called like something else."""
        is_gateway = element.type.endswith("Gateway")
        is_choice = self._ways_out[element.id] > 1 and element.type != "parallelGateway"
        alone = len(self.alike[self._key(element)]) == 1
        return bool(element.name) and alone and (is_choice or not is_gateway)


def _own(found: Sequence[Sequence[str]]) -> list[str]:
    """Of what was found for each, the first that was found for no other; else empty."""
    times = Counter(text for texts in found for text in texts)
    return [next((text for text in texts if times[text] == 1), "") for texts in found]
