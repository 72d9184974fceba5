"""A user task, open or closed, and the roles whose inbox it lies in."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId, ShortText

STATES = ("open", "completed", "cancelled")
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""The due date of a task without a norm time."""
ESCALATED = 2
"""``Task.nudges`` once the norm time is over."""


class Task(Base):
    """One user task of one case. The inbox reads only this table and ``task_candidate``."""

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("ix_task_instance", "instance_id", "opened_at"),
        Index("ix_task_assignee", "assignee_id", "due_at", "id", postgresql_where="state = 'open'"),
        Index(
            "ix_task_closed",
            "municipality",
            "closed_at",
            postgresql_where="state = 'completed'",
        ),
        Index(
            "ix_task_handed_over",
            "municipality",
            "opened_at",
            "id",
            postgresql_where="element_id = 'overdracht_beoordelen'",
        ),
        Index("ix_task_next_nudge", "next_nudge", postgresql_where="next_nudge IS NOT NULL"),
    )

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"))
    reference: Mapped[str] = mapped_column(String(40))
    process_id: Mapped[ShortText]
    element_id: Mapped[ShortText]
    name: Mapped[ShortText]
    form_id: Mapped[str | None] = mapped_column(String(200))
    roles: Mapped[list[str]] = mapped_column(ARRAY(String(61)))
    """Who may do it: those of the diagram, and their stand-ins after escalation."""
    urgency: Mapped[str | None] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    assignee_name: Mapped[str | None] = mapped_column(String(200))
    opened_at: Mapped[Moment]
    due_at: Mapped[Moment]
    """The end of the norm time; far in the future (``NEVER``) without one."""
    next_nudge: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When the worker reminds (three quarters of the norm time) or escalates (all of it)."""
    nudges: Mapped[int] = mapped_column(Integer)
    """0 nothing yet, 1 reminded, 2 escalated."""
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    closed_by_name: Mapped[str | None] = mapped_column(String(200))
    draft: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What was typed and not yet sent in, encrypted with the key of the case."""
    draft_by: Mapped[str | None] = mapped_column(String(200))
    draft_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class TaskCandidate(Base):
    """An open task in the inbox of one role; the row goes when the task closes."""

    __tablename__ = "task_candidate"
    __table_args__ = (
        Index("ix_task_candidate_inbox", "municipality", "role", "due_at", "task_id"),
    )

    task_id: Mapped[UUID] = mapped_column(ForeignKey("task.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(61), primary_key=True)
    municipality: Mapped[MunicipalityId]
    due_at: Mapped[Moment]
