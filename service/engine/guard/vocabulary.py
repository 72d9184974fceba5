"""The allowlist of BPMN: which elements, children and attributes run faithfully, and which never.

What stands here runs (or is a note that nobody expects to run). Everything else is refused:
by its own code when it stands under ``REFUSED``, otherwise as ``unknown-element``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from service.engine.guard.model import NODES, REFUSED_NODES


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What one element may carry."""

    children: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why an element or attribute of the standard is not taken."""

    code: str
    meaning: str
    """English, for docs/bpmn.md."""
    way_out: str
    """Dutch, for the process owner."""
    at: str = ""
    """What the file calls the setting to use instead (``panel.FIELDS``)."""


_NOTE = frozenset({"documentation", "extensionElements"})
_NAMED = frozenset({"id", "name"})
_FEEL = frozenset(
    {
        "feel",
        "FEEL",
        "http://www.omg.org/spec/FEEL/20140401",
        "https://www.omg.org/spec/DMN/20180521/FEEL/",
        "https://www.omg.org/spec/DMN/20191111/FEEL/",
        "https://www.omg.org/spec/DMN/20240513/FEEL/",
    }
)
_BOOLEANS = frozenset({"true", "false"})
_DEFINITIONS = frozenset(
    f"{kind}EventDefinition"
    for kind in (
        "cancel",
        "compensate",
        "conditional",
        "error",
        "escalation",
        "link",
        "message",
        "signal",
        "terminate",
        "timer",
    )
)
UNREAD_DEFINITIONS = _DEFINITIONS - {
    f"{kind}EventDefinition"
    for kind in (
        "cancel",
        "compensate",
        "conditional",
        "error",
        "escalation",
        "link",
        "message",
        "signal",
        "terminate",
        "timer",
    )
}
"""Definitions that run nowhere: the rules on events refuse them where they stand."""

_ARTIFACTS = frozenset({"association", "group", "textAnnotation"})
_FLOW_ELEMENTS = (NODES - REFUSED_NODES) | {
    "sequenceFlow",
    "dataObject",
    "dataObjectReference",
    "dataStoreReference",
}
_LINKS = _NOTE | {"incoming", "outgoing"}
_QUANTITIES = frozenset({"startQuantity", "completionQuantity", "isForCompensation"})

_ACTIVITY = Entry(
    children=_LINKS
    | {
        "multiInstanceLoopCharacteristics",
        "standardLoopCharacteristics",
        "dataInputAssociation",
        "dataOutputAssociation",
        "property",
    },
    attributes=_NAMED | _QUANTITIES | {"default"},
)
_WORKED = Entry(children=_ACTIVITY.children, attributes=_ACTIVITY.attributes | {"implementation"})
_EVENT = Entry(
    children=_LINKS | _DEFINITIONS | {"dataInputAssociation", "dataOutputAssociation"},
    attributes=_NAMED,
)
_GATEWAY = Entry(children=_LINKS, attributes=_NAMED | {"gatewayDirection"})
_CHOICE = Entry(children=_LINKS, attributes=_GATEWAY.attributes | {"default"})
_EXPRESSION = Entry(attributes=frozenset({"id", "language"}))
_DECLARATION = Entry(children=_NOTE, attributes=_NAMED)
_ASSOCIATION = Entry(children=_NOTE | {"sourceRef", "targetRef"}, attributes=_NAMED)

ELEMENTS: Mapping[str, Entry] = {
    "definitions": Entry(
        children=_NOTE
        | {
            "collaboration",
            "process",
            "message",
            "error",
            "escalation",
            "signal",
            "category",
            "dataStore",
        },
        attributes=_NAMED
        | {
            "targetNamespace",
            "exporter",
            "exporterVersion",
            "expressionLanguage",
            "typeLanguage",
        },
    ),
    "collaboration": Entry(
        children=_NOTE | _ARTIFACTS | {"participant", "messageFlow"},
        attributes=_NAMED | {"isClosed"},
    ),
    "participant": Entry(children=_NOTE, attributes=_NAMED | {"processRef"}),
    "messageFlow": Entry(
        children=_NOTE, attributes=_NAMED | {"sourceRef", "targetRef", "messageRef"}
    ),
    "process": Entry(
        children=_NOTE | _FLOW_ELEMENTS | _ARTIFACTS | {"laneSet"},
        attributes=_NAMED | {"isExecutable", "processType", "isClosed"},
    ),
    "laneSet": Entry(children=_NOTE | {"lane"}, attributes=_NAMED),
    "childLaneSet": Entry(children=_NOTE | {"lane"}, attributes=_NAMED),
    "lane": Entry(children=_NOTE | {"flowNodeRef", "childLaneSet"}, attributes=_NAMED),
    "flowNodeRef": Entry(),
    "incoming": Entry(),
    "outgoing": Entry(),
    "task": _ACTIVITY,
    "manualTask": _ACTIVITY,
    "userTask": _WORKED,
    "scriptTask": _ACTIVITY,
    "sendTask": Entry(children=_WORKED.children, attributes=_WORKED.attributes | {"messageRef"}),
    "receiveTask": Entry(
        children=_WORKED.children,
        attributes=_WORKED.attributes | {"messageRef", "instantiate"},
    ),
    "serviceTask": _WORKED,
    "businessRuleTask": _WORKED,
    "callActivity": _ACTIVITY,
    "subProcess": Entry(
        children=_ACTIVITY.children | _FLOW_ELEMENTS | _ARTIFACTS,
        attributes=_ACTIVITY.attributes | {"triggeredByEvent"},
    ),
    "transaction": Entry(
        children=_ACTIVITY.children | _FLOW_ELEMENTS | _ARTIFACTS,
        attributes=_ACTIVITY.attributes | {"method"},
    ),
    "multiInstanceLoopCharacteristics": Entry(
        children=_NOTE | {"completionCondition", "loopCardinality"},
        attributes=frozenset({"id", "isSequential", "behavior"}),
    ),
    "standardLoopCharacteristics": Entry(
        children=_NOTE | {"loopCondition"},
        attributes=frozenset({"id", "testBefore", "loopMaximum"}),
    ),
    "loopCondition": _EXPRESSION,
    "loopCardinality": _EXPRESSION,
    "startEvent": Entry(
        children=_EVENT.children, attributes=_NAMED | {"isInterrupting", "parallelMultiple"}
    ),
    "intermediateCatchEvent": Entry(
        children=_EVENT.children, attributes=_NAMED | {"parallelMultiple"}
    ),
    "intermediateThrowEvent": _EVENT,
    "boundaryEvent": Entry(
        children=_EVENT.children,
        attributes=_NAMED | {"attachedToRef", "cancelActivity", "parallelMultiple"},
    ),
    "endEvent": _EVENT,
    "messageEventDefinition": Entry(children=_NOTE, attributes=frozenset({"id", "messageRef"})),
    "signalEventDefinition": Entry(children=_NOTE, attributes=frozenset({"id", "signalRef"})),
    "timerEventDefinition": Entry(
        children=_NOTE | {"timeDate", "timeDuration", "timeCycle"}, attributes=frozenset({"id"})
    ),
    "errorEventDefinition": Entry(children=_NOTE, attributes=frozenset({"id", "errorRef"})),
    "escalationEventDefinition": Entry(
        children=_NOTE, attributes=frozenset({"id", "escalationRef"})
    ),
    "terminateEventDefinition": Entry(children=_NOTE, attributes=frozenset({"id"})),
    "compensateEventDefinition": Entry(
        children=_NOTE, attributes=frozenset({"id", "activityRef", "waitForCompletion"})
    ),
    "cancelEventDefinition": Entry(children=_NOTE, attributes=frozenset({"id"})),
    "linkEventDefinition": Entry(children=_NOTE, attributes=_NAMED),
    "conditionalEventDefinition": Entry(
        children=_NOTE | {"condition"}, attributes=frozenset({"id"})
    ),
    "condition": _EXPRESSION,
    "timeDate": _EXPRESSION,
    "timeDuration": _EXPRESSION,
    "timeCycle": _EXPRESSION,
    "conditionExpression": _EXPRESSION,
    "completionCondition": _EXPRESSION,
    "exclusiveGateway": _CHOICE,
    "inclusiveGateway": _CHOICE,
    "parallelGateway": _GATEWAY,
    "eventBasedGateway": Entry(
        children=_LINKS,
        attributes=_GATEWAY.attributes | {"instantiate", "eventGatewayType"},
    ),
    "sequenceFlow": Entry(
        children=_NOTE | {"conditionExpression"},
        attributes=_NAMED | {"sourceRef", "targetRef", "isImmediate"},
    ),
    "message": _DECLARATION,
    "error": Entry(children=_NOTE, attributes=_NAMED | {"errorCode"}),
    "escalation": Entry(children=_NOTE, attributes=_NAMED | {"escalationCode"}),
    "signal": _DECLARATION,
    "category": Entry(children=_NOTE | {"categoryValue"}, attributes=_NAMED),
    "categoryValue": Entry(children=_NOTE, attributes=frozenset({"id", "value"})),
    "dataObject": Entry(children=_NOTE | {"dataState"}, attributes=_NAMED | {"isCollection"}),
    "dataObjectReference": Entry(
        children=_NOTE | {"dataState"}, attributes=_NAMED | {"dataObjectRef"}
    ),
    "dataStore": Entry(
        children=_NOTE | {"dataState"}, attributes=_NAMED | {"capacity", "isUnlimited"}
    ),
    "dataStoreReference": Entry(
        children=_NOTE | {"dataState"}, attributes=_NAMED | {"dataStoreRef"}
    ),
    "dataState": Entry(children=_NOTE, attributes=_NAMED),
    "dataInputAssociation": _ASSOCIATION,
    "dataOutputAssociation": _ASSOCIATION,
    "sourceRef": Entry(),
    "targetRef": Entry(),
    "property": Entry(attributes=_NAMED),
    "documentation": Entry(attributes=frozenset({"id", "textFormat"})),
    "extensionElements": Entry(),
    "textAnnotation": Entry(children=_NOTE | {"text"}, attributes=frozenset({"id", "textFormat"})),
    "text": Entry(),
    "association": Entry(
        children=_NOTE,
        attributes=frozenset({"id", "sourceRef", "targetRef", "associationDirection"}),
    ),
    "group": Entry(children=_NOTE, attributes=frozenset({"id", "categoryValueRef"})),
}
"""Every BPMN element that is taken, by its tag."""

VALUES: Mapping[str, frozenset[str]] = {
    "associationDirection": frozenset({"None", "One", "Both"}),
    "behavior": frozenset({"All"}),
    "cancelActivity": _BOOLEANS,
    "completionQuantity": frozenset({"1"}),
    "eventGatewayType": frozenset({"Exclusive"}),
    "expressionLanguage": _FEEL | {"http://www.w3.org/1999/XPath", "http://www.w3.org/TR/XPath"},
    "gatewayDirection": frozenset({"Unspecified", "Converging", "Diverging", "Mixed"}),
    "implementation": frozenset({"##unspecified", "##WebService"}),
    "instantiate": _BOOLEANS,
    "isClosed": _BOOLEANS,
    "isCollection": _BOOLEANS,
    "isExecutable": _BOOLEANS,
    "isForCompensation": _BOOLEANS,
    "isImmediate": _BOOLEANS,
    "isInterrupting": _BOOLEANS,
    "isSequential": _BOOLEANS,
    "language": _FEEL,
    "method": frozenset({"##Compensate"}),
    "parallelMultiple": frozenset({"false"}),
    "processType": frozenset({"None", "Private", "Public"}),
    "startQuantity": frozenset({"1"}),
    "testBefore": _BOOLEANS,
    "triggeredByEvent": _BOOLEANS,
    "waitForCompletion": frozenset({"true"}),
}
"""The only values of these attributes that run; for most of them the standard's default.

Truth is written ``true`` or ``false``, as every editor does, so that nobody reads ``1`` otherwise.

The default expression language of the standard (XPath) is written by many tools without anybody
choosing it; every expression is still read as FEEL, and starts with ``=`` to say so.
"""
