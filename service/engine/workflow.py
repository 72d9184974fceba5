"""A case in memory: its tokens, what is to be executed next, and what has happened in this step."""

from collections import deque
from collections.abc import Iterator
from typing import Any, Final, NoReturn, Protocol
from uuid import UUID, uuid4

from service.engine.advance import REPETITION, MessageOut, SignalOut, Surroundings, TrailEntry
from service.engine.elements import Element, Flow
from service.engine.nodes.base import What, cancel
from service.engine.nodes.waiting import look_again
from service.engine.scope import incident
from service.engine.spiff import (
    COMPLETED,
    READY,
    BpmnSubWorkflow,
    BpmnWorkflow,
    PythonScriptEngine,
    Task,
    add_child,
    restore,
    update,
)
from service.feel import Environment

MAX_STEPS: Final = 10_000
"""Tokens that arrive somewhere in one call; a diagram that needs more runs in circles."""
MAX_NESTING: Final = 50


class Bundle(Protocol):
    """What a running case asks of its bundle."""

    def process(self, process_id: str) -> Any:
        """The spec of a process."""

    def decide(self, decision_id: str, scope: Any, env: Environment) -> Any:
        """The outcome of a decision."""


class NoPython(PythonScriptEngine):
    """SpiffWorkflow would evaluate Python here; nothing of ours asks it to."""

    def _never(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AssertionError("Python in a diagram is never evaluated.")

    validate = evaluate = execute = call_service = _never


_NO_PYTHON: Final = NoPython()


class Running:
    """What a case and a process inside it have in common."""

    spec: Any
    tasks: dict[UUID, Task]
    task_tree: Task
    data: dict[str, Any]
    completed: bool
    path: str
    embedded: bool
    """Whether it shares the variables of the process around it."""
    parent_task: Task | None
    undoable: list[Any]
    """What has been completed here and can be undone, in that order: see ``nodes.undoing``."""
    written: set[str] | None
    """The variables that a called process wrote; None where nobody will ask."""

    @property
    def top(self) -> "Instance":
        """The case."""
        return self.top_workflow  # type: ignore[attr-defined, no-any-return]

    def plant(self) -> None:
        """Makes the root of the tree of tokens."""
        self.task_tree = restore(
            id=uuid4(),
            workflow=self,
            spec=self.spec.start,
            parent=None,
            state=COMPLETED,
            data={},
            internal={},
        )
        self.undoable = []

    def begin(self, node: Any, payload: dict[str, Any] | None = None) -> None:
        """Arms the event subprocesses and sends the first token, with what the trigger brought."""
        token = add_child(self.task_tree, node)
        if payload:
            token.internal_data["payload"] = payload
        for handler in self.spec.handlers():
            update(add_child(self.task_tree, handler))
            if token.id not in self.tasks:
                return  # What it waits for was so already, and has interrupted.
        node.enter(token)

    def take_back(self, lines: list[Any]) -> None:
        """Undoes what was done here before; then it has ended once more."""
        token = add_child(self.task_tree, self.spec.undoing())
        token.internal_data["lines"] = lines
        update(token)

    def settle(self) -> None:
        """A token has left: joins may now go on, and without tokens the process has ended."""
        for join in self.spec.joins():
            join.try_to_go(self)
        if not self.completed and self._idle():
            self.cancel_tokens()
            self.completed = True
            self.ended()

    def _idle(self) -> bool:
        """Whether no token is left but listeners."""
        if len(self.tasks) == 1 or not self.spec.handlers():
            return len(self.tasks) == 1
        return all(task.task_spec.listens(task) for task in self.task_tree.children)

    def ended(self) -> None:
        """The last token has left."""

    def cancel_tokens(self, but: Task | None = None) -> None:
        """Takes back every token except one."""
        for task in self.task_tree.children:
            if task is not but:
                cancel(task)

    def wrote(self, layer: dict[str, Any], name: str) -> None:
        """Remembers what a called process changed in its own scope."""
        workflow: Running = self
        while workflow.embedded and workflow.parent_task is not None:
            workflow = workflow.parent_task.workflow
        if workflow.written is not None and layer is workflow.data:
            workflow.written.add(name)
        self.top.changed = True

    def tell(self, element: Element, kind: str, what: What, task: Task) -> None:
        """Adds an element to the trail."""
        self.top.trail.append(
            TrailEntry(
                process_id=element.process_id,
                element_id=element.id,
                element_type=kind,
                name=element.name,
                what=what,
                scope=self.scope_of(task),
                seconds=self._stood(kind, what, task),
            )
        )

    def _stood(self, kind: str, what: What, task: Task) -> int | None:
        """How long a token stood here; when it comes in, that moment is noted.

        What a person did has a row of its own that says so; a repetition has its instances.
        """
        if kind in ("userTask", REPETITION):
            return None
        now = int(self.top.around.now.timestamp())
        if what == "entered":
            task.internal_data["since"] = now
            return None
        since = task.internal_data.get("since")
        return None if since is None else max(0, now - since)

    def tell_flow(self, element: Element, flow: Flow) -> None:
        """Adds a sequence flow to the trail."""
        self.top.trail.append(
            TrailEntry(
                process_id=element.process_id,
                element_id=flow.id,
                element_type="sequenceFlow",
                name=flow.name,
                what="taken",
                scope=self.path,
            )
        )

    def scope_of(self, task: Task) -> str:
        """The ids of the activities around a token, and of its own when it is one of several."""
        if "index" in task.internal_data:
            return step(self.path, task)
        return self.path


def step(path: str, task: Task) -> str:
    """``path`` with one more activity."""
    index = task.internal_data.get("index")
    own = task.task_spec.element.id if index is None else f"{task.task_spec.element.id}#{index + 1}"
    return f"{path}/{own}" if path else own


class Instance(Running, BpmnWorkflow):
    """A case."""

    embedded = False
    parent_task = None
    written = None
    path = ""

    def __init__(self, spec: Any, bundle: Bundle, around: Surroundings) -> None:
        """Empty, and ready to take tokens."""
        BpmnWorkflow.__init__(self, spec, {}, script_engine=_NO_PYTHON, deserializing=True)
        self.bundle = bundle
        self.around = around
        self.env = Environment(now=around.now, calendar=around.calendar, zone=around.calendar.zone)
        self.queue: deque[Task] = deque()
        self.trail: list[TrailEntry] = []
        self.outbox: list[MessageOut] = []
        self.signals: list[SignalOut] = []
        self.ended_by: str | None = None
        self.steps = 0
        self.changed = False
        self.plant()

    def open(self, task: Task, spec: Any, variables: dict[str, Any] | None) -> "Inner":
        """Makes room for a process inside an activity."""
        inner = Inner(spec, task, variables)
        if inner.path.count("/") >= MAX_NESTING:
            raise incident(task.task_spec.element, "processen roepen elkaar zonder einde aan.")
        inner.plant()
        return inner

    def all_tokens(self) -> Iterator[Task]:
        """Every token of the case, of processes inside it too."""
        for workflow in (self, *self.subprocesses.values()):
            for task in workflow.tasks.values():
                if task is not workflow.task_tree:
                    yield task

    def in_order(self) -> list[Task]:
        """Every token, in an order that saving keeps: who wakes first must not depend on it."""
        found: list[Task] = []
        for workflow in (self, *self.subprocesses.values()):
            stack = list(reversed(workflow.task_tree.children))
            while stack:
                task = stack.pop()
                found.append(task)
                stack.extend(reversed(task.children))
        return found

    def find(self, task_id: UUID) -> Task | None:
        """A token by id."""
        for workflow in (self, *self.subprocesses.values()):
            if (task := workflow.tasks.get(task_id)) is not None:
                return task if task is not workflow.task_tree else None
        return None

    def count(self, element: Element) -> None:
        """A token arrives at an element.

        Raises:
            Incident: it is one more than ``MAX_STEPS`` in one call.
        """
        self.steps += 1
        if self.steps > MAX_STEPS:
            reason = f"na {MAX_STEPS} stappen is er nog geen rust; het diagram loopt in een kring."
            raise incident(element, reason)

    def run(self) -> None:
        """Executes until only people, handlers, messages and moments can bring it further.

        Raises:
            Incident: naming the element that cannot go on.
        """
        self._notice()
        while self.queue:
            task = self.queue.popleft()
            if task.state == READY and task.id in task.workflow.tasks:
                task.run()
                self._notice()

    def _notice(self) -> None:
        """Looks at conditions that are waited for, when a variable has changed."""
        while self.changed:
            self.changed = False
            if self.spec.minds or any(w.spec.minds for w in self.subprocesses.values()):
                look_again(self)


class Inner(Running, BpmnSubWorkflow):
    """An embedded subprocess or a called process."""

    def __init__(self, spec: Any, task: Task, variables: dict[str, Any] | None) -> None:
        """``variables`` are its own; None when it shares those around it."""
        top = task.workflow.top_workflow
        BpmnSubWorkflow.__init__(self, spec, task.id, top, deserializing=True)
        self.parent_task = task
        self.embedded = variables is None
        self.data = variables or {}
        self.written = None if variables is None else set()
        self.path = step(task.workflow.path, task)
        top.subprocesses[task.id] = self

    def _calculate_depth(self) -> int:
        return 0

    def ended(self) -> None:
        """Hands back to the activity that it runs in."""
        assert self.parent_task is not None  # noqa: S101 - set when it was made
        del self.top.subprocesses[self.parent_task.id]
        self.parent_task.task_spec.inside_done(self.parent_task, self)
