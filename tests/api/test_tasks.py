"""The inbox through the API: pages, forms, drafts, and two people at once."""

import io
from typing import Any

from PIL import Image

from tests.api.conftest import ApiOffice
from tests.integration import steps


def test_the_inbox_comes_in_pages_that_miss_and_repeat_nothing(api: ApiOffice) -> None:
    references = {api.report().reference for _ in range(5)}
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = api.read("af-zorg", "/tasks", limit=2, **after)
        seen += [task["reference"] for task in page["tasks"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert sorted(seen) == sorted(references)


def test_cases_come_in_pages_newest_first(api: ApiOffice) -> None:
    references = []
    for _ in range(3):
        references.append(api.report().reference)
        api.clock.move(minutes=1)
    first = api.read("af-zorg", "/instances", limit=2)
    rest = api.read("af-zorg", "/instances", limit=2, after=first["next"])
    shown = [case["reference"] for case in first["instances"] + rest["instances"]]
    assert shown == references[::-1]
    assert rest["next"] is None


def test_filters_narrow_the_inbox(api: ApiOffice) -> None:
    first, second = api.report().reference, api.report().reference
    api.send("af-zorg", f"/tasks/{task_of(api, first)}/claim")

    def shown(**filters: Any) -> list[str]:
        return [task["reference"] for task in api.read("af-zorg", "/tasks", **filters)["tasks"]]

    assert shown(unclaimed="true") == [second]
    assert shown(scope="mine") == [first]
    assert shown(reference=second[5:]) == [second]
    assert shown(role="af-veiligheid") == []
    assert shown(urgency="acuut") == []
    assert shown(late="true") == []
    api.clock.move(days=3)
    assert sorted(shown(late="true")) == sorted([first, second])


def task_of(api: ApiOffice, reference: str) -> str:
    (task,) = api.read("af-zorg", "/tasks", reference=reference)["tasks"]
    return str(task["id"])


def test_a_program_can_ask_the_questions_of_a_form(api: ApiOffice) -> None:
    api.report()
    form = api.read("af-zorg", f"/tasks/{api.task_id('af-zorg', 'triage')}")["form"]
    questions = {field["key"]: field for field in form["fields"]}
    urgency = questions["triage.urgentie"]
    assert urgency["required"]
    assert [option["value"] for option in urgency["options"]] == [
        "acuut",
        "hoog",
        "normaal",
        "laag",
    ]
    assert urgency["proposal"] == "normaal"
    double = questions["triage.dubbel_met"]
    assert double["hidden_when"] == ['=triage.dubbel != "ja"']
    assert double["required_when"] == '=triage.dubbel = "ja"'
    assert double["limits"] == {"max_length": 40}


def test_a_list_in_a_form_tells_the_questions_of_a_row(api: ApiOffice) -> None:
    api.report()
    steps.triaged(api)
    form = api.read("af-zorg", f"/tasks/{api.task_id('af-zorg', 'verrijken')}")["form"]
    sources = next(field for field in form["fields"] if field["key"] == "verrijking.bronnen")
    assert sources["limits"]["max_rows"] >= 1
    assert "verrijking.bronnen.bron" in [field["key"] for field in sources["fields"]]


def test_a_draft_survives_as_it_was_typed(api: ApiOffice) -> None:
    api.report()
    task_id = api.task_id("af-zorg", "triage")
    typed = {"triage": {"toelichting": "Half getypt, é🙂", "urgentie": "bestaat niet"}}
    api.keep("af-zorg", f"/tasks/{task_id}/draft", {"answers": typed})
    task = api.read("af-zorg", f"/tasks/{task_id}")
    assert task["draft"] == typed
    values = {field["key"]: field["value"] for field in task["form"]["fields"]}
    assert values["triage.toelichting"] == "Half getypt, é🙂"
    assert api.read("af-zorg", "/tasks")["tasks"][0]["has_draft"]


def test_moments_and_numbers_come_out_as_json(api: ApiOffice) -> None:
    steps.up_to_handover(api, "B", "zvh")
    task = api.read("zvh", f"/tasks/{api.task_id('zvh', 'overdracht_beoordelen')}")
    values = {field["key"]: field["value"] for field in task["form"]["fields"]}
    assert values["overdracht.reactie_voor"] == "2026-06-01"
    assert task["due_at"] is None or task["due_at"].endswith("+00:00")


def test_wrong_answers_are_refused_per_field(api: ApiOffice) -> None:
    api.report()
    answer = complete(
        api, "af-zorg", "triage", {"triage": {**steps.TRIAGE, "urgentie": "morgen", "kleur": 1}}
    )
    assert answer.status_code == 422
    assert set(answer.json["errors"]["json"]["answers"]) == {
        "triage.urgentie",
        "triage.kleur",
        "triage.toelichting",
    }


def complete(api: ApiOffice, role: str, element_id: str, answers: Any) -> Any:
    task_id = api.task_id(role, element_id)
    return api.ask(role, "POST", f"/tasks/{task_id}/complete", json={"answers": answers})


def test_who_comes_second_hears_who_was_first_and_when(api: ApiOffice) -> None:
    api.report()
    task_id = api.task_id("af-zorg", "triage")
    steps.triaged(api)
    late = api.ask(
        "af-zorg",
        "POST",
        f"/tasks/{task_id}/complete",
        json={"answers": {"triage": steps.TRIAGE}},
    )
    assert late.status_code == 409
    assert api.person("af-zorg").name in late.json["message"]
    assert "09:30 op 02-03-2026" in late.json["message"]
    assert api.read("af-zorg", f"/tasks/{task_id}")["closed_by"] == api.person("af-zorg").name


def test_a_task_in_the_hands_of_a_colleague_says_whose(api: ApiOffice) -> None:
    api.report(gaat_over=["slachtoffer", "dader"])
    task_id = api.task_id("af-zorg", "triage")
    shared = api.read("af-zorg", f"/tasks/{task_id}")["roles"]
    colleague = next(role for role in shared if role != "af-zorg")
    api.send("af-zorg", f"/tasks/{task_id}/claim")
    api.send("af-zorg", f"/tasks/{task_id}/claim")
    for method, path in (("POST", "claim"), ("POST", "release"), ("POST", "complete")):
        answer = api.ask(colleague, method, f"/tasks/{task_id}/{path}")
        assert answer.status_code == 409, path
        assert api.person("af-zorg").name in answer.json["message"]
    api.send("af-zorg", f"/tasks/{task_id}/release")
    api.send(colleague, f"/tasks/{task_id}/claim")


def test_a_photo_travels_with_the_answers_and_can_be_fetched(api: ApiOffice) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(photo, "PNG")
    body = api.signal()
    answer = api.ask(
        "melder",
        "POST",
        "/signals",
        data={
            "json": api.client.application.json.dumps(body),
            "signaal.bijlagen": (io.BytesIO(photo.getvalue()), "huis.png"),
        },
        content_type="multipart/form-data",
    )
    assert answer.status_code == 201, answer.json
    api.work()
    case = api.case(answer.json["reference"])
    (file,) = case["files"]
    assert file["name"] == "huis.png"
    fetched = api.ask("af-zorg", "GET", f"/instances/{case['id']}/files/{file['id']}")
    assert fetched.mimetype == "image/png"
    assert fetched.headers["Content-Disposition"] == "attachment; filename=huis.png"
    assert Image.open(io.BytesIO(fetched.data)).size == (4, 4)


def test_sending_the_same_signal_twice_starts_one_case(api: ApiOffice) -> None:
    body = api.signal()
    first = api.send("melder", "/signals", body)
    assert api.send("melder", "/signals", body) == first
    assert len(api.read("melder", "/signals")) == 1


def test_a_process_is_started_by_name_and_reached_by_message(api: ApiOffice) -> None:
    names = [process["id"] for process in api.read("af-zorg", "/processes")]
    assert "gegevensdeling" in names
    case = api.send("af-zorg", "/instances", SHARING)
    assert case["status"] == "active"
    absent = api.ask("af-zorg", "POST", "/instances", json={"process_id": "bestaat_niet"})
    assert absent.status_code == 404
    own = {"process_id": "gegevensdeling", "variables": {"gemeente": {}}}
    assert api.ask("af-zorg", "POST", "/instances", json=own).status_code == 422


SHARING = {
    "process_id": "gegevensdeling",
    "variables": {"routering": {"groepen": ["af-zorg"]}},
}


def test_a_process_that_cannot_take_its_first_step_is_not_started(api: ApiOffice) -> None:
    answer = api.ask("af-zorg", "POST", "/instances", json={"process_id": "gegevensdeling"})
    assert answer.status_code == 409
    assert "routering" in answer.json["message"]
    assert api.read("af-zorg", "/instances")["instances"] == []


def test_a_message_wakes_the_case_that_waits_for_it(api: ApiOffice) -> None:
    reference = api.report().reference
    steps.triaged(api)
    steps.enriched(api)
    steps.judged(api, "onvoldoende")
    message = {"name": "nieuw_signaal_gekoppeld", "correlation_key": reference, "payload": {}}
    reached = api.send("functioneel-beheer", "/messages", message)
    assert reached["instances"] == [str(api.instance(reference).id)]
    assert api.open_tasks(reference) == ["verrijken"]
    assert api.ask("functioneel-beheer", "POST", "/messages", json=message).status_code == 404
