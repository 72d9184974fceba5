"""What operations work with besides the session: handed in, never looked up."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from service.operations.published import Publications
from service.storage.vault import Vault


class JobQueue(Protocol):
    """Background work, enqueued in the transaction of the caller."""

    def run_service_tasks(self, session: Session, job_ids: Iterable[UUID]) -> None:
        """Have the worker execute these service tasks once the transaction commits."""

    def announce_tasks(self, session: Session, task_ids: Iterable[UUID]) -> None:
        """Have the worker tell the roles of these tasks that there is work."""

    def send_messages(self, session: Session, message_ids: Iterable[UUID]) -> None:
        """Have the worker send these messages of the outbox."""

    def deliver(self, session: Session, delivery_ids: Iterable[UUID]) -> None:
        """Have the worker bring these deliveries to their receivers, each by itself."""

    def move_cases(self, session: Session, batch_id: UUID, chunks: Iterable[int]) -> None:
        """Have the worker move, or move back, the cases of these chunks of a batch."""


@dataclass(frozen=True, kw_only=True)
class Collaborators:
    """The shared parts of this node."""

    publications: Publications
    vault: Vault
    queue: JobQueue
