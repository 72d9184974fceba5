"""Tasks: each says what it does: a form, a type of job, a decision, a script, a process."""

from collections.abc import Mapping

from service.engine.guard.known import Known
from service.engine.guard.model import Diagram
from service.engine.guard.registry import Remarks, rule, says, warning
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import zeebe_child

_NEEDS: Mapping[str, tuple[str, str, str, str]] = {
    "serviceTask": (
        "taskDefinition",
        "service-task-without-type",
        "zegt niet welk werk het systeem moet doen.",
        "Vul het soort werk in (zeebe:taskDefinition type).",
    ),
    "scriptTask": (
        "script",
        "script-without-expression",
        "heeft geen berekening.",
        "Vul de FEEL-berekening en de variabele voor de uitkomst in (zeebe:script).",
    ),
    "businessRuleTask": (
        "calledDecision",
        "rule-task-without-decision",
        "noemt geen beslistabel.",
        "Kies een beslissing en de variabele voor de uitkomst (zeebe:calledDecision).",
    ),
    "callActivity": (
        "calledElement",
        "call-without-process",
        "noemt geen proces om aan te roepen.",
        "Kies een proces (zeebe:calledElement processId).",
    ),
}


@rule(
    {
        "service-task-without-type": "a service task without zeebe:taskDefinition",
        "script-without-expression": "a script task without zeebe:script",
        "rule-task-without-decision": "a business rule task without zeebe:calledDecision",
        "call-without-process": "a call activity without zeebe:calledElement",
    }
)
def says_what_it_does(diagram: Diagram, _known: Known) -> Remarks:
    """A task of a machine without instruction would be passed by in silence."""
    for node in diagram.tagged(*_NEEDS):
        extension, code, reason, way_out = _NEEDS[node.tag]
        if zeebe_child(node.xml, extension) is None:
            yield says(code, node.xml, reason, way_out)


@rule(
    {
        "receive-task-without-message": "a receive task that names no message",
        "send-task-without-message": "a send task without exactly one of message and job type",
    }
)
def names_its_message(diagram: Diagram, _known: Known) -> Remarks:
    """Without a message the task would be passed by in silence."""
    for node in diagram.tagged("receiveTask", "sendTask"):
        ways = [bool(node.xml.get("messageRef"))]
        if node.tag == "sendTask":
            ways.append(zeebe_child(node.xml, "taskDefinition") is not None)
        if sum(ways) != 1:
            kind = "receive" if node.tag == "receiveTask" else "send"
            yield says(
                f"{kind}-task-without-message",
                node.xml,
                "zegt niet (eenduidig) welk bericht.",
                "Kies een bericht"
                + (", of vul alleen het soort werk in." if kind == "send" else "."),
            )


@warning({"user-task-without-form": "a user task without a form"})
def user_task_form(diagram: Diagram, _known: Known) -> Remarks:
    """It runs and takes any answer, but staff see an empty page."""
    for node in diagram.tagged("userTask"):
        if zeebe_child(node.xml, "formDefinition") is None:
            yield says(
                "user-task-without-form",
                node.xml,
                "heeft geen formulier.",
                "Koppel een formulier (zeebe:formDefinition formId).",
            )


@rule({"retries": "a number of attempts that is not a whole number from 1 to 100"})
def retries(diagram: Diagram, _known: Known) -> Remarks:
    """How often a job is tried is fixed before it starts."""
    for node in diagram.tagged("serviceTask", "sendTask"):
        definition = zeebe_child(node.xml, "taskDefinition")
        value = None if definition is None else definition.get("retries")
        if value is not None and not (value.isascii() and value.isdigit() and _few(value)):
            yield says(
                "retries",
                node.xml,
                f"heeft als aantal pogingen {quoted(value)}.",
                "Vul een geheel getal van 1 tot en met 100 in.",
            )


def _few(digits: str) -> bool:
    return len(digits) <= 3 and 1 <= int(digits) <= 100


@warning({"task-without-name": "a task without a name"})
def names(diagram: Diagram, _known: Known) -> Remarks:
    """The name is what staff read in their inbox."""
    for node in diagram.tagged("userTask"):
        if not node.xml.get("name", "").strip():
            yield says(
                "task-without-name",
                node.xml,
                "heeft geen naam; in de werkvoorraad staat dan alleen het id.",
                "Geef de taak een naam: een werkwoord met een onderwerp.",
            )
