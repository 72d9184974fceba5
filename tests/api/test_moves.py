"""Moving running cases over the API: the same operations, as whoever publishes sees them."""

from typing import Any

from sqlalchemy import select

from service.jobs.moves import work_off
from service.storage import Access, MigrationItem
from tests.api.conftest import ApiOffice
from tests.integration import drawn
from tests.integration.drawn import FOR_CARE
from tests.integration.moves import (
    FOR_SAFETY,
    asks,
    drafted,
    form,
    only,
    published,
    steps,
)
from tests.unit.engine.diagrams import user

KEEPER = "functioneel-beheer"
SECRET = "Violeta woont in de Dorpsstraat"


def worked_off(api: ApiOffice, batch_id: str) -> Any:
    with api.application.sessions() as session:
        found = session.execute(select(MigrationItem.batch_id, MigrationItem.chunk).distinct())
        chunks = [(key, chunk) for key, chunk in found if str(key) == batch_id]
    for key, chunk in chunks:
        work_off(api.application, key, chunk)
    return api.read(KEEPER, f"/moves/{batch_id}")


def test_a_plan_is_asked_for_changed_previewed_carried_out_and_undone(api: ApiOffice) -> None:
    first = published(api, steps(user("doen", asks())), doen=form("wie", "waar"))
    instance = drawn.begun(api)
    drafted(api, only(api, instance), doen={"wie": SECRET, "waar": SECRET})
    new = user("anders", asks().replace(FOR_CARE, FOR_SAFETY))
    second = published(api, steps(new, user("nog", FOR_CARE)), doen=form("wie"))

    plan = api.read(KEEPER, "/moves/plan", **{"from": first, "to": second})
    moves = {move["element"]: (move["to"], move["why"]) for move in plan["moves"]}
    assert moves["doen"] == ("anders", "form")
    shown = api.send(KEEPER, "/moves/preview", {"to": second, "plans": [plan]})
    [case] = shown["cases"]
    assert (case["reference"], case["from"], case["fits"]) == (instance.reference, first, True)
    [task] = case["tasks"]
    assert (task["gained"], task["lost"]) == (["af-veiligheid"], ["af-zorg"])
    assert (task["has_draft"], task["questions_gone"]) == (True, ["Vraag waar"])
    assert SECRET not in str(shown)

    body = {"to": second, "plans": [plan], "reason": "proef", "cases": [instance.reference]}
    batch_id = api.send(KEEPER, "/moves", body)["id"]
    fared = worked_off(api, batch_id)
    assert (fared["state"], fared["counts"]) == ("done", {"moved": 1})
    assert api.open_tasks(instance.reference) == ["anders"]
    assert [batch["id"] for batch in api.read(KEEPER, "/moves")["batches"]] == [batch_id]

    api.send(KEEPER, f"/moves/{batch_id}/instances/{instance.id}/undo")
    assert api.open_tasks(instance.reference) == ["doen"]
    again = api.ask(KEEPER, "POST", f"/moves/{batch_id}/instances/{instance.id}/undo")
    assert again.status_code == 409


def test_a_batch_is_stopped_resumed_and_undone(api: ApiOffice) -> None:
    published(api, steps(user("doen", FOR_CARE)))
    instance = drawn.begun(api)
    second = published(api, steps(user("doen", FOR_CARE), user("nog", FOR_CARE)))
    batch_id = api.send(KEEPER, "/moves", {"to": second, "reason": "proef"})["id"]
    api.send(KEEPER, f"/moves/{batch_id}/stop")
    assert worked_off(api, batch_id)["counts"] == {"waiting": 1}
    api.send(KEEPER, f"/moves/{batch_id}/resume")
    assert worked_off(api, batch_id)["state"] == "done"
    api.send(KEEPER, f"/moves/{batch_id}/undo")
    fared = worked_off(api, batch_id)
    assert (fared["state"], fared["counts"]) == ("undone", {"undone": 1})
    assert api.open_tasks(instance.reference) == ["doen"]


def test_a_plan_that_does_not_fit_is_refused_with_a_sentence(api: ApiOffice) -> None:
    first = published(api, steps(user("doen", FOR_CARE)))
    drawn.begun(api)
    second = published(api, steps(user("doen", FOR_CARE), user("nog", FOR_CARE)))
    wrong = {
        "from": first,
        "to": second,
        "moves": [{"process": "proces", "element": "doen", "to": "nergens"}],
    }
    answer = api.ask(KEEPER, "POST", "/moves/preview", json={"to": second, "plans": [wrong]})
    assert answer.status_code == 422
    assert answer.json is not None
    assert "'nergens' staat niet in proces 'proces'" in answer.json["message"]
    wrong["moves"] = [{"process": "proces", "element": "doen"}]
    answer = api.ask(KEEPER, "POST", "/moves/preview", json={"to": second, "plans": [wrong]})
    assert answer.status_code == 422


def test_whoever_may_not_publish_is_refused_and_that_is_logged(api: ApiOffice) -> None:
    assert api.ask("af-zorg", "GET", "/moves").status_code == 404
    with api.application.sessions() as session:
        line = session.scalars(select(Access).where(Access.what == "geweigerd")).one()
    assert line.thing == "/api/v1/moves"
