"""Reads form-js JSON into a FormDefinition, and refuses what would not run as drawn."""

import json
import re
from collections.abc import Mapping
from typing import Any

from service.domain.by_content import by_content
from service.domain.errors import Refused
from service.domain.findings import Finding, errors_of
from service.forms.definition import FormDefinition
from service.forms.findings import Remarks
from service.forms.limits import MAX_FILE_BYTES
from service.forms.tree import TreeReader

_HEADING = re.compile(r"\s*#{1,6} +(?P<title>[^\n]+)\n*")
_FORM_ATTRIBUTES = {
    "components",
    "type",
    "id",
    "schemaVersion",
    "exporter",
    "executionPlatform",
    "executionPlatformVersion",
    "versionTag",
    "$schema",
}
_VERSIONS = range(4, 20)


def read_form(content: bytes, *, file: str) -> FormDefinition:
    """The form in form-js JSON; warnings do not stop it.

    Raises:
        Refused: with every finding, when there is at least one error.
    """
    definition, findings = _read(content, file)
    errors = errors_of(findings)
    if errors or definition is None:
        first = errors[0]
        raise Refused(f"{file}: {first.reason} {first.way_out}", list(findings))
    return definition


def check_form(content: bytes, *, file: str) -> list[Finding]:
    """Everything there is to say about a form; never raises."""
    return list(_read(content, file)[1])


def title_of(content: bytes) -> str:
    """What a form is called, also one with faults; "" when it does not say or cannot be read."""
    definition, _findings = _read(content, "")
    return definition.title if definition else ""


@by_content
def _read(content: bytes, /, file: str) -> tuple[FormDefinition | None, tuple[Finding, ...]]:
    remarks = Remarks(file=file)
    raw = _json(content, remarks)
    if raw is None:
        return None, tuple(remarks.found)
    _check_form_attributes(raw, remarks)
    components = raw.get("components")
    if not isinstance(components, list):
        remarks.error(
            "no-components", "Er zijn geen velden (components).", "Voeg velden toe in de editor."
        )
        return None, tuple(remarks.found)
    title, components = _title(components)
    level = TreeReader(remarks=remarks).level(components)
    form_id = str(raw.get("id") or "")
    return FormDefinition(id=form_id, title=title or form_id, level=level), tuple(remarks.found)


def _json(content: bytes, remarks: Remarks) -> dict[str, Any] | None:
    way_out = "Sla het formulier opnieuw op in de editor."
    if len(content) > MAX_FILE_BYTES:
        remarks.error("too-large", "Het formulier is te groot.", "Verdeel het over meer taken.")
        return None
    try:
        raw = json.loads(content, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        remarks.error("not-json", f"Dit is geen geldige JSON: {error}.", way_out)
        return None
    if not isinstance(raw, dict):
        remarks.error("not-a-form", "Dit is geen formulier van form-js.", way_out)
        return None
    return raw


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is geen getal")


def _check_form_attributes(raw: Mapping[str, Any], remarks: Remarks) -> None:
    if raw.get("type") != "default":
        remarks.error("not-a-form", 'Het type is niet "default".', "Gebruik de editor van form-js.")
    if not isinstance(raw.get("id"), str) or not raw["id"]:
        remarks.error("missing-id", "Het formulier heeft geen id.", "Geef het de id van de taak.")
    if raw.get("schemaVersion") not in _VERSIONS or isinstance(raw.get("schemaVersion"), bool):
        remarks.error(
            "schema-version",
            f"schemaVersion {raw.get('schemaVersion')!r} wordt niet ondersteund.",
            f"Gebruik versie {_VERSIONS[-1]}.",
        )
    for name in sorted(set(raw) - _FORM_ATTRIBUTES):
        remarks.error(
            "unknown-attribute", f"{name} heeft hier geen werking.", "Haal deze instelling weg."
        )


def _title(components: list[Any]) -> tuple[str, list[Any]]:
    """The first heading is the title of the form; the rest of that text stays."""
    first = components[0] if components else None
    if not isinstance(first, dict) or first.get("type") != "text":
        return "", components
    match = _HEADING.match(str(first.get("text") or ""))
    if match is None:
        return "", components
    rest = str(first["text"])[match.end() :]
    kept = [{**first, "text": rest}] if rest.strip() else []
    return match["title"].strip(), [*kept, *components[1:]]
