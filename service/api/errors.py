"""The one table that turns our errors into HTTP answers of the API."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from sqlalchemy.exc import OperationalError
from werkzeug.http import HTTP_STATUS_CODES

from service.api.request import NoToken, application, now, optional_caller
from service.domain.errors import (
    Conflict,
    Incident,
    InvalidInput,
    MeldrouteError,
    NotAllowed,
    NotFound,
    Refused,
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


def register_errors(blueprint: Blueprint) -> None:
    """Answers each error of ours with a status, a sentence and, for input, the fields."""
    blueprint.register_error_handler(MeldrouteError, _ours)
    blueprint.register_error_handler(NoToken, _no_token)
    blueprint.register_error_handler(OperationalError, _no_database)


def _ours(error: MeldrouteError) -> tuple[Response, int]:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    if status == 404:
        _note_refusal()
    body: dict[str, Any] = {"message": str(error)}
    if isinstance(error, InvalidInput) and error.fields:
        body["errors"] = {"json": {"answers": error.fields}}
    if isinstance(error, Refused):
        body["findings"] = [
            {"file": f.file, "element": f.element_id, "code": f.code, "reason": f.reason}
            for f in error.findings
        ]
    return _answer(status, body)


def _no_token(_error: NoToken) -> tuple[Response, int]:
    response, status = _answer(
        401, {"message": "Stuur een geldig token mee: 'Authorization: Bearer mr_…'."}
    )
    response.headers["WWW-Authenticate"] = "Bearer"
    return response, status


def _no_database(_error: OperationalError) -> tuple[Response, int]:
    response, status = _answer(
        503, {"message": "De database is even niet bereikbaar; probeer het zo opnieuw."}
    )
    response.headers["Retry-After"] = "5"
    return response, status


def _note_refusal() -> None:
    with application().sessions.begin() as session:
        actor = optional_caller(session)
        if actor is not None:
            note_access(session, actor=actor, what="geweigerd", now=now(), thing=request.path)


def _answer(status: int, body: dict[str, Any]) -> tuple[Response, int]:
    return jsonify({"code": status, "status": HTTP_STATUS_CODES[status], **body}), status
