"""The library: every process with its files, and whose each file is."""

from typing import Any

from marshmallow import Schema, fields

from service.api.schemas.common import choice
from service.operations.studio.originals import Origin


class PartSchema(Schema):
    """One file."""

    path = fields.String(required=True)
    name = fields.String(required=True)
    origin = choice(
        *Origin,
        required=True,
        metadata={
            "description": "As it came with Meldroute, or your own; ``outdated``: a newer original "
            "came, that you can take in or decline."
        },
    )


class NamedSchema(Schema):
    """A process and what it is called."""

    id = fields.String(required=True)
    name = fields.String(required=True)


class ShelfSchema(Schema):
    """One process and what lies beside it."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    about = fields.String(required=True)
    diagram = fields.Nested(PartSchema, required=True)
    tables = fields.List(fields.Nested(PartSchema), required=True)
    forms = fields.List(fields.Nested(PartSchema), required=True)
    roles = fields.List(
        fields.String(), required=True, metadata={"description": "Who has a task in it."}
    )
    calls = fields.List(fields.Nested(NamedSchema), required=True)
    called_by = fields.List(fields.Nested(NamedSchema), required=True)


class LibrarySchema(Schema):
    """What is published now."""

    number = fields.Integer(required=True, metadata={"description": "Of the publication."})
    processes = fields.List(fields.Nested(ShelfSchema), required=True)
    profile = fields.Nested(PartSchema, required=True)


LIBRARY: dict[str, Any] = {
    "number": 4,
    "processes": [
        {
            "id": "overleg",
            "name": "Overleg",
            "about": "Elk overleg van de gemeente opent vanzelf op zijn dag, als een eigen zaak.",
            "diagram": {
                "path": "processes/overleg/overleg.bpmn",
                "name": "Overleg",
                "origin": "own_outdated",
            },
            "tables": [],
            "forms": [
                {
                    "path": "forms/overleg/agenda_vaststellen.form",
                    "name": "Agenda vaststellen",
                    "origin": "shared",
                }
            ],
            "roles": ["Aandachtsfunctionaris zorg"],
            "calls": [],
            "called_by": [],
        }
    ],
    "profile": {"path": "gemeente.toml", "name": "Midden-Delfland", "origin": "own"},
}
TO_DECLINE = {"path": "processes/overleg/overleg.bpmn"}
