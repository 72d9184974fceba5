"""A pipeline brings a bundle: it becomes a draft, passes every gate, and is published."""

from typing import Any

import pytest

from service.api.v1.publishing import MAX_PACKED
from service.operations import bundle_files
from tests.api.conftest import ApiOffice
from tests.integration import publishing
from tests.integration.publishing import OWNER, SECOND_OWNER
from tests.unit.operations.test_bundle_zip import GOOD, cut, packed

PROFILE = bundle_files.PROFILE
FORM = "forms/overleg/agenda_vaststellen.form"
OTHER_WORDS = ("# Agenda vaststellen", "# De agenda vaststellen")


def changed(api: ApiOffice) -> bytes:
    """The bundle that is published, with other words in one form."""
    content = bundle_files.unpack(api.ask(OWNER, "GET", "/publications/1/bundle").data)
    before, after = (words.encode() for words in OTHER_WORDS)
    assert before in content[FORM]
    return bundle_files.pack({**content, FORM: content[FORM].replace(before, after)})


def sent(api: ApiOffice, content: bytes, *, by: str = OWNER, **more: Any) -> Any:
    told = {"data": content, "content_type": "application/zip", **more}
    return api.ask(by, "POST", "/drafts/bundle", **told)


def test_a_bundle_becomes_a_draft_and_that_is_published(api: ApiOffice) -> None:
    answer = sent(api, changed(api), query_string={"name": "pijplijn-17.zip"})
    assert answer.status_code == 201
    assert (answer.json["files"], answer.json["profile_of"]) == (1, None)
    path = f"/drafts/{answer.json['id']}"
    draft = api.read(OWNER, path)
    assert draft["title"] == "Elders gemaakt: pijplijn-17.zip"
    assert (draft["state"], draft["base"], draft["newest"]) == ("open", 1, 1)
    [file] = draft["files"]
    assert (file["path"], file["kind"], file["what"]) == (FORM, "form", "changed")
    assert publishing.current(api) == 1

    asked = api.read(OWNER, f"{path}/publish")
    told = {
        "digest": asked["approval"]["digest"],
        "reason": "Vanuit de pijplijn",
        "accepted": [warning["key"] for warning in asked["warnings"]],
    }
    assert api.send(OWNER, f"{path}/publish", told)["number"] == 2
    again = api.ask(OWNER, "GET", "/publications/2/bundle").data
    assert OTHER_WORDS[1].encode() in bundle_files.unpack(again)[FORM]
    [change] = api.read(OWNER, "/publications/2/changes", **{"from": 1})["files"]
    assert (change["path"], change["what"]) == (FORM, "changed")
    assert api.read(OWNER, "/publications/2/changes", **{"from": 2})["files"] == []


def test_a_bundle_needs_the_second_pair_of_eyes_like_any_draft(api: ApiOffice) -> None:
    publishing.with_four_eyes(api)
    path = f"/drafts/{sent(api, changed(api)).json['id']}"
    asked = api.read(OWNER, f"{path}/publish")
    assert asked["approval"]["asked"]
    told = {
        "digest": asked["approval"]["digest"],
        "reason": "Vanuit de pijplijn",
        "accepted": [warning["key"] for warning in asked["warnings"]],
    }
    answer = api.ask(OWNER, "POST", f"{path}/publish", json=told)
    assert answer.status_code == 403
    assert "goedgekeurd" in answer.json["message"]
    api.send(SECOND_OWNER, f"{path}/approval", {"digest": asked["approval"]["digest"]})
    assert api.send(OWNER, f"{path}/publish", told)["number"] == 3


def test_the_profile_of_another_municipality_is_left_out(api: ApiOffice) -> None:
    told = sent(api, bundle_files.pack(bundle_files.read_bundled("rijswijk"))).json
    assert (told["files"], told["profile_of"]) == (0, "rijswijk")


@pytest.mark.parametrize(
    ("content", "said", "where"),
    [
        (b"", "zip-bestand", None),
        (b"geen zip", "zip-bestand", None),
        (cut(packed((GOOD, b"{}"))), "zip-bestand", None),
        (packed(), "leeg", None),
        (packed((GOOD, b"{}"), ("../../etc/passwd", b"x")), "buiten de bundel", "../../etc/passwd"),
        (packed((GOOD, b"{")), "geen JSON", GOOD),
        (packed((GOOD, b"0" * 3_000_000)), "groter dan", GOOD),
        (
            packed(
                ("processes/a/a.bpmn", b"<?xml version='1.0' encoding='latin-1'?><a b='\xe9'/>")
            ),
            "UTF-8",
            "processes/a/a.bpmn",
        ),
        (b"0" * (MAX_PACKED + 1), "groter dan", None),
    ],
)
def test_a_damaged_or_hostile_bundle_is_refused_with_what_and_where(
    quiet_api: ApiOffice, content: bytes, said: str, where: str | None
) -> None:
    answer = sent(quiet_api, content)
    assert answer.status_code == 422
    assert said in answer.json["message"]
    assert [found["file"] for found in answer.json["findings"]] == ([where] if where else [])
    assert quiet_api.read(OWNER, "/drafts") == []


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "text/plain", ""])
def test_anything_but_a_zip_as_the_whole_body_is_refused(quiet_api: ApiOffice, kind: str) -> None:
    answer = sent(quiet_api, packed((GOOD, b"{}")), content_type=kind)
    assert answer.status_code == 415
    assert "application/zip" in answer.json["message"]


def test_a_parameter_nobody_asked_for_is_named(quiet_api: ApiOffice) -> None:
    answer = sent(quiet_api, packed((GOOD, b"{}")), query_string={"publiceer": "ja"})
    assert answer.status_code == 422
    assert "publiceer" in answer.json["message"]


def test_who_owns_no_processes_learns_nothing_and_the_bundle_is_not_read(
    quiet_api: ApiOffice,
) -> None:
    answer = sent(quiet_api, b"geen zip", by="af-zorg")
    assert (answer.status_code, "findings" in answer.json) == (404, False)
    assert sent(quiet_api, b"geen zip", by=None).status_code == 401


def test_a_draft_gets_another_title(api: ApiOffice) -> None:
    path = f"/drafts/{api.send(OWNER, '/drafts', {'title': 'Proef'})['id']}"
    api.keep(OWNER, path, {"title": "Triage krijgt een dag langer"})
    assert api.read(OWNER, path)["title"] == "Triage krijgt een dag langer"
    assert api.ask(OWNER, "PUT", path, json={"title": " "}).status_code == 422


def test_publications_that_are_not_there_are_not_compared(quiet_api: ApiOffice) -> None:
    for number, source in ((1, 9), (9, 1)):
        path = f"/publications/{number}/changes?from={source}"
        assert quiet_api.ask(OWNER, "GET", path).status_code == 404
    assert quiet_api.ask(OWNER, "GET", "/publications/1/changes").status_code == 422
