"""SQLAlchemy models, encryption and queries by noun; imports domain."""

from service.storage.access import Access
from service.storage.account import ApiToken, RoleMembership, UserAccount
from service.storage.agenda_item import AgendaItem
from service.storage.agreement import Agreement
from service.storage.attachment import Attachment
from service.storage.barrier_instrument import BarrierInstrument
from service.storage.base import Base
from service.storage.case_link import CaseLink
from service.storage.delivery import Delivery
from service.storage.draft import Draft, DraftFile, DraftPresence
from service.storage.emergency_access import EmergencyAccess
from service.storage.erasure import Erasure
from service.storage.event import Event
from service.storage.extra_lock import ExtraLock
from service.storage.fact import Fact
from service.storage.former_element import FormerElement
from service.storage.instance import Instance
from service.storage.job import Job
from service.storage.message import MessageOut
from service.storage.migration import MigrationBatch, MigrationItem
from service.storage.municipality import Municipality
from service.storage.note import Note
from service.storage.own_version import OwnVersion
from service.storage.partner import Partner
from service.storage.publication import Publication
from service.storage.register_change import RegisterChange
from service.storage.report import Report
from service.storage.reporter import Feedback, Reporter
from service.storage.retention_hold import RetentionHold
from service.storage.scheduled_start import ScheduledStart
from service.storage.shelter_place import ShelterPlace
from service.storage.take_back import TakeBack
from service.storage.task import Task, TaskCandidate
from service.storage.trial import Trial

__all__ = [
    "Access",
    "AgendaItem",
    "Agreement",
    "ApiToken",
    "Attachment",
    "BarrierInstrument",
    "Base",
    "CaseLink",
    "Delivery",
    "Draft",
    "DraftFile",
    "DraftPresence",
    "EmergencyAccess",
    "Erasure",
    "Event",
    "ExtraLock",
    "Fact",
    "Feedback",
    "FormerElement",
    "Instance",
    "Job",
    "MessageOut",
    "MigrationBatch",
    "MigrationItem",
    "Municipality",
    "Note",
    "OwnVersion",
    "Partner",
    "Publication",
    "RegisterChange",
    "Report",
    "Reporter",
    "RetentionHold",
    "RoleMembership",
    "ScheduledStart",
    "ShelterPlace",
    "TakeBack",
    "Task",
    "TaskCandidate",
    "Trial",
    "UserAccount",
]
