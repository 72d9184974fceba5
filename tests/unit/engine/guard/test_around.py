"""What lies around a diagram counts as far as the diagram names it."""

from datetime import UTC, datetime

import pytest

from service.engine.guard import Known, check, check_bpmn
from tests.unit.engine.diagrams import END, START, bpmn, chain, user

FOR = '<zeebe:assignmentDefinition candidateGroups="{}"/>'


def drawn(role: str) -> bytes:
    return bpmn(START + user("stap", FOR.format(role)) + END + chain("begin", "stap", "einde"))


def codes(content: bytes, *roles: str) -> set[str]:
    return {found.code for found in check_bpmn(content, file="a", known=_known(*roles))}


def test_a_role_counts_when_it_is_there() -> None:
    assert "unknown-role" in codes(drawn("af-zorg"), "oov")
    assert "unknown-role" not in codes(drawn("af-zorg"), "oov", "af-zorg")


@pytest.mark.parametrize("spelled", ["&#97;f-zorg", "&#x61;f-zorg"])
def test_a_role_counts_however_it_is_spelled(spelled: str) -> None:
    assert "unknown-role" not in codes(drawn(spelled), "af-zorg")


@pytest.mark.parametrize("role", ["zorg & veiligheid", "zörg", "zorg/2"])
def test_a_role_of_other_letters_counts(role: str) -> None:
    assert "unknown-role" not in codes(drawn(role.replace("&", "&amp;")), role)


def test_what_a_diagram_does_not_name_has_it_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    content, read = drawn("af-zorg-eenmaal"), []
    monkeypatch.setattr(
        check, "read_xml", lambda body, file: read.append(file) or _read(body, file=file)
    )
    before = check_bpmn(content, file="a", known=_known("af-zorg-eenmaal"))
    more = _known("af-zorg-eenmaal", "een-andere-rol", processes={"een_ander_proces"})
    assert check_bpmn(content, file="a", known=more) == before
    assert read == ["a"]


def test_a_day_that_may_have_passed_has_it_judged_again() -> None:
    known = Known(now=datetime(2026, 3, 2, tzinfo=UTC))
    assert check._Around.of(known, b"<a/>").known.now is None
    assert check._Around.of(known, b"<a>2026-03-01</a>").known.now == known.now


def _known(*roles: str, processes: set[str] | None = None) -> Known:
    return Known(roles=frozenset(roles), processes=frozenset(processes or ()))


_read = check.read_xml
