"""Beginning a case by hand."""

from service.operations import bundle_files
from service.operations.check_bundle import check_bundle
from service.operations.publish import publish
from tests.integration.conftest import DEMO, Office
from tests.unit.engine.diagrams import END, START, bpmn, chain, user
from tests.web.conftest import Staff

FOR_HOUSING = '<zeebe:assignmentDefinition candidateGroups="wonen"/>'
BODY = START + user("bekijken", FOR_HOUSING) + END + chain("begin", "bekijken", "einde")


def housing_starts(office: Office, *processes: str) -> None:
    """Publishes a small process, and lets housing begin these."""
    content = bundle_files.read_bundled(DEMO)
    profile = content[bundle_files.PROFILE].decode()
    given = f"[rollen.wonen]\nstart = {list(processes)}".replace("'", '"')
    content[bundle_files.PROFILE] = profile.replace("[rollen.wonen]", given).encode()
    content["processes/proces/proces.bpmn"] = bpmn(BODY)
    with office.application.sessions.begin() as session:
        publish(session, content=content, published_by="proef", reason="proef", now=office.clock())


def test_a_role_begins_what_the_profile_gives_it_and_goes_to_its_first_step(
    staff: Staff, office: Office
) -> None:
    housing_starts(office, "proces")
    desk = staff("wonen")
    assert "Zaak starten" in desk.get("/taken").links()

    desk.get("/zaken/starten")
    page = desk.submit("/zaken/starten/proces")

    assert page.path.startswith("/taken/")
    assert "is gestart" in page.tree.text_content()
    [line] = office.inbox("wonen").values()
    assert line.assignee_id == office.person("wonen").user_id


def test_pressing_twice_begins_one_case(staff: Staff, office: Office) -> None:
    housing_starts(office, "proces")
    desk = staff("wonen")
    desk.get("/zaken/starten")
    sent = {
        "csrf_token": desk.last.values("csrf_token")[0],
        "submission_id": desk.last.values("submission_id")[0],
    }

    first = desk.post("/zaken/starten/proces", sent)
    again = desk.post("/zaken/starten/proces", sent)

    assert first.path == again.path
    assert len(office.inbox("wonen")) == 1


def test_what_is_not_given_to_a_role_is_not_there(staff: Staff, office: Office) -> None:
    housing_starts(office, "proces")
    desk = staff("inkomen")
    assert "Zaak starten" not in desk.get("/taken").links()

    desk.get("/zaken/starten")
    assert "Uw rol begint geen zaken" in desk.last.text
    sent = {"csrf_token": desk.get("/account").values("csrf_token")[0]}
    assert desk.post("/zaken/starten/proces", sent).status == 404


def test_a_profile_that_starts_an_unknown_process_is_refused() -> None:
    content = bundle_files.read_bundled(DEMO)
    profile = content[bundle_files.PROFILE].decode()
    content[bundle_files.PROFILE] = profile.replace(
        "[rollen.wonen]", '[rollen.wonen]\nstart = ["bestaat_niet"]'
    ).encode()

    [finding] = [f for f in check_bundle(content) if f.code == "profile-wrong"]
    assert "bestaat_niet" in finding.reason


def test_cases_are_found_by_their_kind(staff: Staff, office: Office) -> None:
    housing_starts(office, "proces")
    desk = staff("wonen")
    desk.get("/zaken/starten")
    desk.submit("/zaken/starten/proces")
    signal = office.report().reference
    list_ = staff("af-zorg")

    assert signal in list_.get("/zaken?proces=meldroute_signaal").text
    assert signal not in list_.get("/zaken?proces=proces").text
    assert signal in list_.get("/zaken").text
