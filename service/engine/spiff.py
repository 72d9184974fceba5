"""The part of SpiffWorkflow that the engine builds on, with the types that it lacks.

Only this module names SpiffWorkflow; its calls with an underscore have their plain names here.
SpiffWorkflow logs each change of state together with everything in the case; that is personal
data, so those loggers are shut.
"""

import logging
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

if TYPE_CHECKING:
    from lxml import etree

    class Task:
        """A token: where it stands, in which state, with which locals."""

        id: UUID
        workflow: Any
        task_spec: Any
        triggered: bool
        thread_id: int
        last_state_change: float
        data: dict[str, Any]
        internal_data: dict[str, Any]
        state: int
        parent: "Task"
        children: list["Task"]
        _parent: UUID | None
        _children: list[UUID]
        _state: int

        def run(self) -> bool | None:
            """Executes the node it stands on; ``None`` leaves it STARTED."""

        def complete(self) -> None:
            """Marks it completed and lets it leave the node."""

        def cancel(self) -> None:
            """Marks it cancelled."""

    class BpmnSpecMixin:
        """A node of a diagram."""

        name: str
        manual: bool
        _wf_spec: Any

        def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None: ...
        def connect(self, taskspec: Any) -> None:
            """Adds an outgoing flow."""

    class WorkflowSpec:
        """A process: its nodes by name."""

        name: str
        task_specs: dict[str, Any]

        def __init__(self, name: str | None = None, filename: str | None = None) -> None: ...

    class BpmnProcessSpec(WorkflowSpec):
        """A process read from BPMN."""

    class BpmnWorkflow:
        """A running process."""

        spec: Any
        data: dict[str, Any]
        tasks: dict[UUID, Task]
        task_tree: Task
        subprocesses: dict[UUID, Any]
        completed: bool

        def __init__(self, spec: Any, subprocess_specs: Any, **kwargs: Any) -> None: ...

    class BpmnSubWorkflow:
        """A running embedded subprocess or called process."""

        spec: Any
        data: dict[str, Any]
        tasks: dict[UUID, Task]
        task_tree: Task
        completed: bool

        def __init__(
            self, spec: Any, parent_task_id: UUID, top_workflow: Any, **kwargs: Any
        ) -> None: ...

    class PythonScriptEngine:
        """What evaluates Python in stock SpiffWorkflow."""

    class NodeParser:
        """Reads one XML node."""

        node: etree._Element
        bpmn_id: str

    class TaskParser(NodeParser):
        """Makes a node of a process from its XML."""

        spec: Any
        spec_class: Any
        task: Any
        process_parser: Any

        def raise_validation_exception(self, message: str) -> None:
            """Refuses the node."""

    class ProcessParser(NodeParser):
        """Makes a process from its XML."""

        parser: Any
        spec: Any

        def get_outgoing_sequence_flows(self, source_ref: str) -> list[etree._Element]:
            """The flows that leave a node, in document order."""

        def get_boundary_events(self, attached_to_ref: str) -> list[etree._Element]:
            """The events on the edge of an activity."""

        def get_node_by_id(self, node_id: str) -> etree._Element | None:
            """Any element of the process."""

        def parse_node(self, node: etree._Element) -> Any:
            """The node's spec, read once."""

        def get_spec(self) -> Any:
            """The process."""

    class BpmnParser:
        """Reads a BPMN file."""

        process_parsers: dict[str, Any]

        def add_bpmn_xml(self, bpmn: etree._Element, filename: str | None = None) -> None:
            """Reads a file."""

        def get_spec(self, process_id: str, required: bool = True) -> Any:
            """A process of it."""

    class ValidationException(Exception):
        """SpiffWorkflow cannot read a diagram."""

    def full_tag(tag: str) -> str:
        """A BPMN tag with its namespace."""
else:
    from SpiffWorkflow.bpmn import BpmnWorkflow
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
    from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
    from SpiffWorkflow.bpmn.parser.util import full_tag
    from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
    from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
    from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
    from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin
    from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
    from SpiffWorkflow.specs import WorkflowSpec
    from SpiffWorkflow.task import Task

__all__ = [
    "COMPLETED",
    "FUTURE",
    "READY",
    "STARTED",
    "WAITING",
    "BpmnParser",
    "BpmnProcessSpec",
    "BpmnSpecMixin",
    "BpmnSubWorkflow",
    "BpmnWorkflow",
    "ProcessParser",
    "PythonScriptEngine",
    "Task",
    "TaskParser",
    "ValidationException",
    "WorkflowSpec",
    "add_child",
    "adopt",
    "full_tag",
    "make_ready",
    "remove",
    "restore",
    "set_state",
    "update",
]

FUTURE: Final = 4
WAITING: Final = 8
READY: Final = 16
STARTED: Final = 32
COMPLETED: Final = 64

for _name in ("spiff", "spiff.task", "spiff.workflow", "spiff.data"):
    logging.getLogger(_name).setLevel(logging.WARNING)


def set_state(task: Task, state: int) -> None:
    """Puts a token in a state, without asking."""
    task._state = state  # noqa: SLF001


def update(task: Task) -> None:
    """Lets a token arrive at its node."""
    task.task_spec._update(task)  # noqa: SLF001


def make_ready(task: Task) -> None:
    """Hands a token to the engine, or to a person."""
    task._ready()  # type: ignore[attr-defined]  # noqa: SLF001


def add_child(parent: Task, spec: Any) -> Task:
    """A new token under ``parent``, not yet arrived."""
    return parent._add_child(spec, FUTURE)  # type: ignore[attr-defined, no-any-return]  # noqa: SLF001


def remove(task: Task) -> None:
    """Takes a token without children out of the tree."""
    del task.workflow.tasks[task.id]
    task.parent._children.remove(task.id)  # noqa: SLF001


def adopt(task: Task, parent: Task) -> None:
    """Moves a token to another place in the tree."""
    task.parent._children.remove(task.id)  # noqa: SLF001
    task.parent = parent
    parent._children.append(task.id)  # noqa: SLF001


def restore(
    *,
    id: UUID,  # noqa: A002 - SpiffWorkflow's own name
    workflow: Any,
    spec: Any,
    parent: Task | None,
    state: int,
    data: dict[str, Any],
    internal: dict[str, Any],
) -> Task:
    """A token as it was saved, put in its place in the tree; nothing is executed."""
    task = Task.__new__(Task)
    task.id = id
    task.workflow = workflow
    task.task_spec = spec
    task.triggered = False
    task.thread_id = 0
    task.last_state_change = 0.0
    task.data = data
    task.internal_data = internal
    task._children = []  # noqa: SLF001
    task._state = state  # noqa: SLF001
    task._parent = None  # noqa: SLF001
    if parent is not None:
        task._parent = parent.id  # noqa: SLF001
        parent._children.append(id)  # noqa: SLF001
    workflow.tasks[id] = task
    return task
