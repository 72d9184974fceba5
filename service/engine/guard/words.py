"""Dutch words for what stands in a diagram: how a finding calls an element."""

from collections.abc import Iterator

from lxml import etree

from service.engine.guard.xmlnames import BPMN, local, namespace

LONGEST = 80

NOUNS = {
    "adHocSubProcess": "Ad-hoc-deelproces",
    "association": "Verbindingslijn",
    "boundaryEvent": "Randgebeurtenis",
    "businessRuleTask": "Beslistaak",
    "callActivity": "Aanroep van een ander proces",
    "category": "Categorie",
    "collaboration": "Samenwerking",
    "complexGateway": "Complexe splitsing",
    "dataObject": "Gegevensobject",
    "dataObjectReference": "Gegevensobject",
    "dataStoreReference": "Gegevensopslag",
    "definitions": "Diagram",
    "endEvent": "Eindgebeurtenis",
    "error": "Foutdefinitie",
    "escalation": "Escalatiedefinitie",
    "eventBasedGateway": "Gebeurtenissplitsing",
    "exclusiveGateway": "Exclusieve splitsing (XOR)",
    "group": "Groep",
    "inclusiveGateway": "Inclusieve splitsing (OR)",
    "intermediateCatchEvent": "Wachtgebeurtenis",
    "intermediateThrowEvent": "Tussengebeurtenis",
    "lane": "Baan",
    "laneSet": "Banen",
    "manualTask": "Handmatige taak",
    "message": "Bericht",
    "messageFlow": "Berichtpijl",
    "parallelGateway": "Parallelle splitsing (AND)",
    "participant": "Deelnemer",
    "process": "Proces",
    "receiveTask": "Ontvangsttaak",
    "scriptTask": "Scripttaak",
    "sendTask": "Verzendtaak",
    "sequenceFlow": "Pijl",
    "serviceTask": "Systeemtaak",
    "signal": "Signaaldefinitie",
    "startEvent": "Startgebeurtenis",
    "subProcess": "Deelproces",
    "task": "Taak",
    "textAnnotation": "Aantekening",
    "transaction": "Transactie",
    "userTask": "Gebruikerstaak",
}

EVENTS = {
    "cancelEventDefinition": "annulering",
    "compensateEventDefinition": "compensatie",
    "conditionalEventDefinition": "voorwaarde",
    "errorEventDefinition": "fout",
    "escalationEventDefinition": "escalatie",
    "linkEventDefinition": "koppeling",
    "messageEventDefinition": "bericht",
    "signalEventDefinition": "signaal",
    "terminateEventDefinition": "alles beëindigen",
    "timerEventDefinition": "tijd",
}


def short(text: str) -> str:
    """Text on one line, cut off so that a finding stays readable."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def quoted(text: str) -> str:
    """Text from the diagram between quotation marks."""
    return f"‘{short(text)}’"


def anchor(element: etree._Element) -> etree._Element:
    """The element itself, or the nearest one around it that a reader knows by a word."""
    return next((one for one in _outwards(element) if _has_word(one)), element)


def shown_id(element: etree._Element) -> str | None:
    """The id under which an editor can point at the element, or at what it stands in."""
    ids = (one.get("id") for one in _outwards(element) if _has_word(one))
    return next((key for key in ids if key), None)


def _outwards(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()


def _has_word(element: etree._Element) -> bool:
    return namespace(element.tag) == BPMN and local(element) in NOUNS


def label(element: etree._Element) -> str:
    """How a finding calls an element: kind, name and id, to start a sentence with.

    >>> Gebruikerstaak ‘Triage doen’ (triage)
    """
    shown = anchor(element)
    noun = NOUNS.get(local(shown), "Onderdeel " + quoted(local(shown)))
    name, key = shown.get("name"), shown.get("id")
    parts = [noun, quoted(name) if name and name.strip() else "", f"({short(key)})" if key else ""]
    return " ".join(part for part in parts if part)
