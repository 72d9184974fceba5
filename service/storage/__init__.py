"""SQLAlchemy models, encryption and queries by noun; imports domain."""

from service.storage.access import Access
from service.storage.account import ApiToken, RoleMembership, UserAccount
from service.storage.attachment import Attachment
from service.storage.base import Base
from service.storage.event import Event
from service.storage.fact import Fact
from service.storage.held_message import HeldMessage
from service.storage.instance import Instance
from service.storage.job import Job
from service.storage.message import MessageOut
from service.storage.municipality import Municipality
from service.storage.note import Note
from service.storage.publication import Publication
from service.storage.reporter import Feedback, Reporter
from service.storage.task import Task, TaskCandidate

__all__ = [
    "Access",
    "ApiToken",
    "Attachment",
    "Base",
    "Event",
    "Fact",
    "Feedback",
    "HeldMessage",
    "Instance",
    "Job",
    "MessageOut",
    "Municipality",
    "Note",
    "Publication",
    "Reporter",
    "RoleMembership",
    "Task",
    "TaskCandidate",
    "UserAccount",
]
