"""What is new in the product: seen, taken into a draft, or declined, through the API."""

from typing import Any

from tests.api.conftest import ApiOffice
from tests.integration.publishing import OWNER
from tests.integration.test_originals import BEFORE, NAME, OURS, PATH, SHARED, earlier, published


def origin(api: ApiOffice) -> str:
    found = api.read(OWNER, "/library")
    [process] = (one for one in found["processes"] if one["id"] == "overleg")
    assert process["diagram"]["path"] == PATH
    told: str = process["diagram"]["origin"]
    return told


def draft(api: ApiOffice) -> str:
    return f"/drafts/{api.send(OWNER, '/drafts', {'title': 'Overnemen'})['id']}"


def diagram_in(api: ApiOffice, path: str) -> str:
    text: str = api.read(OWNER, f"{path}/file", path=PATH)["content"]
    return text


def test_the_library_tells_who_uses_what_and_whose_it_is(api: ApiOffice) -> None:
    found = api.read(OWNER, "/library")
    assert (found["number"], found["profile"]["path"]) == (1, "gemeente.toml")
    by_id: dict[str, Any] = {process["id"]: process for process in found["processes"]}
    signal = by_id["meldroute_signaal"]
    assert "Urgentie" in {table["name"] for table in signal["tables"]}
    assert "meldcode" in {called["id"] for called in signal["calls"]}
    assert "meldroute_signaal" in {caller["id"] for caller in by_id["meldcode"]["called_by"]}
    assert origin(api) == "shared"


def test_a_newer_original_is_announced_until_it_is_declined(api: ApiOffice) -> None:
    published(api, earlier(), before={**SHARED, PATH: earlier()})
    assert origin(api) == "outdated"
    api.send(OWNER, "/library/decline", {"path": PATH})
    assert origin(api) == "own"


def test_a_newer_original_is_merged_into_a_draft_with_what_is_ones_own(api: ApiOffice) -> None:
    ours = earlier().replace(b'name="Agenda', b'name="Onze agenda')
    published(api, earlier(), before={**SHARED, PATH: earlier()})
    published(api, ours, before={**SHARED, PATH: earlier()})
    path = draft(api)
    saved = api.send(OWNER, f"{path}/original", {"path": PATH})
    assert (saved["saved"], saved["revision"], saved["conflicts"]) == (True, 1, [])
    text = diagram_in(api, path)
    assert saved["content"] == text
    assert NAME.decode() in text
    assert 'name="Onze agenda' in text
    [file] = api.read(OWNER, path)["files"]
    assert (file["path"], file["what"]) == (PATH, "changed")


def test_where_both_changed_the_same_nothing_is_saved_until_somebody_chooses(
    api: ApiOffice,
) -> None:
    published(api, earlier(), before={**SHARED, PATH: earlier()})
    published(api, SHARED[PATH].replace(NAME, OURS), before={**SHARED, PATH: earlier()})
    path = draft(api)
    asked = api.send(OWNER, f"{path}/original", {"path": PATH})
    assert not asked["saved"]
    assert "Overleg" in asked["conflicts"][0]
    assert api.read(OWNER, path)["files"] == []
    assert api.send(OWNER, f"{path}/original", {"path": PATH, "prefer": "mine"})["saved"]
    assert OURS.decode() in diagram_in(api, path)
    assert BEFORE.decode() not in diagram_in(api, path)


def test_what_never_came_with_the_product_cannot_be_followed_or_declined(api: ApiOffice) -> None:
    own = {"path": "gemeente.toml"}
    for path in ("/library/decline", f"{draft(api)}/original"):
        answer = api.ask(OWNER, "POST", path, json=own)
        assert answer.status_code == 404
        assert "geen gedeelde versie" in answer.json["message"]


def test_nothing_is_taken_into_a_draft_that_was_thrown_away(api: ApiOffice) -> None:
    path = draft(api)
    api.ask(OWNER, "DELETE", path)
    answer = api.ask(OWNER, "POST", f"{path}/original", json={"path": PATH})
    assert answer.status_code == 409
    assert "weggegooid" in answer.json["message"]


def test_a_choice_that_there_is_not_is_named(api: ApiOffice) -> None:
    body = {"path": PATH, "prefer": "beide"}
    answer = api.ask(OWNER, "POST", f"{draft(api)}/original", json=body)
    assert answer.status_code == 422
    assert "prefer" in answer.json["message"]
