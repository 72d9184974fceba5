"""What people call the parts of a diagram."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from service.domain.working_days import norm_in_words
from service.operations.comparing.kind import ABSENT, PLACE, TAG, in_words
from service.operations.comparing.tree import Key, Node, Tree, local

LANE = "@lane"
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "association": "stippellijn",
        "boundaryEvent": "gebeurtenis",
        "businessRuleTask": "beslissing",
        "callActivity": "deelproces",
        "collaboration": "samenwerking",
        "dataObjectReference": "gegeven",
        "endEvent": "einde",
        "error": "fout",
        "eventBasedGateway": "wachtpunt",
        "exclusiveGateway": "keuze",
        "group": "kader",
        "inclusiveGateway": "keuze",
        "intermediateCatchEvent": "wachtmoment",
        "intermediateThrowEvent": "moment",
        "lane": "rol",
        "manualTask": "stap buiten het systeem",
        "message": "bericht",
        "messageFlow": "berichtpijl",
        "parallelGateway": "splitsing of samenkomst",
        "participant": "kader van het proces",
        "process": "proces",
        "receiveTask": "ontvangst",
        "scriptTask": "berekening",
        "sendTask": "verzending",
        "sequenceFlow": "pijl",
        "serviceTask": "automatische stap",
        "signal": "signaal",
        "startEvent": "begin",
        "subProcess": "deelproces",
        "task": "stap",
        "textAnnotation": "aantekening",
        "userTask": "taak",
    }
)
"""The things of a diagram; everything else is a detail of one of these."""
_ASPECTS: Mapping[str, str] = MappingProxyType(
    {
        "documentation #text": "Toelichting",
        "text #text": "Tekst",
        "taskSchedule dueDate": "Termijn",
        "assignmentDefinition candidateGroups": "Rol",
        "assignmentDefinition assignee": "Persoon",
        "formDefinition formId": "Formulier",
        "conditionExpression #text": "Voorwaarde",
        "condition #text": "Voorwaarde",
        "timeDate #text": "Moment",
        "timeDuration #text": "Wachttijd",
        "timeCycle #text": "Herhaling",
        "calledDecision decisionId": "Beslistabel",
        "calledDecision resultVariable": "Naam van de uitkomst",
        "calledElement processId": "Aangeroepen proces",
        "script expression": "Berekening",
        "script resultVariable": "Naam van de uitkomst",
        "taskDefinition type": "Soort werk",
        "taskDefinition retries": "Aantal pogingen",
        "loopCharacteristics inputCollection": "Lijst waarvoor dit steeds gebeurt",
        "completionCondition #text": "Voorwaarde om te stoppen",
        "subscription correlationKey": "Kenmerk waaraan een bericht zijn zaak herkent",
        "boundaryEvent cancelActivity": "Onderbreekt de stap",
        "boundaryEvent attachedToRef": "Stap",
        "sequenceFlow sourceRef": "Begin",
        "sequenceFlow targetRef": "Einde",
        f"flowNodeRef {PLACE}": "Rol",
    }
)
_EVERYWHERE: Mapping[str, str] = MappingProxyType(
    {
        "name": "Naam",
        "default": "Pijl als geen voorwaarde past",
        "#bounds": "Plaats",
        "#waypoints": "Verloop",
        PLACE: "Plaats in het proces",
        TAG: "Soort",
    }
)
_TERM = re.compile(r"=\s*na_normtijd\(now\(\),\s*(?:gemeente\.normtijden\.(\w+)|\"(\w+)\")\)")


def owner_of(tree: Tree, key: Key) -> Key:
    """The step, arrow, lane or message of which a node is a detail."""
    for node in tree.up(key):
        if node.key and node.key[0].startswith("@"):
            return (node.key[1],)
        if local(node.tag) in WORDS:
            return node.key
    return ()


def name_of(node: Node) -> str:
    """Its name on one line."""
    return " ".join(str(node.values.get("name", "")).split())


def called(tree: Tree, key: Key) -> str:
    """``*Triage*``, ``pijl *Ja* bij *Advies nodig?*``, or the kind of thing when it has no name."""
    node = tree.nodes.get(key)
    if node is None or not key:
        return "het diagram"
    word, name = WORDS.get(local(node.tag), local(node.tag)), name_of(node)
    if local(node.tag) == "sequenceFlow":
        return _arrow(tree, node, name)
    if local(node.tag) in ("lane", "message", "process", "participant"):
        return f"{word} *{name or key[0]}*"
    return f"*{name}*" if name else f"{word} {_after(tree, node)}"


def ends_of(tree: Tree, node: Node) -> tuple[str, str]:
    """What people call the two ends of an arrow."""
    found = [(str(node.values.get(end, "")),) for end in ("sourceRef", "targetRef")]
    one, other = (_plain(tree, key) for key in found)
    return one, other


def _arrow(tree: Tree, node: Node, name: str) -> str:
    start, end = ends_of(tree, node)
    return f"pijl *{name}* bij {start}" if name else f"pijl van {start} naar {end}"


def _plain(tree: Tree, key: Key) -> str:
    node = tree.nodes.get(key)
    if node is None:
        return f"*{key[0]}*"
    return f"*{name_of(node)}*" if name_of(node) else WORDS.get(local(node.tag), f"*{key[0]}*")


def _after(tree: Tree, node: Node) -> str:
    """Where something without a name stands: after its first neighbour that has one."""
    for flow in _arrows_to(tree, node.key[0]):
        source = tree.nodes.get((str(flow.values.get("sourceRef", "")),))
        if source and name_of(source):
            return f"na *{name_of(source)}*"
    return f"*{node.key[0]}*"


def _arrows_to(tree: Tree, step: str) -> Iterator[Node]:
    for node in tree.nodes.values():
        if local(node.tag) == "sequenceFlow" and node.values.get("targetRef") == step:
            yield node


def aspect_of(tree: Tree, node: Node, name: str) -> str:  # noqa: ARG001
    """What people call a value of a node."""
    tag = local(node.tag)
    if tag in ("input", "output") and name == "source":
        way = "dat binnenkomt" if tag == "input" else "dat eruit komt"
        return f"Gegeven {node.values.get('target', '')} {way}"
    if tag == "property" and name == "value":
        told = str(node.values.get("name", ""))
        return "Vier ogen met" if told == "vierOgenMet" else f"Kenmerk {told}"
    known = _ASPECTS.get(f"{tag} {name}") or _EVERYWHERE.get(name)
    if known:
        return known
    plain = local(name).removeprefix("#")
    return f"Kenmerk {plain}" if tag in WORDS else f"Kenmerk {plain} ({tag})"


def shown_as(tree: Tree, node: Node, name: str, value: Any) -> str:
    """A value as people read it: names for ids, words for terms, formulas without their sign."""
    if isinstance(value, tuple) and name == PLACE:
        lane = tree.nodes.get(value)
        return name_of(lane) or value[-1] if lane else "niets"
    if name == TAG:
        return WORDS.get(local(str(value)), local(str(value)))
    if name in ("#bounds", "#waypoints"):
        return "een andere plaats" if value is not ABSENT else "niets"
    if name.endswith("Ref") or name == "default":
        return _plain(tree, (str(value),)).strip("*") if isinstance(value, str) else "niets"
    if local(node.tag) == "taskSchedule":
        return term_in_words(value, {})
    told = in_words(value)
    return told.removeprefix("=").strip() if local(node.tag) != "documentation" else told


def term_in_words(value: Any, norms: Mapping[str, str]) -> str:
    """A term: ``5 werkdagen``, or the name of the norm time when it is not known."""
    match = _TERM.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return in_words(value).removeprefix("=").strip()
    name, norm = match.groups()
    if norm:
        return norm_in_words(norm)
    return norm_in_words(norms[name]) if name in norms else f"norm {name}"


def norm_name(value: Any) -> str | None:
    """The norm time of the profile that a term names."""
    match = _TERM.fullmatch(value) if isinstance(value, str) else None
    return match[1] if match else None
