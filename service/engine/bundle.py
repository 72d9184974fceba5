"""A publication compiled: every process and decision, once, for all cases and threads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from lxml import etree

from service.dmn import Definitions, Outcome, read_together
from service.domain.by_content import by_content
from service.domain.errors import NotFound, Refused, Unreadable
from service.domain.findings import Finding, errors_of
from service.domain.xml import read_xml
from service.engine.elements import Element, Message, Signal, Timer
from service.engine.guard import Known, check_bpmn, errors_caught_elsewhere
from service.engine.guard.model import runs
from service.engine.labels import labels
from service.engine.parser import Process, ZeebeParser
from service.engine.problems import BPMN, finding
from service.engine.reading import Reader
from service.engine.spiff import ValidationException
from service.feel import Environment


@dataclass(frozen=True, kw_only=True)
class StepInfo:
    """One element of a process, as a step list shows it."""

    element_id: str
    name: str
    label: str
    """What to call it beside other elements: its name or id, told apart from those alike."""
    type: str
    """The BPMN tag."""
    role: str | None
    """The innermost lane."""
    form_id: str | None
    outgoing: tuple[str, ...]
    """The ids of the elements that follow."""
    called: str | None = None
    """The process that a call activity runs."""
    due: str = ""
    """The expression that says when a user task must be done; empty without a norm time."""
    properties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The ``zeebe:property`` values of a user task; the guard says which names there are."""
    decides: str | None = None
    """The decision that it asks."""


@dataclass(frozen=True, kw_only=True)
class FlowInfo:
    """One sequence flow of a process."""

    element_id: str
    name: str
    source: str
    target: str


@dataclass(frozen=True, kw_only=True)
class ProcessInfo:
    """A process of a bundle, as others see it."""

    id: str
    name: str
    about: str
    """Its documentation; empty when the diagram gives none."""
    steps: tuple[StepInfo, ...]
    """In the order of the document, of embedded subprocesses too."""
    flows: tuple[FlowInfo, ...]
    """In the order of the document."""
    starts_plainly: bool
    """Whether it begins without a message, signal or timer too."""
    start_messages: tuple[str, ...]
    """The messages that start it."""
    start_signals: tuple[str, ...]
    """The signals that start it."""
    start_timers: Mapping[str, str]
    """Its timer start events: id, and how the timer reads (``cycle R/P1D``).

    ``next_timer_start`` says when they begin a case.
    """
    file: str
    xml: bytes


@dataclass(frozen=True, kw_only=True)
class CompiledBundle:
    """Immutable, so that threads can share it; cases hold its id, never a part of it."""

    processes: Mapping[str, ProcessInfo]
    findings: tuple[Finding, ...] = ()
    """What the guard warns about."""
    _specs: Mapping[str, Process] = field(repr=False)
    _decisions: Mapping[str, Definitions] = field(repr=False)

    def process(self, process_id: str) -> Process:
        """The spec of a process.

        Raises:
            NotFound: the bundle has no such process.
        """
        if process_id not in self._specs:
            raise NotFound(f"Proces {process_id!r} staat niet in deze publicatie.")
        return self._specs[process_id]

    def label(self, process_id: str, element_id: str) -> str:
        """What to call an element beside others; one that is not there by its id."""
        process = self.processes.get(process_id)
        steps = process.steps if process else ()
        return next((step.label for step in steps if step.element_id == element_id), element_id)

    def decide(self, decision_id: str, scope: Mapping[str, Any], env: Environment) -> Outcome:
        """The outcome of a decision.

        Raises:
            NotFound: the bundle has no such decision.
        """
        if decision_id not in self._decisions:
            raise NotFound(f"Beslistabel {decision_id!r} staat niet in deze publicatie.")
        return self._decisions[decision_id].decide(decision_id, scope, env)


def compile_bundle(
    processes: Mapping[str, bytes],
    decisions: Mapping[str, bytes],
    *,
    known: Known | None = None,
    checked: bool = False,
) -> CompiledBundle:
    """The bundle of these files; keys are file names.

    ``known`` says which forms, roles and job types exist; the processes and decisions are those
    of the bundle itself. ``checked``: the guard has let the files through before, as those of a
    publication; it is not asked again.

    Raises:
        Refused: with every error found, in all files.
    """
    compiling = _Compiling()
    compiling.add_decisions(decisions)
    here = replace(
        known or Known(),
        processes=frozenset(key for content in processes.values() for key in _running(content)),
        decisions=frozenset(compiling.decisions),
    )
    caught = {} if checked else errors_caught_elsewhere(processes)
    for file, content in processes.items():
        if not checked:
            own = replace(here, caught_errors=here.caught_errors | caught[file])
            if not compiling.guarded(file, content, own):
                continue
        compiling.add(_diagram(content, file))
    if errors := errors_of(compiling.findings):
        files = ", ".join(sorted({found.file for found in errors}))
        raise Refused(f"{files}: {errors[0].reason} {errors[0].way_out}", errors)
    return compiling.bundle()


class _Compiling:
    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.processes: dict[str, ProcessInfo] = {}
        self.specs: dict[str, Process] = {}
        self.decisions: dict[str, Definitions] = {}

    def add_decisions(self, contents: Mapping[str, bytes]) -> None:
        """Read the models together, as one may import another."""

        def refused(error: Refused) -> None:
            self.findings += error.findings

        for definitions in read_together(contents, refused=refused):
            for decision_id in definitions.decisions:
                if decision_id in self.decisions:
                    self._refuse(
                        definitions.file,
                        "duplicate-decision",
                        f"Beslissing {decision_id!r} bestaat twee keer.",
                    )
                self.decisions[decision_id] = definitions

    def bundle(self) -> CompiledBundle:
        return CompiledBundle(
            processes=MappingProxyType(self.processes),
            findings=tuple(self.findings),
            _specs=MappingProxyType(self.specs),
            _decisions=MappingProxyType(self.decisions),
        )

    def guarded(self, file: str, content: bytes, known: Known) -> bool:
        """Whether the guard lets a file through; keeps what it says."""
        found = check_bpmn(content, file=file, known=known)
        self.findings += found
        return not errors_of(found)

    def add(self, diagram: "_Diagram") -> None:
        self.findings += diagram.findings
        for info, spec in diagram.processes:
            if info.id in self.specs:
                self._refuse(
                    info.file, "duplicate-process", f"Proces {info.id!r} bestaat twee keer."
                )
            self.processes[info.id], self.specs[info.id] = info, spec

    def _refuse(self, file: str, code: str, reason: str) -> None:
        self.findings.append(_refusal(file, code, reason))


@dataclass(frozen=True, kw_only=True)
class _Diagram:
    """One file compiled, whatever bundle it is in: its processes, or what is wrong with it."""

    processes: tuple[tuple[ProcessInfo, Process], ...] = ()
    findings: tuple[Finding, ...] = ()


@by_content
def _diagram(content: bytes, /, file: str) -> _Diagram:
    """A file that the guard has let through."""
    try:
        root = read_xml(content, file=file)
    except Unreadable as error:
        return _Diagram(findings=tuple(error.findings))
    for process in list(root.iter(f"{BPMN}process")):
        if not runs(process):
            root.remove(process)  # A pool that is only drawn.
    reader = Reader(root, file)
    if reader.findings:
        return _Diagram(findings=tuple(reader.findings))
    try:
        parser = ZeebeParser(reader.drawing)
        parser.add_bpmn_xml(root, file)
        specs = {key: parser.get_spec(key) for key in list(parser.process_parsers)}
    except (ValidationException, RecursionError) as error:
        reason = f"Dit diagram kan niet worden uitgevoerd: {error}."
        return _Diagram(findings=(_refusal(file, "not-executable", reason),))
    found = ((xml, specs[xml.get("id", "")]) for xml in root.iter(f"{BPMN}process"))
    return _Diagram(
        processes=tuple((_info(file, content, xml, spec, reader), spec) for xml, spec in found)
    )


def _info(
    file: str, content: bytes, xml: etree._Element, spec: Process, reader: Reader
) -> ProcessInfo:
    process_id = spec.name
    elements = [e for e in reader.drawing.elements.values() if e.process_id == process_id]
    return ProcessInfo(
        id=process_id,
        name=xml.get("name") or process_id,
        about=" ".join((xml.findtext(f"{BPMN}documentation") or "").split()),
        steps=tuple(_steps(xml, elements, reader)),
        flows=tuple(_flows(elements, reader)),
        starts_plainly=spec.start_event() is not None,
        start_messages=tuple(spec.start_names(Message)),
        start_signals=tuple(spec.start_names(Signal)),
        start_timers=MappingProxyType(dict(_start_timers(spec))),
        file=file,
        xml=content,
    )


def _refusal(file: str, code: str, reason: str) -> Finding:
    return finding(file, None, code, reason, "Pas het diagram aan en publiceer opnieuw.")


@by_content
def _running(content: bytes, /) -> tuple[str, ...]:
    """The ids of the processes in a file that are more than drawn."""
    try:
        processes = read_xml(content, file="").iter(f"{BPMN}process")
    except Unreadable:
        return ()
    return tuple(process.get("id", "") for process in processes if runs(process))


def _start_timers(spec: Process) -> Iterator[tuple[str, str]]:
    for node in spec.entrances():
        if isinstance(node.element.event, Timer):
            yield node.element.id, f"{node.element.event.kind} {node.element.event.when.text}"


def _steps(xml: etree._Element, elements: list[Element], reader: Reader) -> Iterator[StepInfo]:
    flows = reader.drawing.flows.values()
    following: dict[str, list[str]] = {}
    for flow in flows:
        following.setdefault(flow.source, []).append(flow.target)
    here = {element.id for element in elements}
    called = labels(xml, elements, [flow for flow in flows if flow.source in here])
    for element in elements:
        yield StepInfo(
            element_id=element.id,
            name=element.name,
            label=called[element.id],
            type=element.type,
            role=element.lane,
            form_id=element.work.form_id if element.work else None,
            outgoing=tuple(following.get(element.id, ())),
            called=element.call.process_id if element.call else None,
            due=element.work.due.text if element.work and element.work.due else "",
            properties=element.work.properties if element.work else MappingProxyType({}),
            decides=element.outcome.decision if element.outcome else None,
        )


def _flows(elements: list[Element], reader: Reader) -> Iterator[FlowInfo]:
    here = {element.id for element in elements}
    for flow in reader.drawing.flows.values():
        if flow.source in here:
            yield FlowInfo(
                element_id=flow.id, name=flow.name, source=flow.source, target=flow.target
            )
