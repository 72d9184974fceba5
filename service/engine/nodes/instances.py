"""Multi-instance: an activity once per item of a list."""

from decimal import Decimal
from typing import Any, Final

from service.engine.elements import Element, Loop
from service.engine.expressions import PATH
from service.engine.nodes.base import Activity, Node, What, cancel
from service.engine.scope import (
    assign,
    evaluate,
    evaluate_mapping,
    incident,
    keepable,
    outer_layers,
)
from service.engine.spiff import STARTED, Task, add_child, make_ready, set_state, update

MAX_INSTANCES: Final = 1_000


class MultiInstance(Activity):
    """Holds one token per item; results stand in the order of the items."""

    def __init__(self, wf_spec: Any, bpmn_id: str, *, element: Element, inner: Node) -> None:
        """``inner`` is the activity that each item goes through."""
        super().__init__(wf_spec, bpmn_id, element=element)
        self.inner = inner

    def prepare(self) -> None:
        """Each instance can be undone as the whole can."""
        self.inner.undo, self.inner.undo_event = self.undo, self.undo_event

    def remember(self, task: Task) -> None:
        """The lines of the instances, in the order in which those were completed."""
        task.workflow.undoable.extend(task.internal_data.pop("log", ()))

    @property
    def loop(self) -> Loop:
        """What the diagram says about the repetition."""
        assert self.element.loop is not None  # noqa: S101 - only made for elements with a loop
        return self.element.loop

    def map_inputs(self, task: Task) -> None:
        """Mappings are for each instance."""

    def begin(self, task: Task) -> None:
        """Takes the list as it is now, and opens the first instance or all of them."""
        items = evaluate(task, self.loop.items)
        if not isinstance(items, list) or len(items) > MAX_INSTANCES:
            text = f"={self.loop.items.text} is geen lijst van ten hoogste {MAX_INSTANCES}."
            raise incident(self.element, text)
        set_state(task, STARTED)
        task.internal_data |= {"items": items, "next": 0, "done": 0, "out": [None] * len(items)}
        for _ in items[:1] if self.loop.sequential else items:
            self._open_next(task)
        if not items:
            self._finish(task)

    def _open_next(self, task: Task) -> None:
        internal = task.internal_data
        index = internal["next"]
        internal["next"] = index + 1
        instance = add_child(task, self.inner)
        instance.internal_data["index"] = index
        instance.data["loopCounter"] = Decimal(index + 1)
        if self.loop.result is not None and PATH.fullmatch(self.loop.result.text):
            # What an instance answers under this name is its own, not shared with the others.
            instance.data[self.loop.result.text.split(".")[0].strip()] = None
        if self.loop.item:
            instance.data[self.loop.item] = internal["items"][index]
        update(instance)

    def member_left(self, task: Task, member: Task) -> None:
        """Keeps the result; opens the next instance, waits for the others, or finishes."""
        if member.task_spec is not self.inner:
            return
        internal = task.internal_data
        internal["done"] += 1
        if self.loop.result is not None:
            result = evaluate_mapping(member, self.loop.result)
            kept = keepable(member, self.loop.results or self.loop.result.text, result)
            internal["out"][member.internal_data["index"]] = kept
        enough = self.loop.enough is not None and evaluate(member, self.loop.enough) is True
        if enough or internal["done"] == len(internal["items"]):
            for other in task.children:
                if other is not member and other.task_spec is self.inner:
                    cancel(other)
            self._finish(task)
        elif self.loop.sequential:
            self._open_next(task)

    def _finish(self, task: Task) -> None:
        if self.loop.results:
            assign(task, outer_layers(task), self.loop.results, task.internal_data["out"])
        kept = ("via", "log")
        task.internal_data = {k: v for k, v in task.internal_data.items() if k in kept}
        make_ready(task)

    def leaving(self, task: Task) -> None:
        """Output mappings were applied by each instance."""

    def tell(self, task: Task, what: What) -> None:
        """The repetition as a whole, told apart from its instances."""
        task.workflow.tell(self.element, "multiInstanceBody", what, task)
