"""References outside the file: forms, decisions, processes and kinds of work that must exist."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from service.engine.guard.known import Known
from service.engine.guard.model import Diagram, runs
from service.engine.guard.panel import field
from service.engine.guard.registry import Remarks, rule, says
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import zeebe_child


@dataclass(frozen=True, kw_only=True)
class _Outside:
    """One kind of reference to something outside the diagram."""

    task: str
    extension: str
    attribute: str
    code: str
    noun: str
    way_out: str

    @property
    def setting(self) -> str:
        return f"{self.extension} {self.attribute}"


_FORM = _Outside(
    task="userTask",
    extension="formDefinition",
    attribute="formId",
    code="unknown-form",
    noun="formulier",
    way_out="Maak het formulier, of kies een ander.",
)
_DECISION = _Outside(
    task="businessRuleTask",
    extension="calledDecision",
    attribute="decisionId",
    code="unknown-decision",
    noun="beslissing",
    way_out="Maak de beslistabel, of kies een andere.",
)
_PROCESS = _Outside(
    task="callActivity",
    extension="calledElement",
    attribute="processId",
    code="unknown-process",
    noun="proces",
    way_out="Voeg het proces toe aan de publicatie, of kies een ander.",
)
_JOB = _Outside(
    task="serviceTask",
    extension="taskDefinition",
    attribute="type",
    code="unknown-job-type",
    noun="soort werk",
    way_out="Kies een soort werk dat het systeem kent.",
)

_SENDING = replace(_JOB, task="sendTask")


def _existing(diagram: Diagram, known: Known) -> Iterator[tuple[_Outside, frozenset[str] | None]]:
    own = frozenset(process.get("id", "") for process in diagram.processes())
    yield _FORM, known.forms
    yield _DECISION, known.decisions
    yield _PROCESS, None if known.processes is None else known.processes | own
    yield _JOB, known.job_types
    yield _SENDING, known.job_types


def _uses(diagram: Diagram, outside: _Outside) -> Iterator[tuple[etree._Element, str]]:
    for node in diagram.tagged(outside.task):
        extension = zeebe_child(node.xml, outside.extension)
        value = "" if extension is None else extension.get(outside.attribute, "").strip()
        if value:
            yield node.xml, value


@rule(
    {
        "unknown-form": "a form that is not in the publication",
        "unknown-decision": "a decision that is not in the publication",
        "unknown-process": "a called process that is not in the publication",
        "unknown-job-type": "a kind of job that no handler takes",
        "computed-reference": "a form, decision, process or job type that is computed",
    }
)
def outside_references(diagram: Diagram, known: Known) -> Remarks:
    """A publication is complete: what a diagram needs is in it."""
    for outside, existing in _existing(diagram, known):
        for task, value in _uses(diagram, outside):
            if value.startswith("="):
                yield says(
                    "computed-reference",
                    task,
                    f"rekent uit welk {outside.noun} het is; dat moet vaststaan.",
                    f"Maak een keuze bij {field(outside.setting)}.",
                    at=outside.setting,
                )
            elif existing is not None and value not in existing:
                yield says(
                    outside.code,
                    task,
                    f"gebruikt {outside.noun} {quoted(value)}; dat is er niet.",
                    outside.way_out,
                    at=outside.setting,
                )


@rule(
    {
        "called-process-not-executable": "a call of a process that is only drawn",
        "called-process-without-start": "a call of a process that only a message can start",
    }
)
def callable_processes(diagram: Diagram, _known: Known) -> Remarks:
    """A call needs a process that runs, and that begins without a message."""
    plain = {
        scope.xml.get("id"): any(not node.definitions for node in scope.starts())
        for scope in diagram.scopes
        if scope.parent is None and scope.starts()
    }
    drawn = {process.get("id") for process in diagram.processes() if not runs(process)}
    for task, value in _uses(diagram, _PROCESS):
        if value in drawn:
            yield says(
                "called-process-not-executable",
                task,
                f"roept proces {quoted(value)} aan, maar dat is alleen getekend.",
                f"Zet bij dat proces {field('isExecutable')} aan.",
                at=_PROCESS.setting,
            )
        elif not plain.get(value, True):
            yield says(
                "called-process-without-start",
                task,
                f"roept proces {quoted(value)} aan, maar dat begint alleen met een bericht.",
                "Geef dat proces ook een gewone startgebeurtenis.",
                at=_PROCESS.setting,
            )
