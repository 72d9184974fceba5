"""Whether this node lives, and whether it can do its work."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from service.web.request import ANYONE, access, application

health = Blueprint("health", __name__)


@health.get("/healthz")
@access(ANYONE)
def alive() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="ok")


@health.get("/readyz")
@access(ANYONE)
def ready() -> ResponseReturnValue:
    """The database answers too."""
    try:
        with application().sessions() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(status="no database"), 503
    return jsonify(status="ok")
