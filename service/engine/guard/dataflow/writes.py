"""What a process writes, step by step, as far as a diagram and a publication tell."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from service.engine.guard.dataflow.reads import Names
from service.engine.guard.known import Known
from service.engine.guard.model import Node
from service.engine.guard.xmlnames import (
    bpmn_children,
    elements,
    local,
    zeebe_child,
    zeebe_children,
)

ANYTHING: Names = ()
_QUIET = frozenset(
    {
        "task",
        "manualTask",
        "subProcess",
        "transaction",
        "adHocSubProcess",
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "complexGateway",
        "eventBasedGateway",
        "intermediateThrowEvent",
        "endEvent",
    }
)
"""Nodes that write nothing but what their output mappings say."""
_SILENT = frozenset(
    {
        "",
        "cancelEventDefinition",
        "compensateEventDefinition",
        "conditionalEventDefinition",
        "linkEventDefinition",
        "timerEventDefinition",
    }
)
"""Triggers that bring nothing along."""
_LOOPS = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")


@dataclass(frozen=True, kw_only=True)
class Write:
    """One path that a node writes."""

    node: Node | None
    """None when it is there from the start."""
    path: Names
    """Empty when nobody can tell what is written."""

    def covers(self, read: Names) -> bool:
        """Whether a reader of that path may find something."""
        shorter = min(len(self.path), len(read))
        return self.path[:shorter] == read[:shorter]


def given(process_id: str, known: Known) -> Iterator[Write]:
    """What a process begins with."""
    names = None if known.inputs is None else known.inputs.get(process_id)
    if names is None:
        yield Write(node=None, path=ANYTHING)
    else:
        yield from (Write(node=None, path=_names(name)) for name in names)


def writes(node: Node, known: Known) -> Iterator[Write]:
    """What the scope around a node has more, once a token has been there."""
    outputs = [_target(output) for output in _mappings(node, "output")]
    yield from (Write(node=node, path=path) for path in outputs)
    for loop in bpmn_children(node.xml, *_LOOPS):
        settings = zeebe_child(loop, "loopCharacteristics")
        if settings is not None and settings.get("outputCollection"):
            yield Write(node=node, path=_names(settings.get("outputCollection", "")))
    if not outputs or node.tag in ("scriptTask", "businessRuleTask"):
        yield from _own(node, known)


def local_names(node: Node, before: etree._Element | None = None) -> set[str]:
    """What only the node itself, and what stands in it, can read.

    An input mapping, ``before``, can read only those that precede it.
    """
    inputs = _mappings(node, "input")
    found = {_target(entry)[0] for entry in inputs[: _place(inputs, before)]}
    for loop in bpmn_children(node.xml, *_LOOPS):
        settings = zeebe_child(loop, "loopCharacteristics")
        found |= {"loopCounter", "" if settings is None else settings.get("inputElement", "")}
    return found


def _place(entries: list[etree._Element], entry: etree._Element | None) -> int:
    return entries.index(entry) if entry in entries else len(entries)


def _own(node: Node, known: Known) -> Iterator[Write]:
    if node.tag == "userTask":
        yield from _answers(node, known)
    elif (result := _result(node)) is not None:
        yield Write(node=node, path=_names(result))
    elif (job := zeebe_child(node.xml, "taskDefinition")) is not None:
        yield from _outcome(node, job.get("type", ""), known)
    elif node.tag == "callActivity":
        called = zeebe_child(node.xml, "calledElement")
        if called is None or called.get("propagateAllChildVariables") != "false":
            yield Write(node=node, path=ANYTHING)
    elif node.tag not in _QUIET and node.tag != "serviceTask" and _brings(node):
        yield Write(node=node, path=ANYTHING)


def _brings(node: Node) -> bool:
    return not node.tag.endswith("Event") or any(kind not in _SILENT for kind in _kinds(node))


def _kinds(node: Node) -> list[str]:
    return [local(definition) for definition in node.definitions]


def _answers(node: Node, known: Known) -> Iterator[Write]:
    form = zeebe_child(node.xml, "formDefinition")
    key = "" if form is None else form.get("formId", "")
    fields = None if known.form_fields is None else known.form_fields.get(key)
    if fields is None:
        yield Write(node=node, path=ANYTHING)
    else:
        yield from (Write(node=node, path=_names(field)) for field in fields)


def _outcome(node: Node, kind: str, known: Known) -> Iterator[Write]:
    names = None if known.job_outputs is None else known.job_outputs.get(kind)
    if names is None:
        yield Write(node=node, path=ANYTHING)
    else:
        yield from (Write(node=node, path=_names(name)) for name in names)


def _result(node: Node) -> str | None:
    for tag in ("script", "calledDecision"):
        settings = zeebe_child(node.xml, tag)
        if settings is not None:
            return settings.get("resultVariable") or None
    return None


def _mappings(node: Node, tag: str) -> list[etree._Element]:
    entries = (entry for box in zeebe_children(node.xml, "ioMapping") for entry in elements(box))
    return [entry for entry in entries if local(entry) == tag]


def _target(entry: etree._Element) -> Names:
    return _names(entry.get("target", ""))


def _names(path: str) -> Names:
    return tuple(path.strip().split("."))
