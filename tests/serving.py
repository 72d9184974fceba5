"""Pages and API for a test: made once in a process, which takes longer than most tests."""

from copy import copy

from flask import Flask

from service.app import create_app
from service.bootstrap import Application

_MADE: list[Flask] = []


def app_for(application: Application) -> Flask:
    """As ``create_app``, with another municipality behind it; who changes an app makes its own."""
    if not _MADE:
        _MADE.append(create_app(application))
    app, settings = copy(_MADE[0]), application.settings
    app.extensions = {**app.extensions, "meldroute": application}
    app.config = copy(app.config)
    app.config.update(SECRET_KEY=settings.secret_key, SESSION_COOKIE_SECURE=settings.secure_cookies)
    return app
