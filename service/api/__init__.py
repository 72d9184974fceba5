"""Version 1 of the API, with the same operations and rights as the pages; on bootstrap."""

from flask import Flask
from flask_smorest import Api

from service.api.errors import register_strays
from service.api.resource import ADDRESS
from service.api.schemas.common import ErrorSchema
from service.api.v1 import BLUEPRINTS

_DESCRIPTION = """\
Processes, cases, tasks and messages, with the rights of the person whose token is used.
Everything here is also possible in the pages.

Lists come in pages: send the ``next`` of a page as ``after`` to get the one that follows.
What was not asked for is refused by name, never ignored. Moments are ISO 8601 with an offset.
"""


class JsonApi(Api):  # type: ignore[misc]
    """An API whose errors are its own: those of the pages stay pages."""

    ERROR_SCHEMA = ErrorSchema
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Nothing for the whole app; every blueprint has its handlers."""


def register_api(app: Flask) -> Api:
    """Adds ``/api/v1`` with its OpenAPI document to an app."""
    app.config.update(
        API_TITLE="Meldroute",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=ADDRESS,
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {
                "description": _DESCRIPTION,
                "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
            },
            "components": {
                "securitySchemes": {
                    "token": {"type": "http", "scheme": "bearer"},
                    "session": {
                        "type": "apiKey",
                        "in": "cookie",
                        "name": app.config.get("SESSION_COOKIE_NAME", "session"),
                        "description": "Logged in on the pages; changes need X-CSRFToken.",
                    },
                }
            },
            "security": [{"token": []}, {"session": []}],
        },
    )
    api = JsonApi(app)
    pages_csrf = app.extensions.get("csrf")
    for blueprint in BLUEPRINTS:
        if pages_csrf is not None:
            pages_csrf.exempt(blueprint)  # checked by the API itself, and only for cookies
        api.register_blueprint(blueprint)
    register_strays(app, below=f"{ADDRESS}/")
    return api
