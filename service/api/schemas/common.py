"""What all shapes share: strictness, Dutch messages, values of a case, and errors."""

from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from service.api.plain import plain
from service.operations.said import MAX_REASON

REFERENCE = {"description": "Kenmerk: says nothing about the case."}
CURSOR = {"description": "The ``next`` of the page before; leave out for the first page."}
_WORDS = {
    "required": "Dit veld ontbreekt.",
    "null": "Dit veld mag niet leeg zijn.",
    "invalid": "Deze waarde is van een andere soort.",
    "invalid_uuid": "Dit is geen UUID.",
    "too_large": "Dit getal is te groot.",
}
LONGEST = 200


class Strict(Schema):
    """Refuses by name what it does not know, in Dutch."""

    error_messages = {  # noqa: RUF012 - as marshmallow declares it
        "unknown": "Onbekend veld.",
        "type": "Stuur een JSON-object.",
    }

    class Meta:
        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Gives every field our words."""
        super().on_bind_field(field_name, field_obj)
        known = field_obj.error_messages
        field_obj.error_messages = {**known, **{k: v for k, v in _WORDS.items() if k in known}}


class Values(fields.Dict):
    """Variables or answers of a case: nested, and read with whatever JSON brings."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        return plain(value)


def text(**more: Any) -> fields.String:
    """A short text."""
    return fields.String(
        validate=validate.Length(max=LONGEST, error=f"Ten hoogste {LONGEST} tekens."), **more
    )


def reason(*, shortest: int = 1, **more: Any) -> fields.String:
    """Why somebody does this."""
    words = f"{shortest} tot en met {MAX_REASON} tekens."
    length = validate.Length(shortest, MAX_REASON, error=words)
    return fields.String(required=True, validate=length, **more)


def choice(*known: str, **more: Any) -> fields.String:
    """One of some words."""
    return fields.String(
        validate=validate.OneOf(known, error=f"Kies uit: {', '.join(known)}."), **more
    )


def page_size(usual: int = 25, *, most: int = 100) -> fields.Integer:
    """How many things a page holds."""
    return fields.Integer(
        load_default=usual, validate=validate.Range(1, most, error=f"Kies 1 tot en met {most}.")
    )


class ErrorSchema(Schema):
    """Why something was refused."""

    code = fields.Integer(required=True, metadata={"description": "The HTTP status."})
    status = fields.String(required=True, metadata={"description": "The status in words."})
    message = fields.String(required=True, metadata={"description": "One sentence, in Dutch."})
    errors = fields.Dict(
        metadata={"description": "Messages by place (json, query) and by the path of the field."}
    )
    findings = fields.List(
        fields.Dict(), metadata={"description": "What is wrong with a diagram, table or form."}
    )
