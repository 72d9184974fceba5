"""Joins pages and API into one WSGI application."""

import secrets
import time

from flask import Flask, Response, g, request

from service.api import register_api
from service.bootstrap import Application
from service.domain.logs import request_id
from service.web import register_web

MAX_REQUEST_BYTES = 60 * 1024 * 1024
"""Five files of 10 MB and a long form."""


def create_app(application: Application) -> Flask:
    """The web application of one node."""
    settings = application.settings
    app = Flask("service.web", static_folder="static", template_folder="templates")
    app.extensions["meldroute"] = application
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        SESSION_COOKIE_NAME="meldroute",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
    )
    _number_requests(app)
    register_web(app)
    register_api(app)
    return app


def _number_requests(app: Flask) -> None:
    """Gives each request an id, for the log and for whoever reports a problem."""

    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(8)
        g.began = time.perf_counter()
        request_id.set(g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.get("request_id", "")
        app.logger.info(
            "request",
            extra={
                "method": request.method,
                "route": request.url_rule.rule if request.url_rule else None,
                "status": response.status_code,
                "duration_ms": round((time.perf_counter() - g.began) * 1000, 1),
            },
        )
        request_id.set(None)
        return response
