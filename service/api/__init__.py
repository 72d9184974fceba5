"""Version 1 of the API, the same operations as the pages."""

from flask import Flask
from flask_smorest import Api

from service.api.errors import register_errors
from service.api.v1 import BLUEPRINTS


def register_api(app: Flask) -> Api:
    """Adds ``/api/v1`` with its OpenAPI document to an app."""
    app.config.update(
        API_TITLE="Meldroute",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {
                "description": "Processes, cases, tasks and messages, with the rights of the "
                "person whose token is used. Everything is also possible in the pages.",
                "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
            },
            "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
            "security": [{"token": []}],
        },
    )
    api = Api(app)
    for blueprint in BLUEPRINTS:
        register_errors(blueprint)
        api.register_blueprint(blueprint)
    return api
