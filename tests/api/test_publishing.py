"""Publishing a draft through the API: look, approve, publish with the cases, fetch, go back."""

from typing import Any
from uuid import UUID

from service.operations import bundle_files
from tests.api.conftest import ApiOffice
from tests.integration import drawn, moves, publishing
from tests.integration.drawn import FOR_CARE
from tests.integration.moves import published, steps
from tests.integration.publishing import OWNER, SECOND_OWNER
from tests.unit.engine.diagrams import user

BEFORE = steps(user("doen", FOR_CARE), user("daarna", FOR_CARE))
AFTER = steps(user("doen", FOR_CARE), user("erna", FOR_CARE))


def test_a_draft_is_looked_at_approved_published_and_taken_back(api: ApiOffice) -> None:
    first = published(api, BEFORE)
    case = drawn.begun(api)
    drawn.completed(api, drawn.open_task(api, case, "doen"), api.person("af-zorg"))
    path = f"/drafts/{publishing.begun(api, diagram=AFTER)}"

    page = api.read(OWNER, f"{path}/impact", limit=1)
    assert (page["total"], page["number"], page["next"]) == (1, first + 1, None)
    [shown] = page["cases"]
    assert (shown["reference"], shown["fits"]) == (case.reference, False)
    asked = api.read(OWNER, f"{path}/publish")
    assert (asked["base"], asked["newest"], asked["open_cases"]) == (first, first, 1)
    [plan] = asked["plans"]
    move = next(found for found in plan["moves"] if found["element"] == "daarna")
    chosen = [{**plan, "moves": [{**move, "to": "erna"}]}]
    [shown] = api.send(OWNER, f"{path}/impact", {"plans": chosen})["cases"]
    assert [landing["to"] for landing in shown["landings"]] == ["erna"]

    seen = asked["approval"]["digest"]
    assert api.ask(OWNER, "POST", f"{path}/approval", json={"digest": seen}).status_code == 403
    api.send(SECOND_OWNER, f"{path}/approval", {"digest": seen})
    assert api.read(OWNER, f"{path}/approval")["by"] == api.person(SECOND_OWNER).name

    told: dict[str, Any] = {"digest": seen, "reason": "korter", "move": True, "plans": chosen}
    refused = api.ask(OWNER, "POST", f"{path}/publish", json=told)
    assert refused.status_code == 422
    assert len(refused.json["errors"]["json"]["accepted"]) == len(asked["warnings"]) > 0
    keys = [warning["key"] for warning in asked["warnings"]]
    done = api.send(OWNER, f"{path}/publish", {**told, "accepted": keys})
    assert done["number"] == first + 1
    assert dict(moves.worked_off(api, UUID(done["batch"])).counts) == {"moved": 1}

    [newest, *_] = api.read(OWNER, "/publications")
    assert newest["approved_by"] == api.person(SECOND_OWNER).name
    assert len(newest["accepted"]) == len(keys)
    packed = api.ask(OWNER, "GET", f"/publications/{done['number']}/bundle").data
    assert bundle_files.unpack(packed)[moves.FILE] == AFTER
    back = api.send(OWNER, f"/publications/{done['number']}/undo", {"reason": "toch niet"})
    assert (back["number"], back["batch"]) == (first + 2, None)
    moves.worked_off(api, UUID(done["batch"]))
    assert api.open_tasks(case.reference) == ["daarna"]


def test_closed_cases_are_replayed_through_the_api(api: ApiOffice) -> None:
    published(api, steps(user("doen", FOR_CARE)))
    case = drawn.begun(api)
    drawn.completed(api, drawn.open_task(api, case, "doen"), api.person("af-zorg"))
    draft = publishing.begun(api, diagram=AFTER)
    answer = api.ask(OWNER, "GET", f"/drafts/{draft}/replay")
    assert answer.json["processes"] == ["proces"]
    [shown] = answer.json["cases"]
    assert (shown["number"], shown["what"], shown["stuck_at"]) == (1, "changed", ["Taak erna"])
    assert case.reference not in answer.text


def test_a_second_person_confirms_a_taking_back_through_the_api(api: ApiOffice) -> None:
    publishing.with_four_eyes(api)
    number = publishing.current(api)
    back = api.send(OWNER, f"/publications/{number}/undo", {"reason": "toch niet"})
    assert back["to_confirm"]
    path = f"/publications/{back['number']}/confirm"
    draft = publishing.begun(api)
    assert api.read(OWNER, f"/drafts/{draft}/publish")["unconfirmed"] == [back["number"]]
    assert api.ask(OWNER, "POST", path).status_code == 403
    api.send(SECOND_OWNER, path)
    assert api.ask(SECOND_OWNER, "POST", path).status_code == 409
    [line, *_] = api.read(OWNER, "/publications")
    assert line["confirmation"]["by"] == api.person(SECOND_OWNER).name
    assert line["confirmation"]["own"]
    assert api.read(OWNER, f"/drafts/{draft}/publish")["unconfirmed"] == []
