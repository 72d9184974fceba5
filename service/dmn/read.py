"""From the bytes of a DMN file to its ``Model``; tolerant of missing ids, strict on safety."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import MappingProxyType

from lxml import etree

from service.dmn import model
from service.dmn.read_boxes import cell_of, first_box, function_of
from service.dmn.xml import attribute, child, children, element_id, line_of, local_name, text_of
from service.domain.by_content import by_content
from service.domain.errors import Unreadable
from service.domain.findings import Finding, Severity
from service.domain.xml import read_xml

NAMESPACES = frozenset(
    {
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
        "https://www.omg.org/spec/DMN/20240513/MODEL/",
    }
)
"""DMN 1.2 to 1.6; editors write 1.3 or later."""

_IGNORED = frozenset(
    {
        "description",
        "extensionElements",
        "artifact",
        "association",
        "businessContextElement",
        "elementCollection",
        "group",
        "itemDefinition",
        "import",
        "knowledgeSource",
        "organizationUnit",
        "performanceIndicator",
        "textAnnotation",
        "DMNDI",
    }
)


@dataclass
class _Reading:
    file: str
    namespace: str
    nodes: dict[str, model.Node] = field(default_factory=dict)


@by_content
def read_model(content: bytes, *, file: str) -> model.Model:
    """The model in ``content``.

    Raises:
        Unreadable: no safe XML, or not DMN 1.2–1.6.
    """
    root = read_xml(content, file=file)
    _expect_dmn(root, file)
    reading = _Reading(file=file, namespace=attribute(root, "namespace") or "")
    for element in root:
        _read_node(element, reading)
    return model.Model(
        file=file,
        name=attribute(root, "name") or "",
        namespace=reading.namespace,
        nodes=MappingProxyType(reading.nodes),
        types=tuple(_type_of(item) for item in children(root, "itemDefinition")),
        imports=tuple(_imports(root)),
    )


def _expect_dmn(root: etree._Element, file: str) -> None:
    name = etree.QName(root)
    if name.localname == "definitions" and name.namespace in NAMESPACES:
        return
    finding = Finding(
        file=file,
        element_id=None,
        code="not-dmn",
        severity=Severity.ERROR,
        reason=f"Dit is geen beslismodel in DMN 1.2–1.6 maar {name.localname!r}.",
        way_out="Open de tabel in de DMN-editor en sla haar opnieuw op.",
        line=line_of(root),
    )
    raise Unreadable(f"{file}: {finding.reason} {finding.way_out}", [finding])


def _imports(root: etree._Element) -> Iterator[model.Import]:
    for element in children(root, "import"):
        yield model.Import(
            name=attribute(element, "name") or "",
            namespace=attribute(element, "namespace") or "",
        )


def _read_node(element: etree._Element, reading: _Reading) -> None:
    kind = local_name(element)
    if kind is None or kind in _IGNORED:
        return
    node_id = element_id(element) or f"{kind}-{len(reading.nodes) + 1}"
    variable = child(element, "variable")
    type_ref = attribute(variable, "typeRef") if variable is not None else None
    name = attribute(element, "name") or node_id
    if kind == "decision":
        node: model.Node = _decision(element, node_id, name, type_ref, reading.namespace)
    elif kind == "inputData":
        node = model.InputNode(id=node_id, name=name, type_ref=type_ref, line=line_of(element))
    elif kind == "businessKnowledgeModel":
        node = _knowledge(element, node_id, name, type_ref, reading.namespace)
    elif kind == "decisionService":
        node = _decision_service(element, node_id, name, type_ref, reading.namespace)
    else:
        return
    reading.nodes[node_id] = node


def _decision(
    element: etree._Element, node_id: str, name: str, type_ref: str | None, namespace: str
) -> model.DecisionNode:
    return model.DecisionNode(
        id=node_id,
        name=name,
        type_ref=type_ref,
        line=line_of(element),
        box=first_box(element),
        requires=_requirements(element, namespace),
        question=text_of(child(element, "question")),
    )


def _knowledge(
    element: etree._Element, node_id: str, name: str, type_ref: str | None, namespace: str
) -> model.KnowledgeNode:
    logic = child(element, "encapsulatedLogic")
    return model.KnowledgeNode(
        id=node_id,
        name=name,
        type_ref=type_ref,
        line=line_of(element),
        function=function_of(logic) if logic is not None else None,
        requires=_requirements(element, namespace),
    )


def _decision_service(
    element: etree._Element, node_id: str, name: str, type_ref: str | None, namespace: str
) -> model.DecisionServiceNode:
    def hrefs(kind: str) -> tuple[str, ...]:
        return tuple(_href(item, namespace) for item in children(element, kind))

    return model.DecisionServiceNode(
        id=node_id,
        name=name,
        type_ref=type_ref,
        line=line_of(element),
        outputs=hrefs("outputDecision"),
        input_decisions=hrefs("inputDecision"),
        input_data=hrefs("inputData"),
    )


def _requirements(element: etree._Element, namespace: str) -> tuple[str, ...]:
    kinds = {"requiredDecision", "requiredInput", "requiredKnowledge"}
    return tuple(
        _href(target, namespace)
        for requirement in element
        if local_name(requirement) in {"informationRequirement", "knowledgeRequirement"}
        for target in requirement
        if local_name(target) in kinds
    )


def _href(element: etree._Element, namespace: str) -> str:
    """The id for an element of this file, or ``namespace#id`` for one of an import."""
    href = attribute(element, "href") or ""
    where, _, target = href.rpartition("#")
    return target if where in {"", namespace} else href


def _type_of(element: etree._Element) -> model.ItemType:
    function = child(element, "functionItem")
    allowed = child(element, "allowedValues")
    constraint = child(element, "typeConstraint")
    return model.ItemType(
        name=attribute(element, "name") or "",
        type_ref=text_of(child(element, "typeRef")) or None,
        collection=attribute(element, "isCollection") == "true",
        allowed=cell_of(allowed) if allowed is not None else None,
        components=tuple(_type_of(item) for item in children(element, "itemComponent")),
        constraint=cell_of(constraint) if constraint is not None else None,
        returns=(attribute(function, "outputTypeRef") or "Any") if function is not None else None,
    )
