"""What does not fit is refused with a sentence; nothing a client sends breaks the server."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.conftest import API, ApiOffice

JSON = "application/json"

NOBODYS = "00000000-0000-4000-8000-000000000000"
"""An id that nothing has; the same in every test process."""


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/processes"),
        ("GET", "/tasks"),
        ("GET", "/instances"),
        ("GET", f"/tasks/{NOBODYS}"),
        ("POST", f"/tasks/{NOBODYS}/claim"),
        ("POST", f"/tasks/{NOBODYS}/complete"),
        ("POST", "/messages"),
    ],
)
def test_a_parameter_nobody_asked_for_is_refused_by_name(
    quiet_api: ApiOffice, method: str, path: str
) -> None:
    body = {"json": {"name": "x"}} if path == "/messages" else {}
    answer = quiet_api.ask("af-zorg", method, f"{path}?kleur=rood", **body)
    assert answer.status_code == 422
    assert "kleur" in answer.json["message"]


@pytest.mark.parametrize(
    ("path", "body", "named"),
    [
        ("/messages", {"name": "x", "kleur": "rood"}, "kleur"),
        ("/messages", {}, "name"),
        ("/messages", {"name": 3}, "name"),
        ("/instances", {"process_id": "x" * 300}, "process_id"),
        ("/instances", {"process_id": "x", "variables": []}, "variables"),
        ("/signals", {"submission_id": "geen", "answers": {}}, "submission_id"),
        (f"/tasks/{NOBODYS}/claim", {"kleur": "rood"}, "kleur"),
        ("/messages", [1, 2], "JSON-object"),
    ],
)
def test_a_field_that_does_not_fit_is_named(
    quiet_api: ApiOffice, path: str, body: Any, named: str
) -> None:
    answer = quiet_api.ask("af-zorg", "POST", path, json=body)
    assert answer.status_code == 422
    assert named in answer.json["message"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "veel"}, "limit"),
        ({"limit": "9" * 40}, "limit"),
        ({"scope": "alles"}, "scope"),
        ({"after": "onzin"}, "bladzijde"),
        ({"unclaimed": "misschien"}, "unclaimed"),
    ],
)
def test_a_parameter_that_does_not_fit_is_named(
    quiet_api: ApiOffice, query: dict[str, str], named: str
) -> None:
    answer = quiet_api.ask("af-zorg", "GET", "/tasks", query_string=query)
    assert answer.status_code == 422
    assert named in answer.json["message"]


@pytest.mark.parametrize(
    "content", [b"{", b'{"name": NaN}', b"\xff\xfe", b"[" * 5000, b'{"name": "x"} y', b'"\\ud800"']
)
def test_what_is_no_json_is_refused_with_a_sentence(quiet_api: ApiOffice, content: bytes) -> None:
    answer = quiet_api.ask("af-zorg", "POST", "/messages", data=content, content_type=JSON)
    assert answer.status_code == 400
    assert "JSON" in answer.json["message"]


def test_the_character_nul_and_endless_nesting_are_refused(quiet_api: ApiOffice) -> None:
    deep: Any = {}
    for _ in range(60):
        deep = {"a": deep}
    for body in ({"name": "a\0b"}, {"name": "x", "payload": deep}):
        assert quiet_api.ask("af-zorg", "POST", "/messages", json=body).status_code == 400
    answer = quiet_api.ask("af-zorg", "GET", "/tasks", query_string={"reference": "a\0b"})
    assert answer.status_code == 400


def test_another_kind_of_content_is_refused(quiet_api: ApiOffice) -> None:
    answer = quiet_api.ask("af-zorg", "POST", "/messages", data={"name": "x"})
    assert answer.status_code == 415
    assert JSON in answer.json["message"]


def test_an_address_that_does_not_exist_answers_in_json(quiet_api: ApiOffice) -> None:
    assert quiet_api.ask(None, "GET", "/bestaat/niet").json["code"] == 404
    wrong = quiet_api.ask(None, "DELETE", "/tasks")
    assert wrong.json["code"] == 405
    assert "GET" in wrong.headers["Allow"]
    assert quiet_api.ask("af-zorg", "GET", "/tasks/geen-uuid").json["code"] == 404


@pytest.mark.faults
def test_without_a_database_the_api_says_so_and_recovers(api: ApiOffice) -> None:
    api.token("af-zorg")
    engine = api.application.engine
    whole = engine.url
    engine.dispose()
    engine.pool._creator, kept = refuse, engine.pool._creator
    answer = api.ask("af-zorg", "GET", "/tasks")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    engine.pool._creator = kept
    assert api.ask("af-zorg", "GET", "/tasks").status_code == 200
    assert engine.url == whole


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3)
    ),
    max_leaves=12,
)
NAMES = st.sampled_from(
    ["type", "urgentie", "dubbel", "dubbel_met", "bruikbaar", "toelichting", "onbekend", ""]
)
ANSWERS = st.fixed_dictionaries(
    {"answers": st.dictionaries(st.just("triage"), st.dictionaries(NAMES, VALUES, max_size=4))}
)
BODY = ANSWERS | VALUES
"""Half of them look like an answer to triage."""


def test_no_json_whatsoever_breaks_the_server(api: ApiOffice) -> None:
    api.report()
    task_id = api.task_id("af-zorg", "triage")
    paths = [
        ("PUT", f"/tasks/{task_id}/draft"),
        ("POST", f"/tasks/{task_id}/complete"),
        ("POST", "/signals"),
        ("POST", "/messages"),
        ("POST", "/instances"),
        ("POST", "/signals/feedback"),
        ("POST", "/signals/answer"),
    ]

    @settings(
        max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(st.sampled_from(paths), BODY, VALUES)
    def check(place: tuple[str, str], body: Any, extra: Any) -> None:
        method, path = place
        if isinstance(body, dict) and path in ("/messages", "/instances", "/signals"):
            body = {**SEEDS[path], **body, **({} if extra is None else SLOTS[path](extra))}
        answer = api.ask("af-zorg", method, path, json=body)
        assert answer.status_code < 500, (path, body, answer.get_data(as_text=True))
        if path.endswith("/draft") and answer.status_code == 204:
            assert api.ask("af-zorg", "GET", path.removesuffix("/draft")).status_code == 200

    check()


SEEDS: dict[str, dict[str, Any]] = {
    "/messages": {"name": "nieuw_signaal_gekoppeld"},
    "/instances": {"process_id": "gegevensdeling"},
    "/signals": {"submission_id": NOBODYS},
}
SLOTS: dict[str, Any] = {
    "/messages": lambda value: {"payload": {"a": value}},
    "/instances": lambda value: {"variables": {"a": value}},
    "/signals": lambda value: {"answers": {"signaal": value}},
}


def refuse(*_: object, **__: object) -> None:
    import psycopg  # noqa: PLC0415 - only here

    raise psycopg.OperationalError("connection refused")


def test_the_pages_do_not_answer_in_json(api: ApiOffice) -> None:
    answer = api.client.get("/bestaat/niet")
    assert answer.status_code == 404
    assert not answer.is_json
    assert api.client.get(f"{API}/bestaat/niet").is_json
