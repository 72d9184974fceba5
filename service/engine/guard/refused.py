"""Parts of the standards that never run here, each with its own code and way out."""

from collections.abc import Mapping

from service.engine.guard.panel import box, field, setting
from service.engine.guard.vocabulary import Refusal


def _same(refusal: Refusal, *names: str) -> dict[str, Refusal]:
    return dict.fromkeys(names, refusal)


_OWNER = Refusal(
    code="potential-owner",
    meaning="resource roles of the standard (potentialOwner, performer …)",
    way_out="Zet de taak in de baan van een rol, of maak een keuze bij "
    f"{box('assignmentDefinition')}.",
    at="assignmentDefinition",
)
_CHOREOGRAPHY = Refusal(
    code="choreography",
    meaning="choreography and conversation diagrams",
    way_out="Teken het als proces met deelnemers en berichten.",
)
_LOOP_DATA = Refusal(
    code="loop-data-reference",
    meaning="loop data of the standard (loopDataInputRef, inputDataItem …)",
    way_out=f"Vul {field('loopCharacteristics inputCollection')} in.",
    at="loopCharacteristics inputCollection",
)
_GLOBAL_TASK = Refusal(
    code="global-task",
    meaning="global tasks",
    way_out="Maak er een proces van en roep dat aan.",
)
_IO = Refusal(
    code="io-specification",
    meaning="input/output specifications of the standard",
    way_out=f"Geef gegevens door met {setting('ioMapping')}.",
)
_TRANSFORMATION = Refusal(
    code="transformation",
    meaning="transformation or assignment in a data association",
    way_out=f"Reken de waarde uit in een scripttaak, of bij {setting('input')}.",
)
_CORRELATION = Refusal(
    code="correlation-property",
    meaning="correlation keys and properties of the standard",
    way_out=f"Vul bij het bericht {field('subscription correlationKey')} in.",
    at="subscription correlationKey",
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
        way_out="Kies bij de gebeurtenis zelf een tijd, bericht of fout, met ‘Soort wijzigen’.",
    ),
    "script": Refusal(
        code="script-body",
        meaning="script text inside a script task",
        way_out=f"Zet de berekening bij {field('script expression')}.",
        at="script expression",
    ),
    "complexBehaviorDefinition": Refusal(
        code="loop-behavior",
        meaning="events thrown by a repetition",
        way_out="Laat de instelling weg.",
    ),
    "rendering": Refusal(
        code="rendering",
        meaning="rendering of the standard",
        way_out=f"Maak een keuze bij {field('formDefinition formId')}.",
        at="formDefinition formId",
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
        way_out=f"Zet de berekening in FEEL bij {field('script expression')}.",
        at="script expression",
    ),
    "startQuantity": Refusal(
        code="start-quantity",
        meaning="startQuantity other than 1",
        way_out="Laat een parallelle splitsing voor de stap op alle pijlen wachten.",
    ),
    "completionQuantity": Refusal(
        code="completion-quantity",
        meaning="completionQuantity other than 1",
        way_out="Zet een parallelle splitsing achter de stap.",
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
        way_out=f"Maak een keuze bij {field('calledElement processId')}.",
        at="calledElement processId",
    ),
    "default": Refusal(
        code="default-elsewhere",
        meaning="a default flow on something that does not choose",
        way_out="Zet een exclusieve splitsing na de stap en maak de pijl daar de standaardpijl.",
    ),
    "expressionLanguage": Refusal(
        code="expression-language",
        meaning="an expression language other than FEEL",
        way_out="Schrijf de uitdrukkingen in FEEL, en haal de andere taal weg in het programma "
        "waarin het diagram gemaakt is.",
    ),
    "language": Refusal(
        code="expression-language",
        meaning="an expression language other than FEEL",
        way_out="Teken het onderdeel opnieuw, en schrijf de uitdrukking in FEEL.",
    ),
}
"""BPMN attributes with a code of their own; a value in ``vocabulary.VALUES`` is no reason."""
