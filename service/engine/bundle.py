"""A publication compiled: every process and decision, once, for all cases and threads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from lxml import etree

from service.dmn import Definitions, Outcome, read_together
from service.domain.errors import NotFound, Refused, Unreadable
from service.domain.findings import Finding, errors_of
from service.domain.xml import read_xml
from service.engine.elements import Element, Message, Signal, Timer
from service.engine.guard import Known, check_bpmn, errors_caught_elsewhere
from service.engine.guard.model import runs
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

    def element_name(self, process_id: str, element_id: str) -> str:
        """What an element is called; its id when it has no name.

        Raises:
            NotFound: the bundle has no such process.
        """
        return str(self.process(process_id).node(element_id).element.name or element_id)

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
    roots = {file: compiling.read(file, content) for file, content in processes.items()}
    here = replace(
        known or Known(),
        processes=frozenset(key for root in roots.values() for key in _process_ids(root)),
        decisions=frozenset(compiling.decisions),
    )
    caught = {} if checked else errors_caught_elsewhere(processes)
    for file, root in roots.items():
        if root is None:
            continue
        if not checked:
            own = replace(here, caught_errors=here.caught_errors | caught[file])
            if not compiling.guarded(file, processes[file], own):
                continue
        compiling.add_processes(file, processes[file], root)
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

    def read(self, file: str, content: bytes) -> etree._Element | None:
        try:
            return read_xml(content, file=file)
        except Unreadable as error:
            self.findings += error.findings
            return None

    def guarded(self, file: str, content: bytes, known: Known) -> bool:
        """Whether the guard lets a file through; keeps what it says."""
        found = check_bpmn(content, file=file, known=known)
        self.findings += found
        return not errors_of(found)

    def add_processes(self, file: str, content: bytes, root: etree._Element) -> None:
        for process in list(root.iter(f"{BPMN}process")):
            if not runs(process):
                root.remove(process)  # A pool that is only drawn.
        reader = Reader(root, file)
        self.findings += reader.findings
        if not reader.findings:
            self.parse(file, content, root, reader)

    def parse(self, file: str, content: bytes, root: etree._Element, reader: Reader) -> None:
        try:
            parser = ZeebeParser(reader.drawing)
            parser.add_bpmn_xml(root, file)
            specs = {key: parser.get_spec(key) for key in list(parser.process_parsers)}
        except (ValidationException, RecursionError) as error:
            self._refuse(
                file, "not-executable", f"Dit diagram kan niet worden uitgevoerd: {error}."
            )
            return
        for process in root.iter(f"{BPMN}process"):
            self._keep(file, content, process, specs[process.get("id", "")], reader)

    def _keep(
        self, file: str, content: bytes, xml: etree._Element, spec: Process, reader: Reader
    ) -> None:
        process_id = spec.name
        if process_id in self.specs:
            self._refuse(file, "duplicate-process", f"Proces {process_id!r} bestaat twee keer.")
        elements = [e for e in reader.drawing.elements.values() if e.process_id == process_id]
        self.specs[process_id] = spec
        self.processes[process_id] = ProcessInfo(
            id=process_id,
            name=xml.get("name") or process_id,
            about=" ".join((xml.findtext(f"{BPMN}documentation") or "").split()),
            steps=tuple(_steps(elements, reader)),
            flows=tuple(_flows(elements, reader)),
            starts_plainly=spec.start_event() is not None,
            start_messages=tuple(spec.start_names(Message)),
            start_signals=tuple(spec.start_names(Signal)),
            start_timers=MappingProxyType(dict(_start_timers(spec))),
            file=file,
            xml=content,
        )

    def _refuse(self, file: str, code: str, reason: str) -> None:
        self.findings.append(
            finding(file, None, code, reason, "Pas het diagram aan en publiceer opnieuw.")
        )


def _process_ids(root: etree._Element | None) -> list[str]:
    found = () if root is None else root.iter(f"{BPMN}process")
    return [process.get("id", "") for process in found if runs(process)]


def _start_timers(spec: Process) -> Iterator[tuple[str, str]]:
    for node in spec.entrances():
        if isinstance(node.element.event, Timer):
            yield node.element.id, f"{node.element.event.kind} {node.element.event.when.text}"


def _steps(elements: list[Element], reader: Reader) -> Iterator[StepInfo]:
    following: dict[str, list[str]] = {}
    for flow in reader.drawing.flows.values():
        following.setdefault(flow.source, []).append(flow.target)
    for element in elements:
        yield StepInfo(
            element_id=element.id,
            name=element.name,
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
