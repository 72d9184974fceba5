"""Background work done at once and on the clock of a scenario, instead of by the worker."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.operations.announce_tasks import announce_tasks
from service.operations.collaborators import Collaborators
from service.operations.deliver import deliver
from service.operations.mail import Mail, Mailer
from service.operations.run_service_task import run_service_task
from service.operations.send_message import send_message
from service.operations.service_tasks import HANDLERS, Handler


class Nowhere:
    """Takes mail and lets it go: what a scenario sends, nobody is waiting for."""

    def send(self, mail: Mail) -> None:
        """Does nothing."""


@dataclass(kw_only=True)
class ByHand:
    """A queue that keeps what is asked, until ``do_all``."""

    mailer: Mailer = field(default_factory=Nowhere)
    announces: bool = True
    """Whether people are told of their tasks; the past need not be announced."""
    handlers: Mapping[str, Handler] = field(default_factory=lambda: HANDLERS)
    waiting: "deque[partial[Any]]" = field(default_factory=deque)

    def run_service_tasks(self, session: Session, job_ids: Iterable[UUID]) -> None:  # noqa: ARG002
        """Keeps these service tasks."""
        run = partial(run_service_task, handlers=self.handlers)
        self.waiting += [partial(run, job_id=key) for key in job_ids]

    def announce_tasks(self, session: Session, task_ids: Iterable[UUID]) -> None:  # noqa: ARG002
        """Keeps this announcement."""
        if self.announces:
            self.waiting.append(partial(announce_tasks, task_ids=list(task_ids)))

    def send_messages(self, session: Session, message_ids: Iterable[UUID]) -> None:  # noqa: ARG002
        """Keeps these messages."""
        send = partial(send_message, mailer=self.mailer)
        self.waiting += [partial(send, message_id=key) for key in message_ids]

    def deliver(self, session: Session, delivery_ids: Iterable[UUID]) -> None:  # noqa: ARG002
        """Keeps these deliveries."""
        self.waiting += [partial(deliver, delivery_id=key) for key in delivery_ids]

    def move_cases(self, session: Session, batch_id: UUID, chunks: Iterable[int]) -> None:
        """Cases of a scenario stay on their publication: nothing asks for this."""
        del session, batch_id, chunks

    def do_all(self, session: Session, collaborators: Collaborators, *, now: datetime) -> None:
        """Does what was asked, and what that asks in turn."""
        while self.waiting:
            self.waiting.popleft()(session, collaborators, now=now)
            session.expire_all()  # As the next transaction would find it.
