"""The page to read about the API and to try it, drawn from its OpenAPI document."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from service.web.frame import render
from service.web.request import ANYONE, access, transaction, visitor

api_docs = Blueprint("api_docs", __name__)
METHODS = ("get", "post", "put", "patch", "delete")
Document = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class ParameterView:
    """One part of the address or the headers."""

    name: str
    place: str
    required: bool
    description: str


@dataclass(frozen=True, kw_only=True)
class OperationView:
    """One thing that can be asked."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[ParameterView, ...]
    body: str
    """An example to start from, "" without a body."""
    responses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class OperationGroup:
    """Operations on one kind of thing."""

    name: str
    operations: tuple[OperationView, ...]


@api_docs.get("/api/docs")
@access(ANYONE, cookieless=True)
def show() -> ResponseReturnValue:
    """Every operation, by group."""
    document = _document()
    with transaction() as session:
        return render(
            session,
            visitor(session),
            "api_docs.html",
            groups=list(groups(document)),
            spec_url="/api/v1/openapi.json",
        )


def groups(document: Document) -> Iterator[OperationGroup]:
    """The operations of an OpenAPI document, by tag, in its own order."""
    names = {tag["name"]: tag.get("description") or tag["name"] for tag in document.get("tags", ())}
    found: dict[str, list[OperationView]] = {name: [] for name in names}
    for path, methods in document.get("paths", {}).items():
        for method in METHODS:
            if method in methods:
                operation = methods[method]
                tag = next(iter(operation.get("tags", ())), "")
                shared = methods.get("parameters", ())
                found.setdefault(tag, []).append(_view(document, path, method, operation, shared))
    for name, operations in found.items():
        if operations:
            yield OperationGroup(name=names.get(name, name), operations=tuple(operations))


def _view(
    document: Document, path: str, method: str, operation: Document, shared: Any
) -> OperationView:
    parameters = [_resolved(document, raw) for raw in (*shared, *operation.get("parameters", ()))]
    return OperationView(
        id=f"{method}-{path.strip('/')}".replace("/", "-").replace("{", "").replace("}", ""),
        method=method.upper(),
        path=path,
        summary=_plain(operation.get("summary", "")),
        description=_plain(operation.get("description", "")),
        parameters=tuple(_parameter(raw) for raw in parameters),
        body=_example_body(document, operation),
        responses=tuple(
            (code, _plain(_resolved(document, answer).get("description", "")))
            for code, answer in operation.get("responses", {}).items()
            if code != "default"
        ),
    )


def _parameter(raw: Document) -> ParameterView:
    return ParameterView(
        name=raw["name"],
        place=raw["in"],
        required=bool(raw.get("required")),
        description=_plain(raw.get("description") or raw.get("schema", {}).get("description", "")),
    )


def _plain(text: str) -> str:
    """Without the marks of reStructuredText."""
    return text.replace("``", "")


def _example_body(document: Document, operation: Document) -> str:
    content = _resolved(document, operation.get("requestBody", {})).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    if schema is None:
        return ""
    return json.dumps(_example(document, schema), indent=2, ensure_ascii=False)


def _example(document: Document, schema: Document, depth: int = 0) -> Any:
    schema = _resolved(document, schema)
    if "example" in schema:
        return schema["example"]
    if "enum" in schema:
        return schema["enum"][0]
    kinds = schema.get("type", "object" if "properties" in schema else "")
    kind = kinds[0] if isinstance(kinds, list) else kinds
    if kind == "object":
        inner = schema.get("properties", {}) if depth < 4 else {}
        return {name: _example(document, one, depth + 1) for name, one in inner.items()}
    samples: Mapping[str, Any] = {"array": [], "boolean": False, "integer": 0, "number": 0}
    return samples.get(kind, "")


def _resolved(document: Document, part: Document) -> Document:
    """What a reference within the document points to."""
    if "$ref" not in part:
        return part
    target: Any = document
    for name in part["$ref"].removeprefix("#/").split("/"):
        target = target[name]
    return target  # type: ignore[no-any-return]


def _document() -> Document:
    """The document as the API of this app made it."""
    apis = current_app.extensions["flask-smorest"]["apis"].values()
    found: Document = next(iter(apis))["ext_obj"].spec.to_dict()
    return found
