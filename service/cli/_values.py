"""Values on the command line: JSON in, FEEL values out as JSON."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import click


class JsonObject(click.ParamType[dict[str, Any]]):
    """A JSON object, or ``@`` and the name of a file that holds one."""

    name = "JSON"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dict[str, Any]:
        """The object; a usage error when it is none."""
        if isinstance(value, dict):
            return value
        try:
            text = Path(value[1:]).read_text() if value.startswith("@") else value
            found = json.loads(text, parse_float=Decimal)
        except (OSError, ValueError) as error:
            self.fail(f"geen leesbaar JSON: {error}", param, ctx)
        if not isinstance(found, dict):
            self.fail('geen JSON-object: schrijf {"naam": waarde}', param, ctx)
        return found


class JsonFile(JsonObject):
    """The name of a file that holds a JSON object."""

    name = "BESTAND"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dict[str, Any]:
        """The object; a usage error when there is none."""
        if isinstance(value, str) and not value.startswith("@"):
            value = f"@{value}"
        return super().convert(value, param, ctx)


def to_json(value: Any) -> str:
    """A FEEL value as JSON: numbers as numbers, moments and durations as text."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat is not None else str(value)
