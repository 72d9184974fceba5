"""Tasks that wait for a message, or send one."""

from typing import Any

from service.engine.elements import Message
from service.engine.nodes.activities import ServiceTask
from service.engine.nodes.base import Activity, What
from service.engine.nodes.gateways import EventGateway
from service.engine.nodes.waiting import correlation_key, wait
from service.engine.routing import publish
from service.engine.scope import merge_result
from service.engine.spiff import Task, make_ready


class ReceiveTask(Activity):
    """Waits in WAITING for its message; what that carries merges as a result does."""

    def begin(self, task: Task) -> None:
        """Notes what is waited for."""
        wait(task)

    def enter(self, task: Task) -> None:
        """The case begins here: the message has come already."""
        self.tell(task, "entered")
        self.map_inputs(task)
        make_ready(task)

    def fire(self, task: Task, payload: dict[str, Any] | None = None) -> None:
        """The message has come."""
        if task.parent is not task.workflow.task_tree:
            task.parent.task_spec.member_fires(task.parent, task)
        task.internal_data["payload"] = payload
        make_ready(task)

    def execute(self, task: Task) -> bool | None:
        """Takes in what the message carries."""
        if payload := task.internal_data.pop("payload", None):
            merge_result(task, payload)
        return True

    def tell(self, task: Task, what: What) -> None:
        """One that lost the race at an event gateway was never entered."""
        racing = isinstance(task.parent.task_spec, EventGateway)
        if not racing or what == "completed":
            super().tell(task, what)


class SendTask(ServiceTask):
    """Sends its message, carrying what its input mappings say, unless a handler does the work."""

    def execute(self, task: Task) -> bool | None:
        """Sends, and goes on."""
        event = self.element.event
        if not isinstance(event, Message):
            return super().execute(task)
        mapped = dict.fromkeys(m.target.split(".")[0] for m in self.element.inputs)
        payload = {name: task.data[name] for name in mapped}
        publish(task, event, correlation_key(task, event), payload)
        return True
