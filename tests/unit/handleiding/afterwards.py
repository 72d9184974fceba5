"""What happens after a task, in words, read from the flows of its diagram."""

from collections.abc import Iterator

from lxml import etree

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_QUIET = (
    "serviceTask",
    "scriptTask",
    "businessRuleTask",
    "sendTask",
    "parallelGateway",
    "eventBasedGateway",
    "intermediateThrowEvent",
)
"""What passes by itself: the words go on with what comes after it."""
_ASKS = ("exclusiveGateway", "inclusiveGateway")
_MOST = 8
"""More ways on than this are not told one by one."""
_DEEP = 2
"""After so many answers the next question is told, and not what follows from it."""


def afterwards(node: etree._Element) -> list[str]:
    """Each way on from a step: the questions and answers that lead there, and what is there."""
    found = list(dict.fromkeys(_ways(node, (), frozenset())))
    found += [way for edge in _edges(node) for way in _of_edge(edge)]
    if len(found) > _MOST:
        return [*found[: _MOST - 1], "of anders: zie het diagram"]
    return found


def _ways(node: etree._Element, said: tuple[str, ...], seen: frozenset[str]) -> Iterator[str]:
    """From a step onwards; what was said so far comes first."""
    flows = _flows(node)
    if not flows:
        yield from _after_subprocess(node, said, seen)
    asks = _kind(node) in _ASKS and len(flows) > 1
    for flow in flows:
        answer = f"{node.get('name')} {flow.get('name')}" if asks else ""
        target = _find(node, str(flow.get("targetRef")))
        if target is not None:
            yield from _arrive(target, (*said, answer) if answer else said, seen)


def _arrive(node: etree._Element, said: tuple[str, ...], seen: frozenset[str]) -> Iterator[str]:
    key = str(node.get("id"))
    if len(said) >= _DEEP and _kind(node) in _ASKS and len(_flows(node)) > 1:
        yield _told(said, _named(node))
    elif _kind(node) in (*_QUIET, *_ASKS):
        if key not in seen:
            yield from _ways(node, said, seen | {key})
    else:
        yield _told(said, _named(node))


def _after_subprocess(
    node: etree._Element, said: tuple[str, ...], seen: frozenset[str]
) -> Iterator[str]:
    around = node.getparent()
    if around is not None and _kind(around) == "subProcess":
        yield from _ways(around, said, seen)


def _of_edge(edge: etree._Element) -> Iterator[str]:
    for flow in _flows(edge):
        target = _find(edge, str(flow.get("targetRef")))
        if target is not None:
            yield from _arrive(target, (f"*{edge.get('name')}*",), frozenset())


def _told(said: tuple[str, ...], place: str) -> str:
    return f"{' · '.join(said)} → {place}" if said else f"→ {place}"


def _named(node: etree._Element) -> str:
    name = f"*{node.get('name')}*"
    if _kind(node) in _ASKS:
        return f"de vraag {name}"
    if _kind(node) == "endEvent":
        return f"einde {name}"
    return f"wachten op {name}" if _kind(node) == "intermediateCatchEvent" else name


def _edges(node: etree._Element) -> Iterator[etree._Element]:
    around = node.getparent()
    if around is not None:
        for event in around.iterchildren(f"{_BPMN}boundaryEvent"):
            if event.get("attachedToRef") == node.get("id"):
                yield event


def _flows(node: etree._Element) -> list[etree._Element]:
    around = node.getparent()
    if around is None:
        return []
    flows = around.iterchildren(f"{_BPMN}sequenceFlow")
    return [flow for flow in flows if flow.get("sourceRef") == node.get("id")]


def _find(beside: etree._Element, key: str) -> etree._Element | None:
    around = beside.getparent()
    assert around is not None
    return next((node for node in around if node.get("id") == key), None)


def _kind(node: etree._Element) -> str:
    return etree.QName(node).localname
