"""What the editors of a draft offer to choose from."""

from uuid import UUID

import pytest

from service.domain.errors import NotFound
from service.operations.studio.choices import Choices, choices_for
from service.operations.studio.draft_files import ToSave, save_file
from service.operations.studio.drafts import open_draft
from tests.integration.conftest import Office

OWNER = "functioneel-beheer"
DIAGRAM = "processes/meldroute_signaal/meldroute_signaal.bpmn"


@pytest.fixture
def draft(office: Office) -> UUID:
    with office.application.sessions.begin() as session:
        return open_draft(
            session,
            office.application.collaborators,
            title="Keuzes",
            actor=office.person(OWNER),
            now=office.clock(),
        )


def choices(office: Office, draft: UUID, path: str = DIAGRAM, who: str = OWNER) -> Choices:
    with office.application.sessions() as session:
        return choices_for(
            session,
            office.application.collaborators,
            draft_id=draft,
            path=path,
            actor=office.person(who),
        )


def save(office: Office, draft: UUID, path: str, content: bytes) -> None:
    with office.application.sessions.begin() as session:
        save_file(
            session,
            office.application.collaborators,
            draft_id=draft,
            file=ToSave(path=path, content=content, revision=0),
            actor=office.person(OWNER),
            now=office.clock(),
        )


def test_everything_a_diagram_can_name_is_there_with_its_name(office: Office, draft: UUID) -> None:
    found = choices(office, draft)
    assert {"af-zorg", "melder", "oov"} <= {role.id for role in found.roles}
    assert {"signaal_indienen", "triage", "aanvulling_geven"} <= {form.id for form in found.forms}
    assert "actiepunt_uitvoeren" not in {form.id for form in found.forms}
    assert "triage.bruikbaar" in next(f for f in found.forms if f.id == "triage").outputs
    assert "signaal_koppelen" in {kind.id for kind in found.job_types}
    assert "aanvulling_melder" in found.messages
    [urgency] = [one for one in found.decisions if one.id == "urgentie"]
    assert urgency.path == "processes/meldroute_signaal/urgentie.dmn"
    assert urgency.inputs
    [routing] = [one for one in found.decisions if one.id == "routering_af"]
    assert "groepen" in routing.outputs
    [danger] = [one for one in found.processes if one.id == "acuut_gevaar"]
    assert {"signaal", "registratie"} <= set(danger.inputs)


def test_a_norm_time_is_said_in_words(office: Office, draft: UUID) -> None:
    norms = {norm.id: norm for norm in choices(office, draft).norms}
    assert (norms["triage"].value, norms["triage"].words) == ("2wd", "2 werkdagen")


def test_a_variable_tells_who_fills_it(office: Office, draft: UUID) -> None:
    variables = choices(office, draft).variables
    found = {one.path: one for one in variables if not one.local}
    assert found["triage.bruikbaar"].element == "triage"
    assert found["triage.bruikbaar"].about.endswith("gevuld in stap ‘Triage’.")
    writers = {one.element for one in variables if one.path == "voorstel_urgentie"}
    assert {"urgentie_voorstellen", "urgentie_overnemen"} <= writers
    assert found["registratie"].element is None
    assert found["registratie.ontvangen_op"].element == "signaal_registreren"
    assert found["gemeente.normtijden.triage"].about == "Profiel van de gemeente: nu 2wd."


def test_the_functions_of_the_municipality_are_explained(office: Office, draft: UUID) -> None:
    calls = {call.name: call for call in choices(office, draft).functions}
    assert calls["na_normtijd"].parameters == ("moment", "norm")
    assert "2wd" in calls["na_normtijd"].about
    assert "list contains" in calls


def test_only_the_step_itself_reads_what_it_is_handed(office: Office, draft: UUID) -> None:
    found = choices(office, draft).variables
    assert [one.element for one in found if one.path == "moment" and one.local]


def test_a_form_reads_what_other_steps_fill_and_its_own_step_is_handed(
    office: Office, draft: UUID
) -> None:
    found = choices(office, draft, "forms/meldroute_signaal/triage.form").variables
    paths = {one.path for one in found}
    assert {"registratie.kenmerk", "voorstel_urgentie", "gemeente.normtijden.triage"} <= paths
    assert {one.element for one in found if one.local} <= {"triage"}
    assert not [one.path for one in found if one.element == "triage" and not one.local]


def test_what_a_draft_adds_can_be_chosen_at_once(office: Office, draft: UUID) -> None:
    body = b'{"type": "default", "id": "nieuw", "title": "Nieuw formulier", "components": []}'
    assert "nieuw" not in {form.id for form in choices(office, draft).forms}
    save(office, draft, "forms/meldroute_signaal/nieuw.form", body)
    assert "nieuw" in {form.id for form in choices(office, draft).forms}


def test_a_diagram_or_profile_that_cannot_be_read_still_leaves_the_rest_to_choose(
    office: Office, draft: UUID
) -> None:
    save(office, draft, "gemeente.toml", b'id = "midden-delfland"\n')
    found = choices(office, draft)
    assert found.roles == () == found.norms
    assert {form.id for form in found.forms} >= {"triage"}


def test_who_owns_no_processes_finds_nothing(office: Office, draft: UUID) -> None:
    with pytest.raises(NotFound):
        choices(office, draft, who="oov")


def test_a_file_that_is_not_there_has_no_choices(office: Office, draft: UUID) -> None:
    with pytest.raises(NotFound, match="staat niet in dit concept"):
        choices(office, draft, path="processes/weg/weg.bpmn")
