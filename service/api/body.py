"""Reads the JSON of a request: strictly, within bounds, and with a sentence when it is wrong."""

from collections.abc import Mapping
from typing import Any

import orjson
from flask import Request
from webargs.core import missing
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from service.operations.files import Upload

MAX_DEPTH = 30
JSON_PART = "json"
"""The part of a multipart request that holds what would else be the whole body."""
MULTIPART = "multipart/form-data"


def read_body(request: Request) -> Any:
    """The JSON of a request, or webargs' ``missing`` when there is none.

    Raises:
        UnsupportedMediaType: the content is something else than JSON.
        BadRequest: it is not JSON, or nested deeper than anything we ask for.
    """
    if request.mimetype == MULTIPART:
        return _parsed(request.form.get(JSON_PART, "{}").encode())
    content = request.get_data(cache=True)
    if not content:
        return missing
    if not request.is_json:
        raise UnsupportedMediaType(
            "Stuur JSON, met de kopregel 'Content-Type: application/json'"
            f" (bij bestanden: {MULTIPART} met een deel '{JSON_PART}')."
        )
    return _parsed(content)


def uploads(request: Request) -> dict[str, list[Upload]]:
    """The files of a multipart request, by the path of their field."""
    return {
        path: [Upload(name=sent.filename or "bestand", content=sent.read()) for sent in several]
        for path, several in request.files.lists()
    }


def _parsed(content: bytes) -> Any:
    try:
        found = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise BadRequest(
            f"De inhoud is geen geldige JSON (regel {error.lineno}, teken {error.colno})."
            " Herstel haar en stuur opnieuw."
        ) from error
    _check(found, "", 0)
    return found


def _check(value: Any, path: str, depth: int) -> None:
    """Refuses what no field of ours can hold: endless nesting and the character NUL."""
    if depth > MAX_DEPTH:
        raise BadRequest(f"De JSON is dieper genest dan {MAX_DEPTH} lagen; maak haar vlakker.")
    if isinstance(value, str) and "\0" in value:
        raise BadRequest(f"De tekst bij '{path}' bevat het teken NUL; haal het weg.")
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _check(name, path, depth)
            _check(inner, f"{path}.{name}" if path else name, depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _check(inner, f"{path}.{number}", depth + 1)
