"""Checking a file before anybody publishes it."""

from typing import Any

from flask.views import MethodView

from service.api import request as asked
from service.api.resource import Resource
from service.api.schemas.checks import CHECK, FILE, CheckSchema, ToCheckSchema
from service.operations.check_file import check_file

checks = Resource("checks", __name__, description="Controle van diagrammen, tabellen, formulieren")


@checks.route("")
class Checks(MethodView):
    """Checks; nothing is kept."""

    @checks.operation(CheckSchema, example=CHECK, body=ToCheckSchema, body_example=FILE)
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """What is wrong with a diagram, decision table or form; nothing is kept."""
        with asked.transaction() as session:
            asked.caller(session)
        beside = {one["file"]: one["content"].encode() for one in body["beside"]}
        content = body["content"].encode()
        return {"findings": check_file(content, file=body["file"], beside=beside)}
