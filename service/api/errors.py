"""The one table that turns errors into HTTP answers of the API."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, request
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.exceptions import NotFound as NoSuchAddress
from werkzeug.http import HTTP_STATUS_CODES

from service.api.request import NoToken, application, known_caller, now
from service.domain.errors import (
    Conflict,
    Incident,
    InvalidInput,
    MeldrouteError,
    NotAllowed,
    NotFound,
    Refused,
    Unconfirmed,
    WrongField,
)
from service.operations.rights import note_access

STATUS: dict[type[MeldrouteError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Conflict: 409,
    Incident: 409,
    InvalidInput: 422,
    Refused: 422,
}
_WORDS = {
    404: "Dit adres bestaat niet; /api/v1/openapi.json noemt wat er is.",
    405: "Dit kan niet op dit adres; /api/v1/openapi.json noemt wat wel kan.",
    413: "Dit is te groot: een bestand mag 10 MB zijn, alles samen 60 MB.",
    500: "Er ging bij ons iets mis; noem bij een melding de waarde van X-Request-ID.",
}
_MOST_NAMED = 5

Answer = tuple[Response, int]


def register_errors(blueprint: Blueprint) -> None:
    """Answers each error with a status, a sentence and, for input, the fields."""
    blueprint.register_error_handler(MeldrouteError, _ours)
    blueprint.register_error_handler(NoToken, _no_token)
    blueprint.register_error_handler(HTTPException, _http)
    for gone in (OperationalError, InterfaceError, PoolTimeout):
        blueprint.register_error_handler(gone, _no_database)


def register_strays(app: Flask, *, below: str) -> None:
    """Answers in JSON what is asked below our address and matches no resource."""

    @app.before_request
    def answer_stray() -> Answer | None:
        stray = isinstance(request.routing_exception, NoSuchAddress | MethodNotAllowed)
        if stray and request.path.startswith(below) and request.routing_exception:
            return _http(request.routing_exception)
        return None


def _ours(error: MeldrouteError) -> Answer:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    if status == 500:
        raise error
    body: dict[str, Any] = {"message": str(error)}
    if isinstance(error, WrongField):
        body["errors"] = {"json": error.fields}
    elif isinstance(error, InvalidInput) and error.fields:
        body["errors"] = {"json": {"answers": error.fields}}
    if isinstance(error, Unconfirmed):
        body["errors"] = {"json": {"confirmed": list(error.oddities)}}
    if isinstance(error, Refused):
        body["findings"] = [
            {"file": f.file, "element": f.element_id, "code": f.code, "reason": f.reason}
            for f in error.findings
        ]
    return _answer(status, body) if status != 404 or _noted() else _no_database()


def _no_token(_error: NoToken) -> Answer:
    response, status = _answer(
        401, {"message": "Stuur een geldig token mee: 'Authorization: Bearer mr_…'."}
    )
    response.headers["WWW-Authenticate"] = "Bearer"
    return response, status


def _no_database(_error: Exception | None = None) -> Answer:
    response, status = _answer(
        503, {"message": "De database is even niet bereikbaar; probeer het zo opnieuw."}
    )
    response.headers["Retry-After"] = "5"
    return response, status


def _http(error: HTTPException) -> Answer:
    status = error.code or 500
    wrong = getattr(error, "data", {}).get("messages")
    if status == 422 and wrong:
        return _answer(422, {"message": _sentence(wrong), "errors": wrong})
    said = error.description if status in (400, 415) else None
    response, _ = _answer(status, {"message": _WORDS.get(status) or said or error.name})
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response, status


def _sentence(wrong: Mapping[str, Any]) -> str:
    """``limit: Vul een getal in.`` for the first few fields of webargs' tree of messages."""
    lines = list(islice(_lines(wrong, ""), _MOST_NAMED))
    return " ".join(lines) or "Niet alles klopt; 'errors' zegt wat."


def _lines(node: Any, path: str) -> Any:
    if isinstance(node, Mapping):
        for name, inner in node.items():
            known = name in ("json", "query", "_schema") or not isinstance(name, str)
            below = path if known else f"{path}.{name}" if path else name
            yield from _lines(inner, below)
    else:
        texts = node if isinstance(node, list) else [node]
        yield f"{path}: {' '.join(map(str, texts))}" if path else " ".join(map(str, texts))


def _noted() -> bool:
    """Writes the refusal in the access log; False when there is no database to write it in."""
    actor = known_caller()
    if actor is None:
        return True
    try:
        with application().sessions.begin() as session:
            note_access(session, actor=actor, what="geweigerd", now=now(), thing=request.path)
    except (DBAPIError, PoolTimeout):
        return False
    return True


def _answer(status: int, body: dict[str, Any]) -> Answer:
    return jsonify({"code": status, "status": HTTP_STATUS_CODES[status], **body}), status
