"""Insight finds what left a diagram, however often that was published since."""

from service.operations.studio.insight import former
from tests.integration import insights, statements
from tests.integration.conftest import DEMO, Office
from tests.integration.insights import BODY, begun, judged, repaired, seen


def published(office: Office, version: int, body: str = BODY) -> None:
    insights.published(office, body.replace("Taak toetsen", f"Taak toetsen {version}"))


def test_one_bundle_is_read_for_a_name_however_many_publications_follow(office: Office) -> None:
    insights.published(office)
    case = begun(office)
    judged(office, case, "nee")
    repaired(office, case)
    engine, without = office.application.engine, BODY.replace("herstellen", "opnieuw_doen")
    missing = frozenset({"herstellen"})
    asked = []
    for many in (3, 30):
        for version in range(many):
            published(office, version, without)
        with office.application.sessions() as session:
            current = office.application.collaborators.publications.current(session, DEMO)
        with (
            statements.asked(engine) as work,
            office.application.sessions() as session,
        ):
            [(process, found)] = former.former(session, current, DEMO, "proces", missing)
        assert found == missing
        assert "Taak herstellen" in {step.name for step in process.steps}
        asked.append([plan[0]["Actual Rows"] for plan in statements.plans(engine, work)])
    assert asked == [[1], [1]], "one statement, which brings one bundle"


def test_what_left_came_back_and_left_again_is_named_as_it_was_last(office: Office) -> None:
    insights.published(office)
    case = begun(office)
    judged(office, case, "nee")
    without = BODY.replace("herstellen", "opnieuw_doen")
    insights.published(office, without)
    insights.published(office, BODY.replace("Taak herstellen", "Aanvullen"))
    assert not seen(office).other_steps
    insights.published(office, without)
    [gone] = seen(office).other_steps
    assert (gone.element_id, gone.name, gone.waiting) == ("herstellen", "Aanvullen", 1)
    old = seen(office, publication=1)
    assert {step.name for step in old.other_steps} == {"Taak toetsen", "Aanvullen"}
