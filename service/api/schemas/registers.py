"""The registers of the network."""

from typing import Any

from marshmallow import Schema, fields

from service.api.schemas.common import CURSOR, REFERENCE, Strict, Values, page_size

_REVISION = {"description": "That of the entry as you read it; 409 when it has changed since."}


class RegisterQuerySchema(Strict):
    """Which entries, from where."""

    ended = fields.Boolean(
        load_default=False, metadata={"description": "Those that no longer count."}
    )
    after = fields.String(load_default=None, metadata=CURSOR)
    limit = page_size()


class EntrySchema(Schema):
    """One entry of a register."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    revision = fields.Integer(required=True)
    values = Values(
        keys=fields.String(),
        required=True,
        metadata={"description": "By field of the register."},
    )
    state = fields.String(
        required=True,
        metadata={
            "description": "Of an agreement: geldig, verloopt, verlopen, komt or ingetrokken."
        },
    )
    ended_on = fields.Date(required=True, allow_none=True)
    ended_why = fields.String(required=True)


class ChangeSchema(Schema):
    """Somebody changed an entry."""

    at = fields.AwareDateTime(required=True)
    actor = fields.String(attribute="actor_name", required=True)
    reference = fields.String(required=True, allow_none=True, metadata=REFERENCE)
    changes = Values(
        keys=fields.String(),
        required=True,
        metadata={"description": "By field: what it was and what it became."},
    )


class EntryDetailSchema(EntrySchema):
    """One entry with its history, newest first."""

    history = fields.List(fields.Nested(ChangeSchema), required=True)


class RegisterPageSchema(Schema):
    """A page of a register, by name; ``next`` is the ``after`` of the next page."""

    entries = fields.List(fields.Nested(EntrySchema), required=True)
    next = fields.String(required=True, allow_none=True)


class NewEntrySchema(Strict):
    """A new entry."""

    values = Values(keys=fields.String(), required=True)


class ChangedEntrySchema(NewEntrySchema):
    """The whole entry, as it is to be."""

    revision = fields.Integer(required=True, metadata=_REVISION)


class EndSchema(Strict):
    """Why an entry no longer counts."""

    revision = fields.Integer(required=True, metadata=_REVISION)
    why = fields.String(required=True)


class RestoreSchema(Strict):
    """Which entry is meant."""

    revision = fields.Integer(required=True, metadata=_REVISION)


_VALUES: dict[str, Any] = {
    "name": "Veiligheidshuisconvenant",
    "kind": "convenant",
    "parties": ["zvh"],
    "reference": "Z-2026-41",
    "valid_from": "2025-03-01",
    "valid_until": "2029-12-31",
    "remarks": "",
}
ENTRY: dict[str, Any] = {
    "id": "5f0c1d3e-7b55-4c0e-8d0b-2a9f6f0f7d44",
    "name": "Veiligheidshuisconvenant",
    "revision": 1,
    "values": _VALUES,
    "state": "geldig",
    "ended_on": None,
    "ended_why": "",
}
ENTRIES: dict[str, Any] = {"entries": [ENTRY], "next": None}
DETAIL: dict[str, Any] = {
    **ENTRY,
    "history": [
        {
            "at": "2026-03-02T08:30:00+00:00",
            "actor": "Meldroute",
            "reference": None,
            "changes": {"valid_until": [None, "2029-12-31"]},
        }
    ],
}
NEW: dict[str, Any] = {"values": _VALUES}
CHANGED: dict[str, Any] = {"revision": 1, "values": _VALUES}
END: dict[str, Any] = {"revision": 1, "why": "Opgezegd door de partner."}
RESTORE: dict[str, Any] = {"revision": 2}
