"""How a resource is declared: what an operation takes and gives, and which errors it answers."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import request
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema
from webargs.core import missing
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from service.api.body import JSON_PART, MULTIPART, read_body
from service.api.errors import register_errors
from service.api.refusals import REFUSALS
from service.api.schemas.common import ErrorSchema
from service.domain.errors import InvalidInput

ADDRESS = "/api/v1"
View = Callable[..., Any]
ALWAYS = (503,)
BY_TOKEN: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
BY_ANYONE: list[dict[str, list[str]]] = [{}]
BY_EITHER = BY_TOKEN + BY_ANYONE
ZIP = "application/zip"


class StrictParser(FlaskParser):
    """Refuses by name what was not asked for, in the query as well as in the body."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 - as webargs declares it
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
    }

    def load_json(self, req: Any, schema: Any) -> Any:  # noqa: ARG002
        """The body, strictly read."""
        return read_body(req)

    def load_querystring(self, req: Any, schema: Any) -> Any:
        """The query, without the character NUL, which no database text can hold."""
        if any("\0" in value for value in req.args.values()):
            raise BadRequest("Een parameter in het adres bevat het teken NUL; haal het weg.")
        return super().load_querystring(req, schema)


class Resource(Blueprint):  # type: ignore[misc]
    """A noun of the API."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, import_name: str, *, description: str) -> None:
        super().__init__(name, import_name, url_prefix=f"{ADDRESS}/{name}", description=description)
        register_errors(self)

    def operation(  # noqa: PLR0913 - all that can be said about one operation
        self,
        gives: Schema | type[Schema] | None,
        *,
        status: int = 200,
        example: Any = None,
        query: type[Schema] | None = None,
        body: type[Schema] | None = None,
        body_example: Any = None,
        files: str = "",
        zipped: str = "",
        errors: tuple[int, ...] = (),
        access: list[dict[str, list[str]]] = BY_TOKEN,
    ) -> Callable[[View], View]:
        """Declares one operation.

        ``files`` says what its files are for, if it takes any; ``zipped`` what the zip file holds
        that is its whole body, which the view reads itself.
        """
        refused = {*errors, *ALWAYS, 422}
        refused |= {401} if access != BY_ANYONE else set()
        refused |= {400, 415} if body or zipped else set()

        def declare(view: View) -> View:
            view = _takes_nothing_else(
                view, query=query is None, body=not (body or zipped), files=files
            )
            if zipped:
                view = _takes_a_zip(view)
            if query:
                view = self.arguments(query, location="query")(view)
            if body:
                view = self.arguments(body, example=body_example)(view)
            view = self.response(status, gives, example=example)(view)
            for code in sorted(refused):
                told, said = REFUSALS[code]
                view = self.alt_response(code, schema=ErrorSchema, description=told, example=said)(
                    view
                )
            view.access = access  # type: ignore[attr-defined]
            noun, method = view.__qualname__.split(".")
            manual: dict[str, Any] = {"security": access, "operationId": f"{method}{noun}"}
            if files:
                manual["requestBody"] = {"content": {MULTIPART: _parts(files)}}
            if zipped:
                manual["requestBody"] = {"description": zipped, "content": {ZIP: {"schema": {}}}}
            documented: View = self.doc(**manual)(view)
            return documented

        return declare


def _takes_nothing_else(view: View, *, query: bool, body: bool, files: str) -> View:
    """Refuses a query, a body or files where none are asked for."""

    @wraps(view)
    def strict(*args: Any, **kwargs: Any) -> Any:
        if query and request.args:
            raise _unknown(dict(request.args), "query")
        if body and (sent := read_body(request)) not in (missing, {}, None):
            raise _unknown(sent, "json")
        if not files and request.mimetype == MULTIPART:
            raise UnsupportedMediaType("Hier horen geen bestanden bij; stuur JSON.")
        return view(*args, **kwargs)

    return strict


def _takes_a_zip(view: View) -> View:
    @wraps(view)
    def strict(*args: Any, **kwargs: Any) -> Any:
        if request.mimetype != ZIP:
            raise UnsupportedMediaType(
                f"Stuur het zip-bestand zelf als inhoud, met de kopregel 'Content-Type: {ZIP}'."
            )
        return view(*args, **kwargs)

    return strict


def _unknown(sent: Any, where: str) -> InvalidInput:
    names = ", ".join(list(sent)[:10]) if isinstance(sent, Mapping) else "de inhoud"
    place = "in het adres" if where == "query" else "in de inhoud"
    return InvalidInput(f"Hier wordt niets gevraagd {place}; onbekend: {names}.")


def _parts(files: str) -> dict[str, Any]:
    return {
        "schema": {
            "type": "object",
            "required": [JSON_PART],
            "properties": {
                JSON_PART: {"type": "string", "description": "What else is the whole body."}
            },
            "additionalProperties": {
                "type": "array",
                "items": {"type": "string", "contentMediaType": "application/octet-stream"},
                "description": files,
            },
        }
    }
