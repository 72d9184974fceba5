"""Dutch words for settings: what the panel of the editor calls a tag or attribute of the file.

A finding speaks to somebody who sees the panel and no XML, so it uses these words. For who edits
the file, or uses another modeler, the name in the file follows in brackets.
"""

from collections.abc import Mapping

from lxml import etree

from service.engine.guard.words import EVENTS, NOUNS, quoted
from service.engine.guard.xmlnames import local

Field = tuple[str, ...]
"""Labels in the panel from outside in: a group, perhaps an item of its list, and a field."""

_WHO, _REPEAT = "Wie en wanneer", "Meer keer uitvoeren"
_GETS, _GIVES = "Wat de stap krijgt", "Wat de stap teruggeeft"

FIELDS: Mapping[str, Field] = {
    "id": ("Algemeen", "Technische naam"),
    "name": ("Algemeen", "Naam"),
    "isExecutable": ("Algemeen", "Wordt uitgevoerd (niet alleen getekend)"),
    "conditionExpression": ("Voorwaarde", "Voorwaarde (FEEL)"),
    "condition": ("Voorwaarde", "Voorwaarde (FEEL)"),
    "timerEventDefinition": ("Tijd", "Soort"),
    "timeDate": ("Tijd", "Tijd (vast of FEEL)"),
    "timeDuration": ("Tijd", "Tijd (vast of FEEL)"),
    "timeCycle": ("Tijd", "Tijd (vast of FEEL)"),
    "messageRef": ("Bericht", "Bericht in dit diagram"),
    "signalRef": ("Signaal", "Signaal in dit diagram"),
    "errorRef": ("Fout", "Fout in dit diagram"),
    "escalationRef": ("Escalatie", "Escalatie in dit diagram"),
    "message name": ("Bericht", "Naam van het bericht"),
    "signal name": ("Signaal", "Naam van het signaal"),
    "errorCode": ("Fout", "Foutcode"),
    "escalationCode": ("Escalatie", "Escalatiecode"),
    "activityRef": ("Terugdraaien", "Welke stap"),
    "waitForCompletion": ("Terugdraaien", "Wachten tot alles is teruggedraaid"),
    "linkEventDefinition name": ("Koppeling", "Naam"),
    "participant id": ("Algemeen", "Technische naam van de deelnemer"),
    "participant name": ("Algemeen", "Naam van de deelnemer"),
    "lane id": ("Rol", "Rol van deze baan"),
    "loopCardinality": (_REPEAT, "Aantal keren"),
    "completionCondition": (_REPEAT, "Klaar zodra"),
    "loopCondition": ("Herhalen", "Herhalen zolang (FEEL)"),
    "loopMaximum": ("Herhalen", "Hoogste aantal keren"),
    "formDefinition formId": ("Formulier", "Formulier"),
    "assignmentDefinition": (_WHO, "Rol"),
    "assignmentDefinition assignee": (_WHO, "Eén medewerker (FEEL)"),
    "assignmentDefinition candidateGroups": (_WHO, "Rollen (FEEL of lijst)"),
    "taskSchedule dueDate": (_WHO, "Uiterlijk (FEEL)"),
    "property name": (_WHO, "Iemand anders dan wie deze stap deed"),
    "property value": (_WHO, "Iemand anders dan wie deze stap deed"),
    "script expression": ("Berekening", "Berekening (FEEL)"),
    "script resultVariable": ("Berekening", "Uitkomst bewaren als"),
    "taskDefinition type": ("Systeemtaak", "Wat doet het systeem?"),
    "calledDecision decisionId": ("Beslistabel", "Beslistabel"),
    "calledDecision resultVariable": ("Beslistabel", "Uitkomst bewaren als"),
    "calledElement processId": ("Ander proces", "Proces"),
    "propagateAllParentVariables": ("Alles meegeven", "Alle gegevens van de zaak meegeven"),
    "propagateAllChildVariables": (
        "Alles teruggeven",
        "Alle gegevens van het andere proces overnemen",
    ),
    "input source": (_GETS, "Waarde (FEEL)"),
    "input target": (_GETS, "Naam binnen de stap"),
    "output source": (_GIVES, "Waarde (FEEL)"),
    "output target": (_GIVES, "Naam in de zaak"),
    "loopCharacteristics inputCollection": (_REPEAT, "Lijst"),
    "loopCharacteristics inputElement": (_REPEAT, "Naam van één onderdeel"),
    "loopCharacteristics outputCollection": (_REPEAT, "Lijst met uitkomsten"),
    "loopCharacteristics outputElement": (_REPEAT, "Uitkomst van één keer"),
    "subscription correlationKey": ("Bericht", "Waaraan de zaak herkend wordt (FEEL)"),
}
"""Where the panel shows what the file calls so: an attribute, with its tag where that matters."""

ZEEBE_WORDS: Mapping[str, str] = {
    "userTask": "Gebruikerstaak",
    "formDefinition": "Formulier",
    "assignmentDefinition": _WHO,
    "taskSchedule": "Normtijd",
    "script": "Berekening",
    "taskDefinition": "Systeemtaak",
    "calledDecision": "Beslistabel",
    "calledElement": "Ander proces",
    "properties": "Iemand anders dan wie deze stap deed",
    "property": "Iemand anders dan wie deze stap deed",
    "ioMapping": f"{_GETS} en teruggeeft",
    "input": _GETS,
    "output": _GIVES,
    "loopCharacteristics": _REPEAT,
    "subscription": "Waaraan de zaak herkend wordt (FEEL)",
    "executionListeners": "Luisteraars",
    "taskListeners": "Luisteraars van de taak",
    "taskHeaders": "Kopregels",
    "priorityDefinition": "Voorrang",
    "userTaskForm": "Formulier in het diagram",
    "versionTag": "Versie",
}
"""The settings of the zeebe vocabulary, by tag."""


def _called(word: str, *tags: str) -> dict[str, str]:
    return dict.fromkeys(tags, word)


PARTS: Mapping[str, str] = {
    **{tag: f"Aanleiding: {word}" for tag, word in EVENTS.items()},
    **_called("Uitvoerder", "potentialOwner", "performer", "humanPerformer", "resourceRole"),
    **_called("Choreografie", "choreography", "globalChoreographyTask"),
    **_called(
        "Gesprek",
        "conversation",
        "conversationLink",
        "callConversation",
        "globalConversation",
        "subConversation",
        "conversationAssociation",
        "conversationNode",
    ),
    **_called(
        "Lijst van een herhaling",
        "loopDataInputRef",
        "loopDataOutputRef",
        "inputDataItem",
        "outputDataItem",
    ),
    **_called(
        "Gedeelde taak",
        "globalTask",
        "globalUserTask",
        "globalManualTask",
        "globalScriptTask",
        "globalBusinessRuleTask",
    ),
    **_called("Gegevens in", "dataInput", "dataInputAssociation", "inputSet"),
    **_called("Gegevens uit", "dataOutput", "dataOutputAssociation", "outputSet"),
    **_called("Gegevens in en uit", "ioSpecification", "ioBinding"),
    **_called("Omrekening van gegevens", "transformation", "assignment"),
    **_called(
        "Waaraan de zaak herkend wordt",
        "correlationKey",
        "correlationProperty",
        "correlationSubscription",
        "correlationPropertyRef",
    ),
    **_called("Partner", "partnerEntity", "partnerRole"),
    "categoryValue": "Waarde van een categorie",
    "childLaneSet": "Banen binnen een baan",
    "completionCondition": "Klaar zodra",
    "complexBehaviorDefinition": "Melding bij elke herhaling",
    "condition": "Voorwaarde (FEEL)",
    "conditionExpression": "Voorwaarde (FEEL)",
    "dataState": "Toestand van gegevens",
    "dataStore": "Gegevensopslag",
    "documentation": "Toelichting",
    "endPoint": "Adres van een systeem",
    "eventDefinitionRef": "Gedeelde aanleiding",
    "extensionElements": "Instellingen",
    "flowNodeRef": "Stap in een baan",
    "import": "Ander bestand",
    "incoming": "Pijl die aankomt",
    "interface": "Koppelvlak",
    "itemDefinition": "Soort gegeven",
    "loopCardinality": "Aantal keren",
    "loopCondition": "Herhalen zolang (FEEL)",
    "multiInstanceLoopCharacteristics": _REPEAT,
    "outgoing": "Pijl die vertrekt",
    "participantMultiplicity": "Meer deelnemers",
    "property": "Eigenschap",
    "rendering": "Weergave",
    "resource": "Middel",
    "script": "Berekening",
    "sourceRef": "Begin van een lijn",
    "standardLoopCharacteristics": "Herhalen",
    "targetRef": "Einde van een lijn",
    "text": "Tekst",
    "timeCycle": "Herhaling",
    "timeDate": "Moment",
    "timeDuration": "Duur",
}
"""What stands inside an element of the diagram, by tag."""

ATTRIBUTES: Mapping[str, str] = {
    "associationDirection": "Richting van de lijn",
    "attachedToRef": "Stap waar de gebeurtenis op staat",
    "behavior": "Melding bij elke herhaling",
    "bindingType": "Versie",
    "calledElement": "Ander proces",
    "cancelActivity": "Stap stopt of loopt door",
    "candidateUsers": "Medewerkers",
    "categoryValueRef": "Categorie",
    "completionQuantity": "Aantal pijlen bij het einde",
    "dataObjectRef": "Gegevensobject",
    "dataStoreRef": "Gegevensopslag",
    "default": "Standaardpijl",
    "eventGatewayType": "Soort gebeurtenissplitsing",
    "expressionLanguage": "Taal van de uitdrukkingen",
    "externalReference": "Formulier van buiten",
    "followUpDate": "Herinnering op",
    "formKey": "Formulier",
    "gatewayDirection": "Richting van de splitsing",
    "implementation": "Uitvoering",
    "instantiate": "Begint een zaak",
    "isClosed": "Gesloten",
    "isCollection": "Verzameling",
    "isForCompensation": "Draait een andere stap terug",
    "isImmediate": "Meteen",
    "isInterrupting": "Stap stopt of loopt door",
    "isSequential": "Na elkaar",
    "language": "Taal van de uitdrukking",
    "method": "Manier van annuleren",
    "parallelMultiple": "Wacht op alles tegelijk",
    "processRef": "Proces",
    "processType": "Soort proces",
    "retries": "Aantal pogingen",
    "scriptFormat": "Taal van de berekening",
    "sourceRef": "Begin",
    "startQuantity": "Aantal pijlen bij het begin",
    "targetRef": "Einde",
    "testBefore": "Eerst kijken, dan doen",
    "triggeredByEvent": "Begint door een gebeurtenis",
    "versionTag": "Versie",
}
"""Attributes that the panel has no field for, in words."""


def box(name: str) -> str:
    """A field as the panel names it: ``‘Formulier’``."""
    return f"‘{FIELDS[name][-1]}’"


def field(name: str) -> str:
    """A field, and its name in the file: ``‘Formulier’ (formId)``."""
    return f"{box(name)} ({name.rpartition(' ')[2]})"


def attribute(element: etree._Element, name: str) -> str:
    """An attribute of an element, and its name in the file; one without a word keeps its own."""
    for key in (f"{local(element)} {name}", name):
        if key in FIELDS:
            return field(key)
    return f"‘{ATTRIBUTES[name]}’ ({name})" if name in ATTRIBUTES else quoted(name)


def setting(tag: str) -> str:
    """A setting and its tag: ``‘Wat de stap krijgt’ (zeebe:input)``; an unknown one is quoted."""
    name = f"zeebe:{tag}"
    return f"‘{ZEEBE_WORDS[tag]}’ ({name})" if tag in ZEEBE_WORDS else quoted(name)


def part(tag: str) -> str:
    """A part of a diagram and its tag: ``‘Voorwaarde (FEEL)’ (bpmn:conditionExpression)``."""
    word = PARTS.get(tag) or NOUNS.get(tag)
    return f"‘{word}’ (bpmn:{tag})" if word else quoted(f"bpmn:{tag}")


def field_of(element: etree._Element, name: str) -> Field:
    """Where in the panel an attribute or part of this element is changed; empty when nowhere."""
    found = FIELDS.get(f"{local(element)} {name}") or FIELDS.get(name, ())
    if local(element) in ("input", "output") and found:
        return (found[0], element.get("target", ""), found[1])
    return found
