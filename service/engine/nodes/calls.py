"""Embedded subprocesses and called processes: a process running inside an activity."""

from typing import Any

from service.engine.nodes.base import Activity, What
from service.engine.scope import flattened, incident, merged, outer_layers
from service.engine.spiff import STARTED, Task, make_ready, remove, set_state


class SubProcess(Activity):
    """Runs what is drawn inside it, in the scope of its process."""

    inside: Any
    """The process within."""

    def begin(self, task: Task, payload: dict[str, Any] | None = None) -> None:
        """Starts the process within; its data objects are variables of its own, still empty."""
        set_state(task, STARTED)
        task.data |= {name: None for name in self.element.objects if name not in task.data}
        inner = task.workflow.top_workflow.open(task, self.process(task), self.variables(task))
        start = self.entrance(task)
        if start is None:
            raise incident(self.element, "het proces heeft geen gewoon begin.")
        inner.begin(start, payload)

    def entrance(self, task: Task) -> Any:
        """Where the process within begins."""
        return self.process(task).start_event()

    def process(self, task: Task) -> Any:  # noqa: ARG002
        """What runs inside."""
        return self.inside

    def variables(self, task: Task) -> dict[str, Any] | None:  # noqa: ARG002
        """Its own variables; None when it shares those around it."""
        return None

    def inside_done(self, task: Task, workflow: Any) -> None:
        """The process within has ended, or has been undone."""
        if "undoing" in task.internal_data:
            parent = task.parent
            remove(task)
            parent.task_spec.member_left(parent, task)
            return
        if workflow.embedded and workflow.undoable:
            task.internal_data["log"] = workflow.undoable
        make_ready(task)

    def undo_inside(self, task: Task, data: dict[str, Any], lines: list[Any]) -> None:
        """Opens the process within once more, to undo what was done there."""
        task.data = dict(data)
        task.internal_data["undoing"] = 1
        set_state(task, STARTED)
        inner = task.workflow.top_workflow.open(task, self.process(task), None)
        inner.take_back(lines)

    def tell(self, task: Task, what: What) -> None:
        """What is opened again to be undone was told before."""
        if "undoing" not in task.internal_data:
            super().tell(task, what)

    def abandoned(self, task: Task) -> None:
        """Ends the process within too."""
        inner = task.workflow.top_workflow.subprocesses.pop(task.id, None)
        if inner is not None:
            inner.cancel_tokens()


class CallActivity(SubProcess):
    """Runs another process of the bundle, with variables of its own."""

    def process(self, task: Task) -> Any:
        """The process it names, as the bundle holds it."""
        call = self.element.call
        return task.workflow.top_workflow.bundle.process(call.process_id if call else "")

    def variables(self, task: Task) -> dict[str, Any]:
        """Everything visible, or only what the input mappings name."""
        call = self.element.call
        return flattened(task) if call and call.copy_in else dict(task.data)

    def inside_done(self, task: Task, workflow: Any) -> None:
        """Takes over what the called process has written, unless output mappings say what."""
        if self.element.outputs:
            task.data |= workflow.data
        elif self.element.call and self.element.call.copy_out:
            self._take_over(task, workflow)
        super().inside_done(task, workflow)

    def _take_over(self, task: Task, workflow: Any) -> None:
        """Only what it wrote: what it merely received may have changed here meanwhile."""
        layers = outer_layers(task)
        for name in sorted(workflow.written):
            layer = next((layer for layer in layers if name in layer), layers[-1])
            layer[name] = merged(layer.get(name), workflow.data[name])
            task.workflow.wrote(layer, name)
