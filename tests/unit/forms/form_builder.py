"""Small forms for tests, written as form-js would save them."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from service.domain.errors import InvalidInput
from service.feel import Environment
from service.forms import FormDefinition, read_form, validate

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ENV = Environment(now=NOW)
NOTHING = "(no field is named)"
CARE = {"domein": "algemeen", "gevoeligheid": "gewoon", "doel": "Testen", "bewaren": "1 dag"}


def a_part(kind: str, key: str = "", **more: Any) -> dict[str, Any]:
    """One component; ``properties`` are added to those every question has."""
    part: dict[str, Any] = {"type": kind, "id": f"Veld_{key.replace('.', '_') or kind}"}
    if key:
        part |= {"key": key, "label": more.pop("label", key)}
        part["properties"] = {**CARE, **more.pop("properties", {})}
    return part | more


def options(*values: str) -> list[dict[str, str]]:
    """Options whose label is their value with a capital."""
    return [{"value": value, "label": value.capitalize()} for value in values]


def a_source(*parts: Mapping[str, Any], **more: Any) -> bytes:
    """The JSON of a form."""
    form = {"type": "default", "id": "proef", "schemaVersion": 19, "components": list(parts)}
    return json.dumps(form | more).encode()


def a_form(*parts: Mapping[str, Any]) -> FormDefinition:
    """A form of these components."""
    return read_form(a_source(*parts), file="proef.form")


def answers(form: FormDefinition, raw: Mapping[str, Any], **scope: Any) -> dict[str, Any]:
    """The answers, when all is well."""
    return validate(form, raw, scope=scope, env=ENV)


def complaints(form: FormDefinition, raw: Mapping[str, Any], **scope: Any) -> dict[str, list[str]]:
    """The messages by path, when something is wrong."""
    with pytest.raises(InvalidInput) as caught:
        validate(form, raw, scope=scope, env=ENV)
    return caught.value.fields


def outcome(
    form: FormDefinition, raw: Mapping[str, Any], scope: Mapping[str, Any] | None = None
) -> dict[str, list[str]]:
    """The messages by path; empty when all is well. Anything else that is raised gets out."""
    try:
        validate(form, raw, scope=scope or {}, env=ENV)
    except InvalidInput as error:
        return error.fields or {NOTHING: []}
    return {}
