"""Background work, enqueued in PostgreSQL in the transaction of the caller.

The work itself is defined in ``service.jobs``; here is only its name and its arguments, so that
a web node can ask for it. It becomes visible to the worker when the caller commits.
"""

from collections.abc import Iterable
from uuid import UUID

from procrastinate import App, SyncPsycopgConnector
from procrastinate.types import JSONValue
from sqlalchemy.orm import Session

RUN_SERVICE_TASK = "run_service_task"
ANNOUNCE_TASKS = "announce_tasks"
SEND_MESSAGE = "send_message"
DELIVER = "deliver"
MOVE_CASES = "move_cases"
_AFTER_THE_REST = -10
"""The priority of what may take long: whoever waits for a step goes first."""


class PostgresJobQueue:
    """Enqueues jobs on the connection of a session."""

    def __init__(self) -> None:
        self._app = App(connector=SyncPsycopgConnector())

    def run_service_tasks(self, session: Session, job_ids: Iterable[UUID]) -> None:
        """One job for each service task."""
        self._defer(session, RUN_SERVICE_TASK, [{"job_id": str(key)} for key in job_ids])

    def announce_tasks(self, session: Session, task_ids: Iterable[UUID]) -> None:
        """One job for all tasks that opened together."""
        self._defer(session, ANNOUNCE_TASKS, [{"task_ids": [str(key) for key in task_ids]}])

    def send_messages(self, session: Session, message_ids: Iterable[UUID]) -> None:
        """One job for each message, so that one bad address holds up no other."""
        self._defer(session, SEND_MESSAGE, [{"message_id": str(key)} for key in message_ids])

    def deliver(self, session: Session, delivery_ids: Iterable[UUID]) -> None:
        """One job for each receiver, so that one locked or failing case holds up no other."""
        self._defer(session, DELIVER, [{"delivery_id": str(key)} for key in delivery_ids])

    def move_cases(self, session: Session, batch_id: UUID, chunks: Iterable[int]) -> None:
        """One job for each chunk of a batch."""
        arguments: list[dict[str, JSONValue]] = [
            {"batch_id": str(batch_id), "chunk": chunk} for chunk in chunks
        ]
        self._defer(session, MOVE_CASES, arguments, priority=_AFTER_THE_REST)

    def _defer(
        self,
        session: Session,
        name: str,
        arguments: list[dict[str, JSONValue]],
        priority: int = 0,
    ) -> None:
        connection = session.connection().connection.driver_connection
        task = self._app.configure_task(name, connection=connection, priority=priority)
        task.batch_defer(*arguments)
