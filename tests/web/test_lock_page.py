"""The page on which a case is locked extra."""

from tests.integration.conftest import Office
from tests.integration.guarded import WHY, lock
from tests.web.conftest import Page, Staff, Visitor


def at(reference: str) -> str:
    return f"/zaken/{reference}/vergrendeling"


def post(desk: Visitor, reference: str, form: str = "vergrendelen", **fields: object) -> Page:
    token = desk.get(at(reference)).values("csrf_token")[0]
    sent = {"csrf_token": token, "formulier": form, "reden": WHY, **fields}
    return desk.post(at(reference), sent)


def test_who_coordinates_locks_a_case_for_a_colleague_and_goes_on(
    staff: Staff, office: Office
) -> None:
    reference, desk = office.report().reference, staff("af-zorg")
    links = desk.get(f"/zaken/{reference}").links()
    assert links["Zaak extra vergrendelen"] == at(reference)
    other = office.person("af-veiligheid")
    page = post(desk, reference, wie=[str(other.user_id)])

    assert page.path == f"/zaken/{reference}"
    assert "Extra vergrendeld" in page.text
    assert WHY in page.text
    assert staff("af-veiligheid").get(f"/zaken/{reference}").status == 200
    away = staff("af-achtervang")
    assert away.get(f"/zaken/{reference}").status == 404
    assert reference not in away.get("/zaken").text
    assert reference not in away.get("/taken/rollen").text


def test_what_is_refused_keeps_what_was_typed(staff: Staff, office: Office) -> None:
    reference, desk = office.report().reference, staff("af-zorg")
    other = str(office.person("af-veiligheid").user_id)
    page = post(desk, reference, wie=[other], reden=" ")
    assert page.status == 422
    assert "Vul een reden in" in page.text
    assert page.values("wie") == [other]
    page = post(desk, reference, wie=["iets anders"])
    assert page.status == 422
    assert page.values("reden")[0] == WHY
    page = desk.post(
        at(reference), {"csrf_token": "oud", "formulier": "vergrendelen", "reden": WHY}
    )
    assert (page.status, page.values("reden")[0]) == (400, WHY)
    assert staff("af-achtervang").get(f"/zaken/{reference}").status == 200


def test_the_lock_is_taken_off_with_a_reason(staff: Staff, office: Office) -> None:
    reference = office.report().reference
    lock(office, reference)
    desk = staff("af-zorg")
    assert post(desk, reference, "opheffen", reden="").status == 422
    assert post(desk, reference, "opheffen").path == f"/zaken/{reference}"
    assert staff("af-achtervang").get(f"/zaken/{reference}").status == 200


def test_who_repairs_names_others_and_sees_nothing_of_the_case(
    staff: Staff, office: Office
) -> None:
    reference, desk = office.report().reference, staff("functioneel-beheer")
    assert desk.get(at(reference)).status == 404
    lock(office, reference)
    way = desk.get(f"/zaken/{reference}/herstel").links()["Vergrendeling"]
    assert desk.get(way).status == 200
    assert "Vergrendeling opheffen" not in desk.last.text if desk.last else False

    page = post(desk, reference, wie=[str(office.person("af-achtervang").user_id)])
    assert page.path == at(reference)
    assert desk.get(f"/zaken/{reference}").status == 404
    assert staff("af-achtervang").get(f"/zaken/{reference}").status == 200
    assert staff("af-zorg").get(f"/zaken/{reference}").status == 404


def test_for_others_the_page_is_not_there(staff: Staff, office: Office) -> None:
    reference = office.report().reference
    for role in ("wonen", "zvh", "melder"):
        assert staff(role).get(at(reference)).status == 404
    lock(office, reference)
    assert staff("af-achtervang").get(at(reference)).status == 404
