"""What all nodes share: a token arrives, is executed, leaves along flows, or is cancelled.

The tree of tokens stays flat. Every token hangs under the root of its process; only what lives
and dies with another token hangs under that one: armed boundary events under their activity,
instances under their multi-instance, awaited events under their event gateway. A token that
leaves is taken out, so the tree holds the present and never the past, and nothing is predicted.
"""

from typing import Any, Literal

from service.engine.elements import Element, Flow
from service.engine.nodes.choosing import Way, every_way
from service.engine.scope import apply_inputs, apply_outputs
from service.engine.spiff import (
    BpmnSpecMixin,
    Task,
    add_child,
    make_ready,
    remove,
    update,
)

What = Literal["entered", "completed", "cancelled"]


class Node(BpmnSpecMixin):
    """A node of a diagram; immutable once its process has been read."""

    rests = False
    """Whether a token can stay here, so that arriving and being cancelled are worth telling."""
    can_be_entered = True
    """Whether a token may be put here by hand."""
    element: Element
    trigger: Element
    """The element that says what a token waits for here."""

    def __init__(self, wf_spec: Any, bpmn_id: str, *, element: Element | None) -> None:
        """``element`` is what the diagram says; None only for the root."""
        name = element.name if element else ""
        super().__init__(wf_spec, bpmn_id, bpmn_name=name)
        if element:
            self.element = self.trigger = element
        self.flows: list[Way] = []
        self.chooses = False
        self.incoming: list[Flow] = []
        self.boundary: list[str] = []
        self.undo: str | None = None
        self.undo_event: Element | None = None

    def add_flow(self, flow: Flow, target: "Node") -> None:
        """Adds an outgoing flow, in document order."""
        self.connect(target)
        self.flows.append((flow, target))
        self.chooses |= flow.condition is not None or flow.id == self.element.default
        target.incoming.append(flow)

    # The four moments of a token.

    def arrive(self, task: Task) -> None:
        """A token has come in; most nodes execute it at once."""
        make_ready(task)

    def enter(self, task: Task) -> None:
        """The first token of a case, or of a process inside it, comes in."""
        self._update(task)

    def execute(self, task: Task) -> bool | None:  # noqa: ARG002
        """Does what the node is for; ``None`` means: not finished yet."""
        return True

    def chosen(self, task: Task) -> list[Way]:
        """The flows along which a token leaves, one token along each."""
        return every_way(task, self.flows) if self.chooses else self.flows

    def leaving(self, task: Task) -> None:
        """The token is done here; its flows come next."""

    def finished(self, task: Task) -> None:
        """Tells that the token is done here."""
        self.tell(task, "completed")

    def remember(self, task: Task) -> None:
        """Notes what can be undone."""

    def abandoned(self, task: Task) -> None:
        """The token is cancelled; called when nothing hangs under it any more."""

    def listens(self, task: Task) -> bool:  # noqa: ARG002
        """Whether the token only waits for something to happen while its scope runs."""
        return False

    # What a token hears from those that hang under it.

    def member_left(self, task: Task, member: Task) -> None:
        """An instance under this token is done."""

    def member_fires(self, task: Task, member: Task) -> None:
        """An awaited event under this token is about to happen."""

    # How SpiffWorkflow calls these.

    def prepare(self) -> None:
        """Every flow of the process is known; called once."""

    def test(self) -> None:
        """Every spec has been checked when its bundle was compiled."""

    def _predict(self, *_args: Any, **_kwargs: Any) -> None:
        """The future is not kept."""

    def _update(self, task: Task) -> None:
        task.workflow.top_workflow.count(self.element)
        self.arrive(task)

    def _on_ready(self, task: Task) -> None:
        if not self.manual:
            task.workflow.top_workflow.queue.append(task)

    def _run(self, task: Task) -> bool | None:
        return self.execute(task)

    def _on_complete(self, task: Task) -> None:
        workflow = task.workflow
        if task.id not in workflow.tasks:
            return  # It threw an event that cancelled its own process.
        self.leaving(task)
        for member in task.children:
            cancel(member)
        self.finished(task)
        self.remember(task)
        parent = task.parent
        if parent is not workflow.task_tree:
            parent.task_spec.member_left(parent, task)
        task.data = {}  # Conditions on the way out are read outside the activity.
        self._go_on(task)
        remove(task)
        workflow.settle()

    def _go_on(self, task: Task) -> None:
        workflow = task.workflow
        tokens = []
        for flow, target in self.chosen(task):
            if flow.id:  # Not a link: there is no such flow in the diagram.
                workflow.tell_flow(self.element, flow)
            token = add_child(workflow.task_tree, target)
            token.internal_data["via"] = flow.id
            tokens.append(token)
        for token in tokens:  # All exist before the first arrives: a join must see them.
            update(token)

    def _on_cancel(self, task: Task) -> None:
        self.abandoned(task)
        if self.rests:
            self.tell(task, "cancelled")
        remove(task)

    def tell(self, task: Task, what: What) -> None:
        """Adds an entry to the trail."""
        task.workflow.tell(self.element, self.element.type, what, task)


class Activity(Node):
    """A task, call or subprocess: it has mappings, events on its edge, and may be undone."""

    rests = True

    def arrive(self, task: Task) -> None:
        """Maps the inputs, arms the events on the edge, and begins."""
        self.tell(task, "entered")
        self.map_inputs(task)
        for name in self.boundary:
            update(add_child(task, task.workflow.spec.node(name)))
            if task.id not in task.workflow.tasks:
                return  # This event on the edge was due already, and has interrupted.
        self.begin(task)

    def map_inputs(self, task: Task) -> None:
        """Makes the locals."""
        apply_inputs(task)

    def begin(self, task: Task) -> None:
        """Starts the work itself."""
        make_ready(task)

    def leaving(self, task: Task) -> None:
        """Maps the outputs; the locals end here."""
        apply_outputs(task)

    def remember(self, task: Task) -> None:
        """Leaves a line for compensation: in its scope, or with the repetition it is part of."""
        inside = task.internal_data.pop("log", None)
        if self.element.undoes or not (self.undo or inside):
            return
        line = [self.name, task.data, None if self.undo else inside]
        if "index" in task.internal_data:
            task.parent.internal_data.setdefault("log", []).append(line)
        else:
            task.workflow.undoable.append(line)


def cancel(task: Task) -> None:
    """Takes back a token with everything that hangs under it."""
    for child in task.children:
        cancel(child)
    task.cancel()
