"""Pages by place; parse, authorise, call one operation, render."""

from datetime import timedelta

from flask import Flask
from flask_babel import Babel

from service.web.account import account
from service.web.api_docs import api_docs
from service.web.assets import asset
from service.web.auth import auth
from service.web.begin import begin
from service.web.case import case
from service.web.csrf import register_csrf
from service.web.emergency import emergency
from service.web.errors import register_errors
from service.web.feedback import feedback
from service.web.figures import figures
from service.web.handed_over import handed_over
from service.web.headers import register_headers
from service.web.health import health
from service.web.home import home
from service.web.inbox import inbox
from service.web.lock import lock
from service.web.network import network
from service.web.repair import repair
from service.web.report import report
from service.web.studio import STUDIO
from service.web.task import task

PAGES = (
    home,
    auth,  # /inloggen, /uitloggen
    report,  # /melden, /mijn-signalen
    feedback,  # /terugkoppeling
    inbox,  # /taken, /taken/rollen
    task,  # /taken/<taak>
    begin,  # /zaken/starten
    emergency,  # /zaken/noodtoegang
    case,  # /zaken, /zaken/<kenmerk>
    lock,  # /zaken/<kenmerk>/vergrendeling
    repair,  # /zaken/herstel, /zaken/<kenmerk>/herstel
    handed_over,  # /overgedragen
    network,  # /netwerk
    figures,  # /cijfers
    *STUDIO,  # /studio
    account,  # /account
    api_docs,  # /api/docs
    health,  # /healthz, /readyz
)
WORKING_DAY = timedelta(hours=12)
"""How long one stays logged in."""


def register_web(app: Flask) -> None:
    """Adds the pages to an app."""
    app.config.update(PERMANENT_SESSION_LIFETIME=WORKING_DAY)
    Babel(app, default_locale="nl", default_timezone="Europe/Amsterdam")
    app.jinja_env.globals["asset"] = asset
    register_headers(app)
    register_csrf(app)
    register_errors(app)
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
