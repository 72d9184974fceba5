"""Tasks: each says what it does: a form, a type of job, a decision, a script, a process."""

from collections.abc import Mapping

from service.engine.guard.known import Known
from service.engine.guard.model import Diagram, Node
from service.engine.guard.panel import box, field
from service.engine.guard.registry import Remark, Remarks, rule, says, warning
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import zeebe_child

_NEEDS: Mapping[str, tuple[str, str, str, str]] = {
    "serviceTask": (
        "taskDefinition type",
        "service-task-without-type",
        "zegt niet welk werk het systeem moet doen.",
        f"Maak een keuze bij {field('taskDefinition type')}.",
    ),
    "scriptTask": (
        "script expression",
        "script-without-expression",
        "heeft geen berekening.",
        "Kies ‘Berekening toevoegen’ en vul haar velden in (zeebe:script).",
    ),
    "businessRuleTask": (
        "calledDecision decisionId",
        "rule-task-without-decision",
        "noemt geen beslistabel.",
        f"Maak een keuze bij {field('calledDecision decisionId')}.",
    ),
    "callActivity": (
        "calledElement processId",
        "call-without-process",
        "noemt geen proces om aan te roepen.",
        f"Maak een keuze bij {field('calledElement processId')}.",
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
        setting, code, reason, way_out = _NEEDS[node.tag]
        if zeebe_child(node.xml, setting.partition(" ")[0]) is None:
            yield says(code, node.xml, reason, way_out, at=setting)


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
            yield _no_message(node, named=any(ways))


def _no_message(node: Node, *, named: bool) -> Remark:
    if node.tag == "receiveTask":
        return says(
            "receive-task-without-message",
            node.xml,
            "zegt niet op welk bericht zij wacht.",
            f"Maak een keuze bij {field('messageRef')}.",
            at="messageRef",
        )
    return says(
        "send-task-without-message",
        node.xml,
        "verstuurt een bericht en laat het systeem ook werk doen; een van de twee kan."
        if named
        else "zegt niet wat zij verstuurt.",
        f"Maak een keuze bij {box('taskDefinition type')}, of gebruik een tussengebeurtenis met "
        "een bericht.",
        at="taskDefinition type",
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
                f"Maak een keuze bij {field('formDefinition formId')}, of een nieuw formulier.",
                at="formDefinition formId",
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
                "Teken deze taak opnieuw. Het aantal pogingen (retries) is een geheel getal van "
                "1 tot en met 100.",
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
                "heeft geen naam; in de werkvoorraad staat dan alleen haar technische naam.",
                "Geef de taak een naam: wat iemand doet, zoals “Signaal beoordelen”.",
                at="name",
            )
