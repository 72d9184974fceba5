"""The OpenAPI document: valid, complete, and true."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from service.api import register_api
from service.api.resource import BY_ANYONE

METHODS = ("get", "post", "put", "delete")


@pytest.fixture(scope="module")
def app() -> Flask:
    app = Flask("document")
    register_api(app)
    return app


@pytest.fixture(scope="module")
def document(app: Flask) -> Any:
    return app.test_client().get("/api/v1/openapi.json").json


def operations(document: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method} {path}", item[method]


def test_the_document_is_valid_openapi_3_1(document: Any) -> None:
    assert document["openapi"] == "3.1.0"
    assert [str(wrong) for wrong in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_every_operation_says_what_it_does_and_who_may(document: Any) -> None:
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(names) == len(set(names))
    for name, operation in operations(document):
        assert operation["summary"], name
        assert operation["security"], name


def test_every_operation_names_the_errors_it_answers(document: Any) -> None:
    for name, operation in operations(document):
        expected = {"422", "503"}
        expected |= {"401"} if operation["security"] != BY_ANYONE else set()
        expected |= {"400", "415"} if "requestBody" in operation else set()
        expected |= {"404"} if "{" in name else set()
        assert expected <= set(operation["responses"]), name


def test_every_answer_and_every_body_has_an_example_that_fits_its_shape(document: Any) -> None:
    for name, operation in operations(document):
        answers = list(operation["responses"].items())
        answers.append(("body", operation.get("requestBody", {})))
        for code, answer in answers:
            shown = answer.get("content", {}).get("application/json")
            if shown is None:
                continue
            assert "example" in shown, f"{name} {code}"
            assert wrong_in(document, shown) == [], f"{name} {code}"


def wrong_in(document: Any, shown: Any) -> list[str]:
    schema = {**shown["schema"], "components": document["components"]}
    return [error.message for error in OAS31Validator(schema).iter_errors(shown["example"])]


def test_every_route_of_the_api_is_in_the_document(app: Flask, document: Any) -> None:
    routes = {
        (re.sub(r"<(?:uuid:|int:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if rule.rule.startswith("/api/v1/") and method.lower() in METHODS
    }
    described = {(path, method) for path, item in document["paths"].items() for method in item}
    assert routes - {("/api/v1/openapi.json", "get")} <= described
