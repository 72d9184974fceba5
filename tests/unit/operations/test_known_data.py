"""What a bundle says about its own data reaches the guard."""

import pytest

from service.operations.bundle_files import read_bundled
from service.operations.check_bundle import check_bundle
from service.operations.known_data import decision_inputs, form_fields, inputs
from service.operations.service_tasks import HANDLERS, OUTPUTS
from tests.pace import costs_at_most

BUNDLE = read_bundled("midden-delfland")
TRACKS = "processes/sporen_uitvoeren/sporen_uitvoeren.bpmn"
FOLLOW_UP = "forms/sporen_uitvoeren/opvolgen.form"
TRIAGE = "forms/meldroute_signaal/triage.form"
DATA = {"variable-never-written", "variable-written-later"}


def changed(path: str, old: bytes, new: bytes) -> dict[str, bytes]:
    """The bundle with one word changed everywhere in one file."""
    assert old in BUNDLE[path]
    return {**BUNDLE, path: BUNDLE[path].replace(old, new)}


def test_the_bundle_of_the_house_has_no_finding_and_is_checked_quickly() -> None:
    with costs_at_most(5):
        assert [str(finding) for finding in check_bundle(BUNDLE)] == []


def test_a_mistyped_answer_in_a_condition_is_found_with_a_suggestion() -> None:
    findings = check_bundle(
        changed(TRACKS, b'=opvolging.status = "klaar"', b'=opvolging.statis = "klaar"')
    )
    (finding,) = (found for found in findings if found.code in DATA)
    assert finding.file == TRACKS
    assert "Bedoelt u ‘opvolging.status’?" in finding.way_out


def test_an_answer_that_a_form_no_longer_asks_is_missed_where_it_is_read() -> None:
    findings = check_bundle(changed(FOLLOW_UP, b'"opvolging.status"', b'"opvolging.elders"'))
    assert {found.element_id for found in findings if found.code in DATA} == {
        "hoe_staat_de_casus_ervoor__alles_is_klaar"
    }


def test_a_called_process_begins_with_what_it_is_handed() -> None:
    assert inputs(BUNDLE)["signaal_doorverwijzen"] == {
        "registratie",
        "routering",
        "signaal",
        "triage",
    }
    assert inputs(BUNDLE)["meldroute_signaal"] == {"registratie"}


@pytest.mark.parametrize("broken", [b"", b"{", b"[]"])
def test_a_form_that_cannot_be_read_may_fill_anything(broken: bytes) -> None:
    bundle = {**BUNDLE, TRIAGE: broken}
    assert form_fields(bundle)["meldroute_signaal"]["triage"] is None
    assert not {found.code for found in check_bundle(bundle)} & DATA


def test_decisions_read_their_columns() -> None:
    assert "beoordeling.oordeel" in decision_inputs(BUNDLE)["route"]


def test_every_handler_says_what_it_sets() -> None:
    assert set(OUTPUTS) == set(HANDLERS)
