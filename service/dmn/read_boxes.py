"""Reads boxed expressions: from an XML element to the ``Box`` that it stands for."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lxml import etree

from service.dmn import model
from service.dmn.xml import attribute, child, children, element_id, line_of, local_name, text_of


def box_of(element: etree._Element) -> model.Box | None:
    """The boxed expression that ``element`` itself is; ``None`` when it is none."""
    reader = _READERS.get(local_name(element) or "")
    return reader(element) if reader is not None else None


def first_box(element: etree._Element | None) -> model.Box | None:
    """The first boxed expression directly inside ``element``."""
    if element is None:
        return None
    return next((box for item in element if (box := box_of(item)) is not None), None)


def cell_of(element: etree._Element) -> model.Cell:
    """The text of a cell, with the place where it stands."""
    return model.Cell(
        text=text_of(child(element, "text")),
        element_id=element_id(element),
        line=line_of(element),
        language=_foreign_language(element),
    )


def _foreign_language(element: etree._Element) -> str | None:
    language = attribute(element, "expressionLanguage")
    return None if language is None or "FEEL" in language.upper() else language


def function_of(element: etree._Element) -> model.FunctionBox:
    """A function definition (``functionDefinition`` or ``encapsulatedLogic``)."""
    return model.FunctionBox(
        kind=attribute(element, "kind") or "FEEL",
        parameters=tuple(
            model.Parameter(name=attribute(item, "name") or "", type_ref=attribute(item, "typeRef"))
            for item in children(element, "formalParameter")
        ),
        body=first_box(element),
        element_id=element_id(element),
        line=line_of(element),
        type_ref=attribute(element, "typeRef"),
    )


def _literal(element: etree._Element) -> model.LiteralBox:
    return model.LiteralBox(
        text=text_of(child(element, "text")),
        language=_foreign_language(element),
        element_id=element_id(element),
        line=line_of(element),
        type_ref=attribute(element, "typeRef"),
    )


def _named(element: etree._Element, tag: str) -> model.NamedBox:
    label = child(element, tag)
    return model.NamedBox(
        name=attribute(label, "name") if label is not None else None,
        type_ref=attribute(label, "typeRef") if label is not None else None,
        box=first_box(element),
    )


def _context(element: etree._Element) -> model.ContextBox:
    return model.ContextBox(
        entries=tuple(_named(item, "variable") for item in children(element, "contextEntry")),
        element_id=element_id(element),
        line=line_of(element),
        type_ref=attribute(element, "typeRef"),
    )


def _invocation(element: etree._Element) -> model.InvocationBox:
    return model.InvocationBox(
        function=first_box(element),
        bindings=tuple(_named(item, "parameter") for item in children(element, "binding")),
        element_id=element_id(element),
        line=line_of(element),
        type_ref=attribute(element, "typeRef"),
    )


def _list(element: etree._Element) -> model.ListBox:
    return model.ListBox(
        items=tuple(box for item in element if (box := box_of(item)) is not None),
        element_id=element_id(element),
        line=line_of(element),
        type_ref=attribute(element, "typeRef"),
    )


def _relation(element: etree._Element) -> model.RelationBox:
    return model.RelationBox(
        columns=tuple(attribute(item, "name") or "" for item in children(element, "column")),
        rows=tuple(_list(row).items for row in children(element, "row")),
        element_id=element_id(element),
        line=line_of(element),
        type_ref=attribute(element, "typeRef"),
    )


def _conditional(element: etree._Element) -> model.ConditionalBox:
    return model.ConditionalBox(
        condition=first_box(child(element, "if")),
        then=first_box(child(element, "then")),
        otherwise=first_box(child(element, "else")),
        element_id=element_id(element),
        line=line_of(element),
        type_ref=attribute(element, "typeRef"),
    )


def _iteration(element: etree._Element) -> model.IterationBox:
    kind = local_name(element) or ""
    return model.IterationBox(
        kind=kind,
        variable=attribute(element, "iteratorVariable") or "item",
        items=first_box(child(element, "in")),
        each=first_box(child(element, "return" if kind == "for" else "satisfies")),
        element_id=element_id(element),
        line=line_of(element),
        type_ref=attribute(element, "typeRef"),
    )


def _filter(element: etree._Element) -> model.FilterBox:
    return model.FilterBox(
        items=first_box(child(element, "in")),
        match=first_box(child(element, "match")),
        element_id=element_id(element),
        line=line_of(element),
        type_ref=attribute(element, "typeRef"),
    )


def _table(element: etree._Element) -> model.TableBox:
    aggregation = attribute(element, "aggregation")
    return model.TableBox(
        hit_policy=(attribute(element, "hitPolicy") or "UNIQUE").upper(),
        aggregation=aggregation.upper() if aggregation else None,
        inputs=tuple(_input_column(item) for item in children(element, "input")),
        outputs=tuple(_output_column(item) for item in children(element, "output")),
        rules=tuple(
            _rule(item, number) for number, item in enumerate(children(element, "rule"), start=1)
        ),
        element_id=element_id(element),
        line=line_of(element),
        type_ref=attribute(element, "typeRef"),
    )


def _input_column(element: etree._Element) -> model.InputColumn:
    expression = child(element, "inputExpression")
    allowed = child(element, "inputValues")
    cell = cell_of(expression if expression is not None else element)
    return model.InputColumn(
        expression=cell,
        allowed=cell_of(allowed) if allowed is not None else None,
        element_id=element_id(element),
        label=attribute(element, "label") or cell.text,
        type_ref=attribute(expression, "typeRef") if expression is not None else None,
    )


def _output_column(element: etree._Element) -> model.OutputColumn:
    allowed = child(element, "outputValues")
    default = child(element, "defaultOutputEntry")
    return model.OutputColumn(
        name=attribute(element, "name"),
        allowed=cell_of(allowed) if allowed is not None else None,
        default=cell_of(default) if default is not None else None,
        element_id=element_id(element),
        type_ref=attribute(element, "typeRef"),
    )


def _rule(element: etree._Element, number: int) -> model.Rule:
    return model.Rule(
        id=element_id(element) or f"rij-{number}",
        tests=tuple(cell_of(item) for item in children(element, "inputEntry")),
        outputs=tuple(cell_of(item) for item in children(element, "outputEntry")),
        line=line_of(element),
    )


_READERS: Mapping[str, Callable[[etree._Element], model.Box]] = MappingProxyType(
    {
        "literalExpression": _literal,
        "context": _context,
        "invocation": _invocation,
        "list": _list,
        "relation": _relation,
        "functionDefinition": function_of,
        "decisionTable": _table,
        "conditional": _conditional,
        "for": _iteration,
        "some": _iteration,
        "every": _iteration,
        "filter": _filter,
    }
)
