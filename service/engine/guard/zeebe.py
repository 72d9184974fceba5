"""The allowlist of the zeebe extension elements: where each may stand and what it may carry."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.engine.guard.model import ACTIVITIES, EVENTS
from service.engine.guard.panel import box, field, setting
from service.engine.guard.vocabulary import Refusal


@dataclass(frozen=True, kw_only=True)
class Extension:
    """One zeebe element."""

    parents: frozenset[str]
    """BPMN tags in whose extensionElements it may stand (zeebe tags for inner elements)."""
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()


def _on(*parents: str) -> frozenset[str]:
    return frozenset(parents)


MAPPED = ACTIVITIES | EVENTS
"""What may have an ioMapping; rules/data.py says which half an event reads."""

EXTENSIONS: Mapping[str, Extension] = {
    "userTask": Extension(parents=_on("userTask")),
    "formDefinition": Extension(
        parents=_on("userTask"), required=_on("formId"), optional=_on("bindingType")
    ),
    "assignmentDefinition": Extension(
        parents=_on("userTask"), optional=_on("assignee", "candidateGroups")
    ),
    "taskSchedule": Extension(parents=_on("userTask"), required=_on("dueDate")),
    "script": Extension(parents=_on("scriptTask"), required=_on("expression", "resultVariable")),
    "taskDefinition": Extension(
        parents=_on("serviceTask", "sendTask"), required=_on("type"), optional=_on("retries")
    ),
    "calledDecision": Extension(
        parents=_on("businessRuleTask"),
        required=_on("decisionId", "resultVariable"),
        optional=_on("bindingType"),
    ),
    "calledElement": Extension(
        parents=_on("callActivity"),
        required=_on("processId"),
        optional=_on("propagateAllChildVariables", "propagateAllParentVariables", "bindingType"),
    ),
    "properties": Extension(parents=_on("userTask"), children=_on("property")),
    "property": Extension(parents=_on("properties"), required=_on("name", "value")),
    "ioMapping": Extension(parents=MAPPED, children=_on("input", "output")),
    "input": Extension(parents=_on("ioMapping"), required=_on("source", "target")),
    "output": Extension(parents=_on("ioMapping"), required=_on("source", "target")),
    "loopCharacteristics": Extension(
        parents=_on("multiInstanceLoopCharacteristics"),
        required=_on("inputCollection"),
        optional=_on("inputElement", "outputCollection", "outputElement"),
    ),
    "subscription": Extension(parents=_on("message"), required=_on("correlationKey")),
}
"""Every zeebe element that is taken, by its tag."""

_LISTENER = Refusal(
    code="listener",
    meaning="execution and task listeners",
    way_out="Teken wat er moet gebeuren als systeemtaak.",
)

REFUSED_EXTENSIONS: Mapping[str, Refusal] = {
    "executionListeners": _LISTENER,
    "taskListeners": _LISTENER,
    "taskHeaders": Refusal(
        code="task-headers",
        meaning="headers of a job",
        way_out=f"Zet de gegevens bij {setting('input')}.",
    ),
    "priorityDefinition": Refusal(
        code="task-priority",
        meaning="task priority",
        way_out=f"Gebruik {setting('taskSchedule')} om voorrang te tonen.",
    ),
    "userTaskForm": Refusal(
        code="embedded-form",
        meaning="a form embedded in the diagram",
        way_out="Maak een nieuw formulier, en kies het bij ‘Formulier’ (formId).",
        at="formDefinition formId",
    ),
    "versionTag": Refusal(
        code="version-tag",
        meaning="version tags and bindings",
        way_out="Verwijder de versie; een publicatie legt alle versies samen vast.",
    ),
}
"""Zeebe elements with a code of their own, by tag."""

_CHOOSE_FORM = f"Kies opnieuw een formulier bij {field('formDefinition formId')}."

REFUSED_EXTENSION_ATTRIBUTES: Mapping[str, Refusal] = {
    "formKey": Refusal(
        code="form-key",
        meaning="formKey",
        way_out=_CHOOSE_FORM,
        at="formDefinition formId",
    ),
    "externalReference": Refusal(
        code="external-reference",
        meaning="a form outside the publication",
        way_out=_CHOOSE_FORM,
        at="formDefinition formId",
    ),
    "candidateUsers": Refusal(
        code="candidate-users",
        meaning="candidate users",
        way_out=f"Kies bij {box('assignmentDefinition')} een rol (candidateGroups).",
        at="assignmentDefinition",
    ),
    "followUpDate": Refusal(
        code="follow-up-date",
        meaning="follow-up date",
        way_out=f"Gebruik {field('taskSchedule dueDate')}, of een tijd op de rand van de taak.",
        at="taskSchedule dueDate",
    ),
    "versionTag": REFUSED_EXTENSIONS["versionTag"],
    "bindingType": REFUSED_EXTENSIONS["versionTag"],
}
"""Attributes of zeebe elements with a code of their own."""

EXTENSION_VALUES: Mapping[str, frozenset[str]] = {
    "bindingType": frozenset({"deployment"}),
    "propagateAllChildVariables": frozenset({"true", "false"}),
    "propagateAllParentVariables": frozenset({"true", "false"}),
    "name": frozenset({"vierOgenMet"}),
}
"""The only values of these attributes that run."""
