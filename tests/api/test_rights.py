"""Who may do what: every operation, asked by every kind of caller."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from service.storage import Access, Municipality, Task, UserAccount
from tests.api.conftest import API, ApiOffice
from tests.integration import steps

NOBODY, REPORTER, OWNER, COLLEAGUE, PARTNER, KEEPER = (
    None,
    "melder",
    "af-zorg",
    "oov",
    "zvh",
    "functioneel-beheer",
)
CALLERS = (NOBODY, REPORTER, OWNER, COLLEAGUE, PARTNER, KEEPER)

MAY: dict[str, tuple[int, ...]] = {
    # operation                       nobody reporter owner colleague partner keeper
    "GET /processes": (401, 200, 200, 200, 200, 200),
    "GET /processes/overleg/insight?from=2026-01-01&to=2026-01-31": (401, 404, 200, 404, 404, 200),
    "GET /signals": (401, 200, 200, 200, 200, 200),
    "GET /signals/form": (422, 200, 200, 200, 200, 200),
    "GET /tasks": (401, 200, 200, 200, 200, 200),
    "GET /tasks/{task}": (401, 404, 200, 404, 404, 404),
    "POST /tasks/{task}/claim": (401, 404, 204, 404, 404, 404),
    "POST /tasks/{task}/release": (401, 404, 204, 404, 404, 404),
    "PUT /tasks/{task}/draft": (401, 404, 204, 404, 404, 404),
    "GET /instances": (401, 404, 200, 404, 404, 404),
    "GET /instances/{case}": (401, 404, 200, 404, 404, 404),
    "GET /instances/{case}/files/{file}": (401, 404, 404, 404, 404, 404),
    "GET /instances/{case}/handover": (401, 404, 404, 404, 404, 404),
    "GET /handovers": (401, 404, 404, 404, 200, 404),
    "GET /registers/afspraken": (401, 404, 200, 200, 404, 200),
    "GET /registers/opvang": (401, 404, 200, 404, 404, 404),
    "GET /registers/partners/{file}": (401, 404, 404, 404, 404, 404),
    "POST /registers/partners": (401, 404, 422, 403, 404, 403),
    "PUT /registers/partners/{file}": (401, 404, 404, 403, 404, 403),
    "POST /registers/partners/{file}/end": (401, 404, 404, 403, 404, 403),
    "POST /registers/partners/{file}/restore": (401, 404, 404, 403, 404, 403),
    "DELETE /instances/{case}?ground=verzoek": (401, 404, 404, 404, 404, 404),
    "GET /instances/{case}/lock": (401, 404, 200, 404, 404, 404),
    "GET /instances/{case}/viewers": (401, 404, 200, 404, 404, 404),
    "POST /instances/{case}/lock": (401, 404, 204, 404, 404, 422),
    "POST /instances/{case}/unlock": (401, 404, 204, 404, 404, 404),
    "POST /instances/emergency": (401, 404, 404, 404, 404, 404),
    "POST /instances/{case}/retry": (401, 404, 409, 404, 404, 409),
    "GET /instances/to-repair": (401, 404, 404, 404, 404, 200),
    "GET /instances/{case}/repair": (401, 404, 404, 404, 404, 200),
    "POST /instances/{case}/suspend": (401, 404, 404, 404, 404, 204),
    "POST /instances/{case}/resume": (401, 404, 404, 404, 404, 204),
    "POST /instances/{case}/move": (401, 404, 404, 404, 404, 404),
    "POST /instances/{case}/skip": (401, 404, 404, 404, 404, 404),
    "POST /instances/{case}/redo": (401, 404, 404, 404, 404, 422),
    "PUT /instances/{case}/variable": (401, 404, 404, 404, 404, 204),
    "POST /instances/{case}/retry-with": (401, 404, 404, 404, 404, 409),
    "POST /instances": (401, 403, 404, 403, 403, 403),
    "POST /messages": (401, 403, 404, 403, 403, 404),
    "POST /broadcasts": (401, 403, 202, 403, 403, 202),
    "GET /starts": (401, 403, 200, 403, 403, 200),
    "POST /starts/{file}/retry": (401, 403, 404, 403, 403, 404),
    "POST /starts/{file}/drop": (401, 403, 404, 403, 403, 404),
    "POST /tasks/{task}/complete": (401, 404, 422, 404, 404, 404),
    "GET /moves": (401, 404, 404, 404, 404, 200),
    "GET /moves/plan?from=1&to=2": (401, 404, 404, 404, 404, 404),
    "POST /moves/preview": (401, 404, 404, 404, 404, 200),
    "POST /moves": (401, 404, 404, 404, 404, 422),
    "GET /moves/{file}": (401, 404, 404, 404, 404, 404),
    "POST /moves/{file}/stop": (401, 404, 404, 404, 404, 404),
    "POST /moves/{file}/resume": (401, 404, 404, 404, 404, 404),
    "POST /moves/{file}/undo": (401, 404, 404, 404, 404, 404),
    "POST /moves/{file}/instances/{case}/undo": (401, 404, 404, 404, 404, 404),
    "GET /drafts": (401, 404, 404, 404, 404, 200),
    "POST /drafts": (401, 404, 404, 404, 404, 201),
    "POST /drafts/bundle": (401, 404, 404, 404, 404, 422),
    "GET /drafts/{file}": (401, 404, 404, 404, 404, 404),
    "PUT /drafts/{file}": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/original": (401, 404, 404, 404, 404, 404),
    "DELETE /drafts/{file}": (401, 404, 404, 404, 404, 404),
    "GET /drafts/{file}/file?path=gemeente.toml": (401, 404, 404, 404, 404, 404),
    "PUT /drafts/{file}/file": (401, 404, 404, 404, 404, 404),
    "DELETE /drafts/{file}/file?path=gemeente.toml": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/restore": (401, 404, 404, 404, 404, 404),
    "GET /drafts/{file}/findings": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/findings": (401, 404, 404, 404, 404, 404),
    "GET /drafts/{file}/changes": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/table-tests": (401, 404, 404, 404, 404, 404),
    "GET /drafts/{file}/scenarios": (401, 404, 404, 404, 404, 404),
    "GET /drafts/{file}/choices?path=gemeente.toml": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/presence": (401, 404, 404, 404, 404, 404),
    "GET /drafts/{file}/impact": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/impact": (401, 404, 404, 404, 404, 404),
    "GET /drafts/{file}/publish": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/publish": (401, 404, 404, 404, 404, 404),
    "GET /drafts/{file}/approval": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/approval": (401, 404, 404, 404, 404, 404),
    "DELETE /drafts/{file}/approval": (401, 404, 404, 404, 404, 404),
    "GET /drafts/{file}/replay": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/rebase": (401, 404, 404, 404, 404, 404),
    "GET /drafts/{file}/versions?path=gemeente.toml": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/versions": (401, 404, 404, 404, 404, 404),
    "GET /drafts/{file}/trials": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/trials": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/trials/follow": (401, 404, 404, 404, 404, 404),
    "GET /drafts/{file}/trials/{file}": (401, 404, 404, 404, 404, 404),
    "PUT /drafts/{file}/trials/{file}": (401, 404, 404, 404, 404, 404),
    "DELETE /drafts/{file}/trials/{file}": (401, 404, 404, 404, 404, 404),
    "GET /drafts/{file}/trials/{file}/tasks/triage/1": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/trials/{file}/tasks/triage/1": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/trials/{file}/wait": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/trials/{file}/message": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/trials/{file}/result": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/trials/{file}/back": (401, 404, 404, 404, 404, 404),
    "POST /drafts/{file}/trials/{file}/scenario": (401, 404, 404, 404, 404, 404),
    "GET /library": (401, 404, 404, 404, 404, 200),
    "POST /library/decline": (401, 404, 404, 404, 404, 204),
    "GET /publications": (401, 404, 404, 404, 404, 200),
    "GET /publications/1/bundle": (401, 404, 404, 404, 404, 200),
    "GET /publications/1/changes?from=1": (401, 404, 404, 404, 404, 200),
    "POST /publications/1/undo": (401, 404, 404, 404, 404, 409),
    "POST /publications/1/confirm": (401, 404, 404, 404, 404, 409),
    "POST /instances/{case}/cancel": (401, 404, 404, 404, 404, 204),
}
WHY = {"reason": "Op verzoek."}
PLACE = {**WHY, "token_id": "7b1f8f0a-2f07-4f6e-8b0a-7d0f0a3c9b55"}
BODIES: dict[str, Any] = {
    "POST /instances/{case}/lock": WHY,
    "POST /instances/{case}/unlock": WHY,
    "POST /instances/emergency": {**WHY, "reference": "2026-AAAA-BBBB", "reason": "x" * 20},
    "POST /instances/{case}/suspend": WHY,
    "POST /instances/{case}/resume": WHY,
    "POST /instances/{case}/cancel": WHY,
    "POST /instances/{case}/move": {**PLACE, "to": "triage"},
    "POST /instances/{case}/skip": PLACE,
    "POST /instances/{case}/redo": {**WHY, "element_id": "bestaat_niet"},
    "PUT /instances/{case}/variable": {**WHY, "path": "x", "value": 1},
    "POST /instances/{case}/retry-with": {**WHY, "path": "x", "value": 1},
    "POST /registers/partners": {"values": {}},
    "PUT /registers/partners/{file}": {"revision": 1, "values": {}},
    "POST /registers/partners/{file}/end": {"revision": 1, "why": "x"},
    "POST /registers/partners/{file}/restore": {"revision": 1},
    "PUT /tasks/{task}/draft": {"answers": {}},
    "POST /tasks/{task}/complete": {"answers": {}},
    "POST /instances": {"process_id": "bestaat_niet"},
    "POST /messages": {"name": "iets"},
    "POST /broadcasts": {"name": "iets"},
    "POST /moves/preview": {"to": 1},
    "POST /moves": {"to": 1, "reason": "proef"},
    "POST /drafts": {"title": "Proef"},
    "PUT /drafts/{file}": {"title": "Proef"},
    "POST /drafts/{file}/original": {"path": "processes/overleg/overleg.bpmn"},
    "POST /library/decline": {"path": "processes/overleg/overleg.bpmn"},
    "PUT /drafts/{file}/file": {"path": "gemeente.toml", "content": "", "revision": 0},
    "POST /drafts/{file}/restore": {"path": "gemeente.toml"},
    "POST /drafts/{file}/findings": {"path": "gemeente.toml", "content": ""},
    "POST /drafts/{file}/table-tests": {"path": "processes/a/b.dmn", "content": ""},
    "POST /drafts/{file}/versions": {"path": "gemeente.toml", "revision": 0},
    "POST /drafts/{file}/trials": {"name": "x", "process_id": "x", "begin": "x"},
    "POST /drafts/{file}/trials/follow": {"path": "x"},
    "PUT /drafts/{file}/trials/{file}": {"name": "x"},
    "POST /drafts/{file}/trials/{file}/tasks/triage/1": {"role": "af-zorg"},
    "POST /drafts/{file}/trials/{file}/message": {"element_id": "x"},
    "POST /drafts/{file}/trials/{file}/result": {"type": "x", "visit": 1, "values": {}},
    "POST /drafts/{file}/trials/{file}/back": {"steps": 0},
    "POST /drafts/{file}/trials/{file}/scenario": {"name": "x"},
    "POST /drafts/{file}/publish": {"digest": "0" * 64, "reason": "Proef"},
    "POST /drafts/{file}/approval": {"digest": "0" * 64},
    "POST /publications/1/undo": {"reason": "Proef"},
    "POST /drafts/{file}/presence": {"path": "gemeente.toml"},
}
ZIPPED = ("POST /drafts/bundle",)
"""Those whose body is a zip file."""


def sent(operation: str) -> dict[str, Any]:
    """What goes along with an operation."""
    if operation in ZIPPED:
        return {"data": b"geen zip", "content_type": "application/zip"}
    return {"json": BODIES[operation]} if operation in BODIES else {}


@dataclass(frozen=True, kw_only=True)
class There:
    """What there is to ask for."""

    task: str
    case: str
    file: str


@pytest.fixture
def there(api: ApiOffice) -> There:
    reference = api.report().reference
    return There(
        task=api.task_id("af-zorg", "triage"),
        case=str(api.instance(reference).id),
        file=str(uuid4()),
    )


def test_each_operation_answers_each_caller_as_it_should(api: ApiOffice, there: There) -> None:
    found = {operation: tuple(answers(api, there, operation)) for operation in MAY}
    assert found == MAY


def answers(api: ApiOffice, there: There, operation: str) -> Iterator[int]:
    method, path = operation.split()
    path = path.format(task=there.task, case=there.case, file=there.file)
    for caller in CALLERS:
        yield api.ask(caller, method, path, **sent(operation)).status_code


def test_a_task_of_another_role_sounds_as_if_it_were_not_there(
    api: ApiOffice, there: There
) -> None:
    other = api.ask("oov", "GET", f"/tasks/{there.task}")
    absent = api.ask("oov", "GET", f"/tasks/{uuid4()}")
    assert other.json == absent.json


def test_looking_at_what_is_not_yours_is_logged(api: ApiOffice, there: There) -> None:
    api.ask("oov", "GET", f"/tasks/{there.task}")
    with api.application.sessions() as session:
        lines = session.execute(
            select(Access.user_name, Access.thing).where(Access.what == "geweigerd")
        ).all()
    assert [(name, thing) for name, thing in lines] == [
        (api.person("oov").name, f"/api/v1/tasks/{there.task}")
    ]


def test_a_task_of_another_municipality_does_not_exist(api: ApiOffice, there: There) -> None:
    with api.application.sessions.begin() as session:
        session.add(Municipality(id="elders", name="Elders", publication_id=None))
        session.flush()
        session.execute(update(Task).values(municipality="elders"))
    for path in ("", "/claim", "/release"):
        method = "POST" if path else "GET"
        assert api.ask("af-zorg", method, f"/tasks/{there.task}{path}").status_code == 404
    assert api.read("af-zorg", "/tasks", scope="mine")["tasks"] == []


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer mr_onbekend", "Basic YTpi", "mr_onbekend", "Bearer é"]
)
def test_a_wrong_token_is_refused_even_where_none_is_needed(
    quiet_api: ApiOffice, header: str
) -> None:
    answer = quiet_api.client.get("/api/v1/signals/form", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_of_somebody_who_has_left_works_no_more(api: ApiOffice) -> None:
    assert api.ask("oov", "GET", "/tasks").status_code == 200
    with api.application.sessions.begin() as session:
        user_id = api.person("oov").user_id
        session.execute(update(UserAccount).where(UserAccount.id == user_id).values(active=False))
    assert api.ask("oov", "GET", "/tasks").status_code == 401


def test_a_partner_sees_of_a_case_only_what_was_handed_over(api: ApiOffice) -> None:
    reference = steps.up_to_handover(api, "B", "zvh")
    case = api.case(reference, "zvh")
    assert case["processes"] == []
    assert case["files"] == []
    told = {line["element"] for line in case["history"] if line["answers"]}
    assert "Triage" not in told
    assert steps.FACTS not in str(case)
    assert steps.SUMMARY in str(case)


def test_who_judged_first_may_not_judge_again(api: ApiOffice) -> None:
    api.report()
    steps.triaged(api)
    steps.enriched(api)
    api.do(
        "af-zorg",
        "vermoeden_beoordelen",
        beoordeling={"oordeel": "nee", "motivering": steps.WHY},
    )
    second = api.task_id("af-veiligheid", "tweede_beoordeling_geven")
    give_role(api, "af-zorg", "af-veiligheid")
    answer = api.ask(
        "af-zorg",
        "POST",
        f"/tasks/{second}/complete",
        json={"answers": {"tweede_beoordeling": {"eens": "ja"}}},
    )
    assert answer.status_code == 403
    assert "tweede persoon" in answer.json["message"]


def give_role(api: ApiOffice, person: str, role: str) -> None:
    from service.operations.accounts import set_roles  # noqa: PLC0415 - only here

    actor = api.person(person)
    assert actor.user_id is not None
    with api.application.sessions.begin() as session:
        set_roles(
            session,
            user_id=actor.user_id,
            municipality=actor.municipality,
            roles={*actor.roles, role},
        )


def test_who_is_logged_in_on_the_pages_may_look_and_changes_only_from_our_own_page(
    api: ApiOffice, there: There
) -> None:
    actor = api.person("af-zorg")
    with api.client.application.test_client() as browser:
        with browser.session_transaction() as cookie:
            cookie["user"] = {"id": str(actor.user_id), "epoch": 0}
        assert browser.get(f"{API}/tasks/{there.task}").status_code == 200
        assert browser.post(f"{API}/tasks/{there.task}/claim").status_code == 401
        forged = {"X-CSRFToken": "van-elders"}
        claim = f"{API}/tasks/{there.task}/claim"
        assert browser.post(claim, headers=forged).status_code == 401
    assert api.read("af-zorg", "/tasks", scope="mine")["tasks"] == []


def test_the_archivist_erases_a_case_that_has_ended_and_no_other(api: ApiOffice) -> None:
    first = api.report().reference
    api.clock.move(minutes=1)
    double = api.report().reference
    [triage] = (task.id for task in api.tasks(double) if task.element_id == "triage")
    told = {**steps.TRIAGE, "dubbel": "ja", "dubbel_met": first}
    api.complete("af-zorg", triage, triage=told)
    steps.told(api, "afgerond")
    running, ended = (f"/instances/{api.instance(found).id}" for found in (first, double))
    assert api.ask("archief", "DELETE", f"{running}?ground=bewaartermijn").status_code == 409
    assert api.ask("archief", "DELETE", f"{ended}?ground=zomaar").status_code == 422
    assert api.ask("archief", "DELETE", f"{ended}?ground=bewaartermijn").status_code == 204
    assert api.ask("af-zorg", "GET", ended).status_code == 404
