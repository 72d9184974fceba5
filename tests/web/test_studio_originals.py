"""What is new in the product, on pages without a script: taken into a draft, or left."""

from uuid import UUID

import pytest

from tests.integration import publishing
from tests.integration.conftest import Office
from tests.integration.test_originals import NAME, OURS, PATH, SHARED, earlier, published
from tests.web.conftest import Visitor


@pytest.fixture
def clash(office: Office, owner: Visitor) -> Visitor:
    """The owner, of whom a diagram was renamed here and in the product, with a draft begun."""
    published(office, earlier(), before={**SHARED, PATH: earlier()})
    published(office, SHARED[PATH].replace(NAME, OURS), before={**SHARED, PATH: earlier()})
    owner.get("/studio")
    owner.submit("/studio", {"titel": "Overnemen"})
    owner.get("/studio")
    return owner


def test_where_both_changed_the_same_the_page_says_who_and_asks_whose_counts(
    clash: Visitor,
) -> None:
    asked = clash.submit("/origineel", {"doe": "overnemen"})
    assert asked.status == 409
    assert "u ‘Ons overleg’, de nieuwe versie van Meldroute ‘Overleg’" in asked.text
    assert "collega" not in asked.text.casefold()
    done = clash.submit("/origineel", {"wie": "mij"})
    assert "met wat u zelf had veranderd" in done.text
    assert PATH in done.response.text


def test_what_is_left_is_announced_no_more(clash: Visitor) -> None:
    announced = clash.get("/studio").text
    assert "Vernieuwd in Meldroute" in announced
    assert "wordt dan niet meer aangeboden" in announced
    left = clash.submit("/origineel", {"doe": "laten"})
    assert "U laat deze versie liggen" in left.text
    assert "Vernieuwd in Meldroute" not in left.text


def test_without_a_draft_the_page_says_to_begin_one(office: Office, owner: Visitor) -> None:
    published(office, earlier(), before={**SHARED, PATH: earlier()})
    page = owner.get("/studio")
    assert "begin er hierboven een" in page.text
    assert "Overnemen" not in page.tree.xpath("//button/text()")


def test_what_was_taken_in_is_announced_again_once_that_is_taken_back(
    office: Office, clash: Visitor
) -> None:
    taken = clash.submit("/origineel", {"doe": "overnemen", "wie": "ander"})
    number = publishing.publish(office, UUID(taken.path.rsplit("/", 1)[1])).number
    assert "Vernieuwd in Meldroute" not in clash.get("/studio").text
    clash.get(f"/studio/publicaties/{number}")
    clash.submit("/terugdraaien", {"reden": "Toch niet."})
    page = clash.get("/studio")
    assert "Vernieuwd in Meldroute" in page.text
    assert PATH in page.values("pad")
