"""Locking a case extra, and reading one in an emergency, through the API."""

from uuid import uuid4

from tests.api.conftest import ApiOffice
from tests.integration.guarded import NEED, WHY


def test_a_lock_is_made_read_changed_and_taken_off(api: ApiOffice) -> None:
    reference = api.report().reference
    path = f"/instances/{api.instance(reference).id}"
    told = api.read("af-zorg", f"{path}/lock")
    assert (told["locked"], told["named"]) == (False, [])
    [other] = [
        one["id"] for one in told["people"] if one["id"] == str(api.person("af-achtervang").user_id)
    ]

    api.send("af-zorg", f"{path}/lock", {"named": [other], "reason": WHY})
    assert api.read("af-achtervang", path)["locked"]
    assert api.ask("af-veiligheid", "GET", path).status_code == 404
    assert other in api.read("af-zorg", f"{path}/lock")["named"]
    wrong = api.ask(
        "af-zorg", "POST", f"{path}/lock", json={"named": [str(uuid4())], "reason": WHY}
    )
    assert wrong.status_code == 422
    assert "named" in wrong.json["errors"]["json"]

    api.send("af-achtervang", f"{path}/unlock", {"reason": WHY})
    assert api.ask("af-veiligheid", "GET", path).status_code == 200
    again = api.ask("af-zorg", "POST", f"{path}/unlock", json={"reason": WHY})
    assert again.status_code == 409


def test_emergency_reading_is_given_for_a_while_and_marked(api: ApiOffice) -> None:
    reference = api.report().reference
    path = f"/instances/{api.instance(reference).id}"
    assert api.ask("wonen", "GET", path).status_code == 404

    found = api.send("wonen", "/instances/emergency", {"reference": reference, "reason": NEED})
    assert f"/instances/{found['instance_id']}" == path
    seen = api.read("wonen", path)
    assert (seen["reads_until"], seen["files"]) == (found["until"], [])
    looks = {one["name"]: one for one in api.read("af-zorg", f"{path}/viewers")["viewers"]}
    assert looks[api.person("wonen").name]["in_emergency"]

    api.clock.move(hours=4)
    assert api.ask("wonen", "GET", path).status_code == 404


def test_a_kenmerk_that_is_not_there_sounds_like_any_other_absence(api: ApiOffice) -> None:
    body = {"reference": "2026-AAAA-BBBB", "reason": NEED}
    answer = api.ask("wonen", "POST", "/instances/emergency", json=body)
    assert answer.status_code == 404
    assert "is er niet" in answer.json["message"]
    short = api.ask("wonen", "POST", "/instances/emergency", json={**body, "reason": "spoed"})
    assert short.status_code == 422
