"""What is wrong with a diagram that the engine is asked to read: findings, not exceptions."""

from collections.abc import Callable
from typing import TypeVar, cast

from lxml import etree

from service.domain.errors import ExpressionError, InvalidInput
from service.domain.findings import Finding, Severity
from service.engine.expressions import Formula, formula

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
_T = TypeVar("_T")


def line_of(node: etree._Element) -> int | None:
    """Where it stands in the file."""
    return cast("int | None", node.sourceline)


def finding(
    file: str, node: etree._Element | None, code: str, reason: str, way_out: str
) -> Finding:
    """An error about one element."""
    return Finding(
        file=file,
        element_id=None if node is None else node.get("id"),
        code=code,
        severity=Severity.ERROR,
        reason=reason,
        way_out=way_out,
        line=None if node is None else line_of(node),
    )


class Problems:
    """Reads parts of one file; what cannot be read ends up in ``findings``."""

    def __init__(self, file: str) -> None:
        """Without any problem yet."""
        self.file = file
        self.findings: list[Finding] = []

    def optional(
        self, node: etree._Element, xml: etree._Element | None, attribute: str
    ) -> Formula | None:
        """An attribute that may be FEEL; None when it is not there."""
        text = None if xml is None else xml.get(attribute)
        return self.attempt(node, formula, text) if text else None

    def attempt(self, node: etree._Element, make: Callable[[str], _T], text: str) -> _T | None:
        """What ``make`` reads in a text; None when it cannot."""
        try:
            return make(text)
        except (ExpressionError, InvalidInput) as error:
            way_out = "Verbeter de expressie in het eigenschappenpaneel."
            self.findings.append(finding(self.file, node, "expression", str(error), way_out))
            return None

    def refuse(self, node: etree._Element, code: str, reason: str) -> None:
        """Notes that an element cannot be executed."""
        text = f"{node.get('name') or node.get('id')} {reason}"
        way_out = "Teken deze stap anders; de controle van het diagram zegt hoe."
        self.findings.append(finding(self.file, node, code, text, way_out))


def extension(node: etree._Element, tag: str) -> etree._Element | None:
    """The ``zeebe:`` element of this name that a node carries."""
    return node.find(f"{BPMN}extensionElements/{ZEEBE}{tag}")
