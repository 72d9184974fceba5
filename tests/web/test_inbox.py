"""The inbox."""

from tests.integration import steps
from tests.integration.conftest import Office
from tests.web.conftest import Staff


def names(page: object) -> list[str]:
    return [
        " ".join(a.text_content().split())
        for a in page.tree.xpath("//table//th[@scope='row']/a")  # type: ignore[attr-defined]
    ]


def test_a_task_is_found_with_the_role_and_after_claiming_with_oneself(
    staff: Staff, office: Office
) -> None:
    reference = office.report().reference
    desk = staff("af-zorg")
    assert names(desk.get("/taken")) == []
    page = desk.get("/taken/rollen")
    assert names(page) == ["Triage"]
    assert "nog niemand" in page.text

    page = desk.submit("/oppakken")
    assert page.title == "Triage"
    assert names(desk.get("/taken")) == ["Triage"]
    assert reference in desk.get("/taken").text


def test_another_role_sees_nothing_of_it(staff: Staff, office: Office) -> None:
    office.report()

    assert names(staff("wonen").get("/taken/rollen")) == []
    assert "Zaken" not in staff("wonen").get("/taken").links()


def test_late_tasks_are_counted_and_found(staff: Staff, office: Office) -> None:
    office.report()
    desk = staff("af-zorg")
    desk.get("/taken/rollen")
    desk.submit("/oppakken")
    office.clock.move(days=3)

    page = desk.get("/taken?te_laat=ja")
    assert "1 taak is te laat" in page.text
    assert "te laat" in page.text
    assert names(page) == ["Triage"]


def test_filters_say_when_nothing_fits(staff: Staff, office: Office) -> None:
    office.report()
    page = staff("af-zorg").get("/taken/rollen?kenmerk=bestaat-niet")

    assert "Geen taken gevonden" in page.text
    assert page.values("kenmerk") == ["bestaat-niet"]


def test_many_tasks_come_page_by_page(staff: Staff, office: Office) -> None:
    for _ in range(27):
        office.report()
    desk = staff("af-zorg")
    first = desk.get("/taken/rollen?urgentie=normaal")
    assert len(names(first)) == 25

    second = desk.get(first.links()["Volgende"])
    assert len(names(second)) == 2
    assert desk.get(second.links()["Naar het begin"]).text == first.text
    assert desk.get("/taken/rollen?na=onzin").status == 422


def test_a_partner_sees_only_what_was_handed_over(staff: Staff, office: Office) -> None:
    reference = steps.up_to_handover(office, "A", "zorgcoordinator")
    desk = staff("zorgcoordinator")

    assert names(desk.get("/taken/rollen")) == ["Overdracht beoordelen"]
    case = desk.get(f"/zaken/{reference}")
    assert steps.SUMMARY in case.text
    assert steps.FACTS not in case.text
    assert "Waar staat deze zaak?" not in case.text
