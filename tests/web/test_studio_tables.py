"""The page of a decision table: the table itself needs a script, its test rows do not."""

import pytest

from tests.web.conftest import Page, Staff, Visitor

TABLE = "meldroute_signaal/urgentie"


@pytest.fixture
def draft(owner: Visitor) -> str:
    """The address of a draft."""
    return owner.submit("/studio", {"titel": "Urgentie"}).path


@pytest.fixture
def table(owner: Visitor, draft: str) -> Page:
    return owner.get(f"{draft}/tabel/{TABLE}")


def row(number: int, name: str, danger: str, expected: str) -> dict[str, str]:
    return {
        f"{number}.naam": name,
        f"{number}.invoer.signaal.acuut_gevaar": danger,
        f"{number}.verwacht": expected,
    }


def test_a_table_says_what_it_needs_and_offers_its_file(table: Page) -> None:
    assert table.title == "Urgentie"
    assert "heeft JavaScript nodig" in table.text
    assert any("bestand?pad=" in address for address in table.links().values())
    assert "'nonce-" in table.response.headers["Content-Security-Policy"]


def test_test_rows_are_added_played_and_kept_without_a_script(owner: Visitor, table: Page) -> None:
    del table
    page = owner.submit("/toetsen", {"_rij_toevoegen": "1"})
    assert page.values("0.naam") == [""]

    page = owner.submit("/toetsen", row(0, "Gevaar gaat voor", "ja", "acuut"))
    assert page.status == 200
    assert page.values("0.invoer.signaal.acuut_gevaar") == ['"ja"']
    assert page.values("0.verwacht") == ['"acuut"']
    assert "Klopt" in page.text
    assert "Klopt niet" not in page.text


def test_a_row_that_the_table_fails_shows_what_it_gives_and_keeps_the_draft_from_publication(
    owner: Visitor, table: Page, draft: str
) -> None:
    del table
    page = owner.submit("/toetsen", row(0, "Gevaar gaat voor", "ja", "laag"))
    assert "Klopt niet" in page.text
    assert '"acuut"' in page.text
    assert "Toets 1 ‘Gevaar gaat voor’: verwacht was" in owner.get(draft).text


def test_a_row_without_a_name_is_not_kept_and_what_was_typed_stays(
    owner: Visitor, table: Page
) -> None:
    del table
    page = owner.submit("/toetsen", row(0, "", "ja", "acuut"))
    assert page.status == 422
    assert "Geef elke toets een naam" in page.text
    assert page.values("0.verwacht") == ['"acuut"']


def test_a_row_is_taken_away(owner: Visitor, table: Page) -> None:
    del table
    owner.submit("/toetsen", row(0, "Een", "ja", "acuut") | row(1, "Twee", "ja", "acuut"))
    page = owner.submit("/toetsen", {"_rij_verwijderen": "0"})
    assert page.values("0.naam") == ["Twee"]
    assert page.values("1.naam") == []


def test_rows_that_two_add_at_the_same_time_are_both_kept(
    owner: Visitor, table: Page, staff: Staff
) -> None:
    there = staff("functioneel-beheer-2")
    there.get(table.path)
    owner.submit("/toetsen", row(0, "Van de een", "ja", "acuut"))
    page = there.submit("/toetsen", row(0, "Van de ander", "ja", "acuut"))
    assert {*page.values("0.naam"), *page.values("1.naam")} == {"Van de een", "Van de ander"}


def test_of_two_who_change_one_row_the_second_chooses(
    owner: Visitor, table: Page, staff: Staff
) -> None:
    owner.submit("/toetsen", row(0, "Gevaar", "ja", "acuut"))
    there = staff("functioneel-beheer-2")
    there.get(table.path)
    owner.submit("/toetsen", {"0.verwacht": "hoog"})
    page = there.submit("/toetsen", {"0.verwacht": "laag"})
    assert page.status == 409
    assert page.values("0.verwacht") == ['"laag"']
    page = there.submit("/toetsen", {"wie": "ander"})
    assert page.values("0.verwacht") == ['"hoog"']


def test_a_new_table_begins_with_one_rule_and_ids_of_the_house(owner: Visitor, draft: str) -> None:
    owner.get(f"{draft}/tabel")
    page = owner.submit("/tabel", {"naam": "Wie belt er terug?", "proces": "meldroute_signaal"})
    assert page.path.endswith("/tabel/meldroute_signaal/wie_belt_er_terug")
    assert page.title == "Wie belt er terug?"


def test_a_new_table_needs_a_name_that_is_not_taken(owner: Visitor, draft: str) -> None:
    owner.get(f"{draft}/tabel")
    page = owner.submit("/tabel", {"naam": "Urgentie", "proces": "meldroute_signaal"})
    assert page.status == 409
    assert "'urgentie' is er al" in page.text
    assert owner.submit("/tabel", {"naam": "?", "proces": "nergens"}).status == 422


def test_a_table_is_left_out_of_the_draft(owner: Visitor, table: Page, draft: str) -> None:
    owner.get(table.path)
    assert "niet meer in dit concept" in owner.submit("/weglaten").text
    assert owner.get(table.path).status == 404
    assert "vervalt" in owner.get(draft).text


def test_who_does_not_publish_finds_no_table(staff: Staff, table: Page) -> None:
    assert staff("oov").get(table.path).status == 404
