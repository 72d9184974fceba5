"""A model of a bundle may import one that lies anywhere in the same bundle."""

from pathlib import Path
from uuid import uuid4

from service.domain.findings import errors_of
from service.operations import bundle_files
from service.operations.check_bundle import check_bundle
from service.operations.known_data import decision_inputs
from service.operations.published import compile_files

MODELS = Path(__file__).parents[1] / "dmn" / "models"
READER, SHARED = "processes/los/termijn.dmn", "processes/gedeeld/normen.dmn"
BUNDLE = bundle_files.read_bundled("midden-delfland") | {
    READER: (MODELS / "termijn.dmn").read_bytes(),
    SHARED: (MODELS / "normen.dmn").read_bytes(),
}


def test_what_is_imported_is_found_in_another_folder() -> None:
    assert errors_of(check_bundle(BUNDLE)) == []
    assert compile_files(BUNDLE, id=uuid4(), number=1)


def test_a_bundle_without_what_is_imported_is_refused() -> None:
    without = {path: body for path, body in BUNDLE.items() if path != SHARED}
    (finding,) = errors_of(check_bundle(without))
    assert (finding.code, finding.file) == ("unknown-import", READER)
    assert "normen" in finding.reason


def test_what_a_model_imports_is_not_asked_of_the_case() -> None:
    table = (
        b'<decision id="keuze" name="Keuze"><decisionTable id="t"><input><inputExpression><text>'
        b"normen.urgentie</text></inputExpression></input><output/></decisionTable></decision>"
    )
    body = BUNDLE[READER].replace(b"</definitions>", table + b"</definitions>")

    assert decision_inputs({READER: body})["keuze"] == frozenset()
