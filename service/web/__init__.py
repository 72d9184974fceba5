"""Pages by place; parse, authorise, call one operation, render."""

from flask import Flask

from service.web.headers import register_headers
from service.web.health import health


def register_web(app: Flask) -> None:
    """Adds the pages to an app."""
    register_headers(app)
    app.register_blueprint(health)
