"""Repetition: an activity once per item of a list, or as long as a condition holds."""

from decimal import Decimal
from typing import Any, Final

from service.engine.advance import REPETITION
from service.engine.elements import Element, Loop, Repeat
from service.engine.expressions import PATH
from service.engine.nodes.base import Activity, Node, What, cancel
from service.engine.scope import (
    assign,
    evaluate,
    evaluate_mapping,
    incident,
    keepable,
    outer_layers,
    true_now,
)
from service.engine.spiff import STARTED, Task, add_child, make_ready, set_state, update

MAX_INSTANCES: Final = 1_000


class Repetition(Activity):
    """Holds one token per instance."""

    def __init__(self, wf_spec: Any, bpmn_id: str, *, element: Element, inner: Node) -> None:
        """``inner`` is the activity that each instance goes through."""
        super().__init__(wf_spec, bpmn_id, element=element)
        self.inner = inner

    def prepare(self) -> None:
        """Each instance can be undone as the whole can."""
        self.inner.undo, self.inner.undo_event = self.undo, self.undo_event

    def remember(self, task: Task) -> None:
        """The lines of the instances, in the order in which those were completed."""
        task.workflow.undoable.extend(task.internal_data.pop("log", ()))

    def map_inputs(self, task: Task) -> None:
        """Mappings are for each instance."""

    def leaving(self, task: Task) -> None:
        """Output mappings were applied by each instance."""

    def tell(self, task: Task, what: What) -> None:
        """The repetition as a whole, told apart from its instances."""
        task.workflow.tell(self.element, REPETITION, what, task)

    def new_instance(self, task: Task, index: int) -> Task:
        """One more instance, not yet begun."""
        instance = add_child(task, self.inner)
        instance.internal_data["index"] = index
        instance.data["loopCounter"] = Decimal(index + 1)
        return instance

    def finish(self, task: Task) -> None:
        """The repetition goes on as one."""
        kept = ("via", "log")
        task.internal_data = {k: v for k, v in task.internal_data.items() if k in kept}
        make_ready(task)


class StandardLoop(Repetition):
    """One instance after the other, as long as its condition holds."""

    def begin(self, task: Task) -> None:
        """Begins the first round, unless the condition comes first and does not hold."""
        repeat = self._repeat()
        set_state(task, STARTED)
        task.internal_data["round"] = 0
        if repeat.before and not self._again(task, repeat):
            self.finish(task)
        else:
            self._next(task)

    def _repeat(self) -> Repeat:
        assert isinstance(self.element.loop, Repeat)  # noqa: S101 - only made for those
        return self.element.loop

    def _again(self, task: Task, repeat: Repeat) -> bool:
        rounds = task.internal_data["round"]
        if repeat.most is not None and rounds >= repeat.most:
            return False
        task.data["loopCounter"] = Decimal(rounds)
        return repeat.condition is None or true_now(task, repeat.condition)

    def _next(self, task: Task) -> None:
        index = task.internal_data["round"]
        task.internal_data["round"] = index + 1
        update(self.new_instance(task, index))

    def member_left(self, task: Task, member: Task) -> None:
        """One more round, or done."""
        if member.task_spec is not self.inner:
            return
        if self._again(task, self._repeat()):
            self._next(task)
        else:
            self.finish(task)


class MultiInstance(Repetition):
    """Once per item; results stand in the order of the items."""

    @property
    def loop(self) -> Loop:
        """What the diagram says about the repetition."""
        assert isinstance(self.element.loop, Loop)  # noqa: S101 - only made for those
        return self.element.loop

    def begin(self, task: Task) -> None:
        """Takes the list as it is now, and opens the first instance or all of them."""
        items = self._items(task)
        set_state(task, STARTED)
        task.internal_data |= {"items": items, "next": 0, "done": 0, "out": [None] * len(items)}
        for _ in items[:1] if self.loop.sequential else items:
            self._open_next(task)
        if not items:
            self._finish(task)

    def _items(self, task: Task) -> list[Any]:
        if self.loop.items is not None:
            items = evaluate(task, self.loop.items)
            if not isinstance(items, list) or len(items) > MAX_INSTANCES:
                text = f"={self.loop.items.text} is geen lijst van ten hoogste {MAX_INSTANCES}."
                raise incident(self.element, text)
            return items
        count = evaluate(task, self.loop.count) if self.loop.count else None
        if not isinstance(count, Decimal) or count % 1 or not 0 <= count <= MAX_INSTANCES:
            raise incident(self.element, f"het aantal is geen getal van 0 tot {MAX_INSTANCES}.")
        return [Decimal(n + 1) for n in range(int(count))]

    def _open_next(self, task: Task) -> None:
        internal = task.internal_data
        index = internal["next"]
        internal["next"] = index + 1
        instance = self.new_instance(task, index)
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
        if self._enough(task, member) or internal["done"] == len(internal["items"]):
            for other in task.children:
                if other is not member and other.task_spec is self.inner:
                    cancel(other)
            self._finish(task)
        elif self.loop.sequential:
            self._open_next(task)

    def _enough(self, task: Task, member: Task) -> bool:
        """Whether the completion condition holds; it can count the instances."""
        if self.loop.enough is None:
            return False
        done, opened = task.internal_data["done"], task.internal_data["next"]
        counts = {
            "numberOfInstances": len(task.internal_data["items"]),
            "numberOfActiveInstances": opened - done,
            "numberOfCompletedInstances": done,
            "numberOfTerminatedInstances": 0,
        }
        member.data = member.data | {name: Decimal(count) for name, count in counts.items()}
        return evaluate(member, self.loop.enough) is True

    def _finish(self, task: Task) -> None:
        if self.loop.results:
            assign(task, outer_layers(task), self.loop.results, task.internal_data["out"])
        self.finish(task)
