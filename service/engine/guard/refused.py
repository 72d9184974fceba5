"""Parts of the standards that never run here, each with its own code and way out."""

from collections.abc import Mapping

from service.engine.guard.vocabulary import Refusal


def _same(refusal: Refusal, *names: str) -> dict[str, Refusal]:
    return dict.fromkeys(names, refusal)


_OWNER = Refusal(
    code="potential-owner",
    meaning="resource roles of the standard (potentialOwner, performer …)",
    way_out="Zet de taak in de baan van een rol, of gebruik zeebe:assignmentDefinition.",
)
_CHOREOGRAPHY = Refusal(
    code="choreography",
    meaning="choreography and conversation diagrams",
    way_out="Teken het als proces met deelnemers en berichten.",
)
_LOOP_DATA = Refusal(
    code="loop-data-reference",
    meaning="loop data of the standard (loopDataInputRef, inputDataItem …)",
    way_out="Noem de lijst en het element in zeebe:loopCharacteristics.",
)
_GLOBAL_TASK = Refusal(
    code="global-task",
    meaning="global tasks",
    way_out="Maak er een proces van en roep dat aan.",
)
_IO = Refusal(
    code="io-specification",
    meaning="input/output specifications of the standard",
    way_out="Gebruik zeebe:ioMapping om gegevens door te geven.",
)
_TRANSFORMATION = Refusal(
    code="transformation",
    meaning="transformation or assignment in a data association",
    way_out="Reken de waarde uit in een scripttaak of in zeebe:ioMapping.",
)
_CORRELATION = Refusal(
    code="correlation-property",
    meaning="correlation keys and properties of the standard",
    way_out="Zet zeebe:subscription met correlationKey bij het bericht.",
)
_TYPES = Refusal(
    code="item-definition",
    meaning="item definitions, imports and interfaces",
    way_out="Laat de typen weg; formulieren en FEEL bepalen de gegevens.",
)

REFUSED: Mapping[str, Refusal] = {
    "complexGateway": Refusal(
        code="complex-gateway",
        meaning="complex gateway",
        way_out="Gebruik een exclusieve, inclusieve of parallelle splitsing.",
    ),
    "adHocSubProcess": Refusal(
        code="ad-hoc-subprocess",
        meaning="ad-hoc subprocess",
        way_out="Teken een gewoon deelproces met pijlen tussen de taken.",
    ),
    "eventDefinitionRef": Refusal(
        code="event-definition-ref",
        meaning="reference to a shared event definition",
        way_out="Zet de timer, het bericht of de fout in de gebeurtenis zelf.",
    ),
    "script": Refusal(
        code="script-body",
        meaning="script text inside a script task",
        way_out="Zet de berekening als FEEL in zeebe:script.",
    ),
    "complexBehaviorDefinition": Refusal(
        code="loop-behavior",
        meaning="events thrown by a repetition",
        way_out="Laat de instelling weg.",
    ),
    "rendering": Refusal(
        code="rendering",
        meaning="rendering of the standard",
        way_out="Koppel een formulier met zeebe:formDefinition formId.",
    ),
    "participantMultiplicity": Refusal(
        code="participant-multiplicity",
        meaning="several copies of a participant",
        way_out="Teken de herhaling in het proces, over een lijst.",
    ),
    **_same(_OWNER, "potentialOwner", "performer", "humanPerformer", "resourceRole"),
    **_same(
        _CHOREOGRAPHY,
        "choreography",
        "globalChoreographyTask",
        "conversation",
        "conversationLink",
        "callConversation",
        "globalConversation",
        "subConversation",
        "conversationAssociation",
        "conversationNode",
    ),
    **_same(_LOOP_DATA, "loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem"),
    **_same(
        _GLOBAL_TASK,
        "globalTask",
        "globalUserTask",
        "globalManualTask",
        "globalScriptTask",
        "globalBusinessRuleTask",
    ),
    **_same(
        _IO,
        "ioSpecification",
        "ioBinding",
        "dataInput",
        "dataOutput",
        "inputSet",
        "outputSet",
    ),
    **_same(_TRANSFORMATION, "transformation", "assignment"),
    **_same(
        _CORRELATION,
        "correlationKey",
        "correlationProperty",
        "correlationSubscription",
        "correlationPropertyRef",
    ),
    **_same(
        _TYPES,
        "itemDefinition",
        "import",
        "interface",
        "resource",
        "partnerEntity",
        "partnerRole",
        "endPoint",
    ),
}
"""BPMN elements with a code of their own, by tag."""

REFUSED_ATTRIBUTES: Mapping[str, Refusal] = {
    "scriptFormat": Refusal(
        code="script-format",
        meaning="a script language other than FEEL",
        way_out="Verwijder scriptFormat en schrijf de berekening als FEEL in zeebe:script.",
    ),
    "startQuantity": Refusal(
        code="start-quantity",
        meaning="startQuantity other than 1",
        way_out="Verwijder startQuantity en gebruik een parallelle splitsing om te wachten.",
    ),
    "completionQuantity": Refusal(
        code="completion-quantity",
        meaning="completionQuantity other than 1",
        way_out="Verwijder completionQuantity en gebruik een parallelle splitsing.",
    ),
    "parallelMultiple": Refusal(
        code="parallel-multiple",
        meaning="an event that waits for several things at once",
        way_out="Gebruik een parallelle splitsing met één gebeurtenis per tak.",
    ),
    "eventGatewayType": Refusal(
        code="event-gateway-parallel",
        meaning="an event gateway that waits for all its events",
        way_out="Gebruik een parallelle splitsing met één gebeurtenis per tak.",
    ),
    "behavior": Refusal(
        code="loop-behavior",
        meaning="events thrown by a repetition",
        way_out="Laat de instelling weg.",
    ),
    "calledElement": Refusal(
        code="called-element-attribute",
        meaning="calledElement as a plain attribute",
        way_out="Noem het proces in zeebe:calledElement processId.",
    ),
    "default": Refusal(
        code="default-elsewhere",
        meaning="a default flow on something that does not choose",
        way_out="Zet een exclusieve splitsing na de stap en maak de pijl daar de standaardpijl.",
    ),
    "expressionLanguage": Refusal(
        code="expression-language",
        meaning="an expression language other than FEEL",
        way_out="Schrijf de expressies in FEEL en verwijder de taalaanduiding.",
    ),
    "language": Refusal(
        code="expression-language",
        meaning="an expression language other than FEEL",
        way_out="Schrijf de expressie in FEEL en verwijder de taalaanduiding.",
    ),
}
"""BPMN attributes with a code of their own; a value in ``vocabulary.VALUES`` is no reason."""
