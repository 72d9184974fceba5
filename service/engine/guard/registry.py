"""The register of rules: each rule says which codes it may give, and what they mean."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from service.domain.findings import Finding, Severity
from service.engine.guard.known import Known
from service.engine.guard.model import Diagram
from service.engine.guard.panel import Field, field_of
from service.engine.guard.words import label, shown_id
from service.engine.guard.xmlnames import line_of


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What a rule has to say about one element, before it knows file and severity."""

    code: str
    element: etree._Element
    reason: str
    way_out: str
    field: Field = ()
    """Where in the panel of the editor it is mended."""


Remarks = Iterator[Remark]
Check = Callable[[Diagram, Known], Remarks]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One check with the codes it may give."""

    codes: Mapping[str, str]
    """Code to its meaning in one English phrase, for docs/bpmn.md."""
    severity: Severity
    check: Check
    place: str
    """The module it stands in: ``events``, ``gateways`` …"""

    def findings(self, diagram: Diagram, known: Known) -> Iterator[Finding]:
        """Everything this rule finds in the diagram."""
        for remark in self.check(diagram, known):
            yield Finding(
                file=diagram.file,
                element_id=shown_id(remark.element),
                code=remark.code,
                severity=self.severity,
                reason=remark.reason,
                way_out=remark.way_out,
                line=line_of(remark.element),
                field=remark.field,
            )


RULES: list[Rule] = []


def rule(
    codes: Mapping[str, str], *, severity: Severity = Severity.ERROR
) -> Callable[[Check], Check]:
    """Registers a check under the codes it may give."""

    def register(check: Check) -> Check:
        place = check.__module__.rpartition(".")[2]
        RULES.append(Rule(codes=codes, severity=severity, check=check, place=place))
        return check

    return register


def warning(codes: Mapping[str, str]) -> Callable[[Check], Check]:
    """Registers a check whose findings do not block publication."""
    return rule(codes, severity=Severity.WARNING)


def says(code: str, element: etree._Element, rest: str, way_out: str, *, at: str = "") -> Remark:
    """A remark whose sentence starts with the element's own label.

    ``at`` is what the file calls the setting in which it is mended (``panel.FIELDS``).
    """
    return Remark(
        code=code,
        element=element,
        reason=f"{label(element)} {rest}",
        way_out=way_out,
        field=field_of(element, at),
    )
