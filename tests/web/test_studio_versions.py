"""The page with earlier savings of a file of a draft."""

import io

import pytest

from service.operations import bundle_files
from tests.web.conftest import Staff, Visitor

PROFILE = bundle_files.PROFILE


@pytest.fixture
def draft(owner: Visitor) -> str:
    """The address of a draft whose profile was saved twice."""
    address = owner.submit("/studio", {"titel": "Andere rollen"}).path
    for line in ("# eerst", "# later"):
        page = owner.get(f"{address}/tekst?pad={PROFILE}")
        (text,) = page.values("tekst")
        owner.submit(f"/tekst?pad={PROFILE}", {"tekst": f"{text}\n{line}"})
    return address


def kept(owner: Visitor, draft: str, version: str = "") -> str:
    address = f"{draft}/bestand?pad={PROFILE}{version and f'&versie={version}'}"
    return owner.get(address).response.text


def test_each_saving_is_listed_and_can_be_fetched(owner: Visitor, draft: str) -> None:
    page = owner.get(f"{draft}/bestand/versies?pad={PROFILE}")
    for words in ("versie 2", "Zo is het nu", "versie 1", "zoals gepubliceerd"):
        assert words in page.text
    assert "# eerst" in kept(owner, draft, "1")
    assert "# later" not in kept(owner, draft, "1")
    assert "# eerst" not in kept(owner, draft, "0")


@pytest.mark.parametrize(("version", "left"), [("1", ["# eerst"]), ("0", [])])
def test_an_earlier_saving_comes_back_as_a_new_one(
    owner: Visitor, draft: str, version: str, left: list[str]
) -> None:
    page = owner.get(f"{draft}/bestand/versies?pad={PROFILE}")
    page = owner.post(f"{draft}/bestand/versies", {"pad": PROFILE, "versie": version})
    assert "weer zoals het toen was" in page.text
    assert "versie 3" in page.text
    lines = kept(owner, draft).splitlines()
    assert [line for line in lines if line in ("# eerst", "# later")] == left


@pytest.mark.parametrize("version", ["9", "-1", "x", "9" * 30])
def test_what_is_not_kept_is_refused_and_changes_nothing(
    owner: Visitor, draft: str, version: str
) -> None:
    before = kept(owner, draft)
    owner.get(f"{draft}/bestand/versies?pad={PROFILE}")
    answer = owner.post(f"{draft}/bestand/versies", {"pad": PROFILE, "versie": version})
    assert answer.status in (404, 422)
    assert kept(owner, draft) == before


def test_what_was_left_out_comes_back_with_what_was_changed_in_it(
    owner: Visitor, draft: str
) -> None:
    path = "forms/meldroute_signaal/triage.form"
    form = owner.client.get(f"{draft}/bestand?pad={path}").text
    changed = form.replace("Bepaal wat", "Zeg wat", 1)
    assert changed != form
    owner.get(f"{draft}/bestand/inlezen")
    sent = {"bestand": (io.BytesIO(changed.encode()), "triage.form"), "plaats": path}
    owner.post(f"{draft}/bestand", sent, content_type="multipart/form-data")
    owner.get(draft)
    page = owner.post(f"{draft}/bestand/weglaten", {"pad": path})
    assert "Bij Eerdere versies haalt u het terug" in page.text
    page = owner.get(f"{draft}/bestand/versies?pad={path}")
    assert page.links()["Andere rollen"] == draft
    page = owner.post(f"{draft}/bestand/versies", {"pad": path, "versie": "1"})
    assert "weer zoals het toen was" in page.text
    assert owner.client.get(f"{draft}/bestand?pad={path}").text == changed


def test_earlier_versions_are_found_where_one_looks_for_them(owner: Visitor, draft: str) -> None:
    for address in (draft, f"{draft}/tekst?pad={PROFILE}"):
        found = owner.get(address).tree.xpath("//main//a[contains(., 'Eerdere versies')]/@href")
        assert found == [f"{draft}/bestand/versies?pad={PROFILE}"]


def test_there_are_no_versions_of_what_is_not_there(
    owner: Visitor, draft: str, staff: Staff
) -> None:
    assert owner.get(f"{draft}/bestand/versies?pad=forms/nergens/niets.form").status == 404
    assert staff("oov").get(f"{draft}/bestand/versies?pad={PROFILE}").status == 404
