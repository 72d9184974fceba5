"""A task that moved to a newer publication while somebody had its page open."""

from tests.integration import drawn, moves
from tests.integration.conftest import Office
from tests.integration.moves import FOR_SAFETY, asks, form, only, published, steps
from tests.unit.engine.diagrams import user
from tests.web.conftest import Staff

TYPED = {"doen.wie": "Violeta", "doen.waar": "Dorpsstraat"}


def test_who_answered_a_question_that_is_gone_is_told_and_finds_the_rest_again(
    staff: Staff, office: Office
) -> None:
    published(office, steps(user("doen", asks())), doen=form("wie", "waar"))
    instance = drawn.begun(office)
    desk = staff("af-zorg")
    path = f"/taken/{only(office, instance).id}"
    desk.get(path)
    desk.submit("/oppakken")
    desk.get(path)
    second = published(office, steps(user("doen", asks())), doen=form("wie"))
    moves.moved(office, second)
    page = desk.submit("/afronden", TYPED)
    assert page.path == path
    assert "overgezet naar een nieuwere versie van het proces" in page.text
    assert "Niet meer gevraagd: ‘Vraag waar’" in page.text
    assert page.values("doen.wie") == ["Violeta"]
    case = desk.get(f"/zaken/{instance.reference}")
    assert "Dorpsstraat" in case.text


def test_who_lost_the_task_comes_to_the_inbox_and_is_told_why(staff: Staff, office: Office) -> None:
    published(office, steps(user("doen", asks())), doen=form("wie", "waar"))
    instance = drawn.begun(office)
    desk = staff("af-zorg")
    path = f"/taken/{only(office, instance).id}"
    desk.get(path)
    desk.submit("/oppakken")
    desk.get(path)
    settings = asks().replace(drawn.FOR_CARE, FOR_SAFETY)
    second = published(office, steps(user("doen", settings)), doen=form("wie", "waar"))
    moves.moved(office, second)
    page = desk.submit("/afronden", TYPED)
    assert page.status == 200
    assert not page.path.startswith("/taken/")
    assert "Deze taak is nu voor een andere rol" in page.text
    other = staff("af-veiligheid")
    other.get(path)
    assert other.submit("/oppakken").values("doen.waar") == ["Dorpsstraat"]
