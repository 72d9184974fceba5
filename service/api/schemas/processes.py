"""What can be started."""

from marshmallow import Schema, fields


class ProcessSchema(Schema):
    """A process of the current publication."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    publication = fields.Integer(required=True)
    user_tasks = fields.List(fields.String(), required=True)


PROCESSES = [
    {
        "id": "meldroute_signaal",
        "name": "Meldroute signaal",
        "publication": 1,
        "user_tasks": ["signaal_indienen", "triage", "aanvulling_geven", "doorverwijzen"],
    }
]
