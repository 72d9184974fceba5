"""Files; the answer is a list of attachment ids, because the web stores the files first."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from marshmallow import ValidationError, fields, validate

from service.forms.component import Component
from service.forms.field_types.base import EVERY_INPUT, InputType, Problem, Spot, tidy_list
from service.forms.limits import MAX_ATTACHMENTS
from service.forms.nodes import Node

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ALLOWED = (".pdf", ".jpg", ".jpeg", ".png")


class Filepicker(InputType):
    """``filepicker``."""

    name = "filepicker"
    missing = "Voeg een bestand toe."
    attributes: ClassVar[frozenset[str]] = EVERY_INPUT | {"accept", "multiple"}

    def problems(self, raw: Mapping[str, Any]) -> Iterator[Problem]:
        """Only kinds of files that are scanned and stripped may be asked for."""
        strange = sorted(set(_accepted(raw)) - set(ALLOWED))
        if strange:
            yield Problem(
                code="unsupported-file-type",
                reason=f"Bestanden van de soort {', '.join(strange)} worden niet aangenomen.",
                way_out=f"Kies uit {', '.join(ALLOWED)}.",
            )
        if raw.get("multiple") not in (None, True, False):
            yield Problem(
                code="unsupported-attribute",
                reason="multiple is geen ja of nee.",
                way_out="Zet deze instelling aan of uit, zonder expressie.",
            )

    def tidy(self, posted: Any) -> Any:
        """A list without empty and double entries."""
        return tidy_list(posted, MAX_ATTACHMENTS)

    def absent(self) -> Any:
        """No files."""
        return []

    def is_empty(self, value: Any) -> bool:
        """An empty list is no answer."""
        return value in (None, [])

    def marshmallow(self, component: Component) -> fields.Field[Any]:
        """A list of ids, as text."""
        most = MAX_ATTACHMENTS if component.raw.get("multiple") else 1
        return fields.List(
            fields.Raw(validate=[_is_id]),
            validate=validate.Length(max=most, error="Voeg ten hoogste {max} bestanden toe."),
            error_messages={"invalid": "Voeg een bestand toe."},
        )

    def text(self, component: Component, value: Any) -> str:
        """How many files there are."""
        del component
        count = len(self.tidy(value))
        return "1 bestand" if count == 1 else f"{count} bestanden"

    def node(self, component: Component, spot: Spot) -> Node:
        """A box for files, and the ids of those already there."""
        return self.question(
            component,
            spot,
            value="",
            input_type="file",
            multiple=bool(component.raw.get("multiple")),
            accept=",".join(_accepted(component.raw) or ALLOWED),
            attachments=tuple(str(one) for one in self.tidy(spot.value)),
        )


def _accepted(raw: Mapping[str, Any]) -> list[str]:
    parts = str(raw.get("accept") or "").split(",")
    return [part.strip().lower() for part in parts if part.strip()]


def _is_id(value: Any) -> None:
    if not isinstance(value, str) or _ID.fullmatch(value) is None:
        raise ValidationError("Dit bestand is niet bekend. Voeg het opnieuw toe.")
