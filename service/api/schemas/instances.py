"""Cases."""

from typing import Any

from marshmallow import Schema, fields

from service.api.schemas.common import (
    CURSOR,
    REFERENCE,
    Strict,
    Values,
    choice,
    page_size,
    text,
)
from service.storage.case_link import LINK_KINDS
from service.storage.erasure import GROUNDS
from service.storage.instance import STATUSES


class StartSchema(Strict):
    """What a case starts with."""

    process_id = text(required=True)
    variables = Values(keys=fields.String(), load_default=dict[str, Any])


class InstanceSchema(Schema):
    """A case in a list."""

    id = fields.UUID(required=True)
    reference = fields.String(required=True, metadata=REFERENCE)
    process_id = fields.String(required=True)
    status = fields.String(required=True, metadata={"description": f"{', '.join(STATUSES)}."})
    urgency = fields.String(required=True, allow_none=True)
    started_at = fields.AwareDateTime(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    end_name = fields.String(required=True, allow_none=True)


class InstanceQuerySchema(Strict):
    """Which cases, from where."""

    status = choice(*STATUSES, load_default=None)
    process_id = text(load_default=None)
    reference = text(load_default=None, metadata={"description": "A part of the kenmerk."})
    after = fields.String(load_default=None, metadata=CURSOR)
    limit = page_size()


class ErasureSchema(Strict):
    """Why a case is erased."""

    ground = choice(*GROUNDS, required=True)


class InstancePageSchema(Schema):
    """A page of cases; ``next`` is the ``after`` of the next page."""

    instances = fields.List(fields.Nested(InstanceSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class OpenTaskSchema(Schema):
    """An open task of a case."""

    id = fields.UUID(required=True)
    element_id = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    assignee = fields.String(attribute="assignee_name", required=True, allow_none=True)


class StepSchema(Schema):
    """A step of a diagram in words."""

    element_id = fields.String(required=True)
    name = fields.String(required=True)
    status = fields.String(required=True, metadata={"description": "klaar, nu or nog niet."})
    times = fields.Integer(required=True, metadata={"description": "How often it was done."})


class WalkedSchema(Schema):
    """A process that the case has been in."""

    process_id = fields.String(required=True)
    name = fields.String(required=True)
    steps = fields.List(fields.Nested(StepSchema), required=True)


class ReadableSchema(Schema):
    """One question and its answer, as far as you may read it."""

    label = fields.String(required=True)
    text = fields.String(required=True)


class HistorySchema(Schema):
    """Something that happened in a case."""

    at = fields.AwareDateTime(required=True)
    kind = fields.String(required=True)
    actor = fields.String(attribute="actor_name", required=True)
    element = fields.String(attribute="element_name", required=True, allow_none=True)
    reason = fields.String(
        required=True,
        metadata={"description": "Why it was repaired, locked or read."},
    )
    answers = fields.List(fields.Nested(ReadableSchema), required=True)


class FileSchema(Schema):
    """A file of a case."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class PackageSchema(Schema):
    """What went to another municipality, for who brings it there."""

    soort = fields.String(required=True)
    aan = fields.String(required=True, metadata={"description": "That municipality."})
    overgedragen_op = fields.String(required=True)
    signaal = Values(keys=fields.String(), required=True)


class LinkSchema(Schema):
    """Another case that belongs to this one."""

    reference = fields.String(required=True, metadata=REFERENCE)
    kind = fields.String(required=True, metadata={"description": f"{', '.join(LINK_KINDS)}."})
    outward = fields.Boolean(
        required=True, metadata={"description": "Whether this case points at the other one."}
    )
    made_at = fields.AwareDateTime(required=True)


class InstanceDetailSchema(InstanceSchema):
    """A case as far as you may see it; ``history`` is newest first."""

    incident = fields.String(required=True, allow_none=True)
    locked = fields.Boolean(required=True, metadata={"description": "Whether it is locked extra."})
    reads_until = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata={"description": "Until when you may read, when that is by emergency access."},
    )
    open_tasks = fields.List(fields.Nested(OpenTaskSchema), required=True)
    processes = fields.List(fields.Nested(WalkedSchema), required=True)
    history = fields.List(fields.Nested(HistorySchema), required=True)
    files = fields.List(fields.Nested(FileSchema), required=True)
    links = fields.List(fields.Nested(LinkSchema), required=True)


PACKAGE: dict[str, Any] = {
    "soort": "overdracht van een signaal tussen gemeenten",
    "aan": "Ergens",
    "overgedragen_op": "2026-03-02T08:30:00+00:00",
    "signaal": {"omschrijving": "Een man haalt elke nacht arbeiders op bij het station."},
}
_ID = "0d9a4c1e-6a43-4f5f-9b84-2a4f0d0f7b11"
START: dict[str, Any] = {
    "process_id": "gegevensdeling",
    "variables": {"routering": {"groepen": ["af-zorg"]}},
}
INSTANCE: dict[str, Any] = {
    "id": _ID,
    "reference": "2026-K7QF-3XDM",
    "process_id": "meldroute_signaal",
    "status": "active",
    "urgency": "normaal",
    "started_at": "2026-03-02T08:30:00+00:00",
    "ended_at": None,
    "end_name": None,
}
INSTANCES: dict[str, Any] = {"instances": [INSTANCE], "next": None}
DETAIL: dict[str, Any] = {
    **INSTANCE,
    "incident": None,
    "locked": False,
    "reads_until": None,
    "open_tasks": [
        {
            "id": "7b1f8f0a-2f07-4f6e-8b0a-7d0f0a3c9b55",
            "element_id": "triage",
            "name": "Triage",
            "roles": ["af-zorg"],
            "assignee": None,
        }
    ],
    "processes": [
        {
            "process_id": "meldroute_signaal",
            "name": "Meldroute signaal",
            "steps": [{"element_id": "triage", "name": "Triage", "status": "nu", "times": 0}],
        }
    ],
    "history": [
        {
            "at": "2026-03-02T08:30:00+00:00",
            "kind": "gestart",
            "actor": "Sanne Voorbeeld",
            "element": None,
            "reason": "",
            "answers": [],
        }
    ],
    "files": [],
    "links": [],
}
