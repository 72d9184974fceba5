"""Who catches what an event subprocess throws: the guard says what the engine does."""

import pytest

from service.domain.errors import Incident
from service.engine.guard import check_bpmn
from tests.unit.engine import diagrams as d

FAULTS = d.error("eerste", "EERSTE") + d.error("tweede", "TWEEDE")
HELP = d.escalation("hulp", "HULP")


def answering(key: str, event: str, throws: str = "", *, interrupting: bool = True) -> str:
    """An event subprocess that goes straight to an end which may throw."""
    flag = "" if interrupting else ' isInterrupting="false"'
    begin = f'<startEvent id="{key}_begin" name="B"{flag}>{event}</startEvent>'
    inside = begin + d.end(f"{key}_einde", throws) + d.chain(f"{key}_begin", f"{key}_einde")
    return f'<subProcess id="{key}" name="Opvang" triggeredByEvent="true">{inside}</subProcess>'


def codes(content: bytes) -> set[str]:
    return {finding.code for finding in check_bpmn(content, file="p.bpmn")}


IN_TURN = d.bpmn(
    d.START
    + d.end("einde", d.thrown("error", "eerste"))
    + d.chain("begin", "einde")
    + answering("een", d.thrown("error", "eerste"), d.thrown("error", "tweede"))
    + answering("twee", d.thrown("error", "tweede")),
    FAULTS,
)


def test_what_an_interrupting_event_subprocess_throws_is_not_caught_beside_it() -> None:
    assert "error-not-caught" in codes(IN_TURN)
    with pytest.raises(Incident, match="TWEEDE"):
        d.Case(IN_TURN, guarded=False)


def test_what_an_event_subprocess_throws_that_lets_the_rest_go_on_is_caught_beside_it() -> None:
    content = d.bpmn(
        d.START
        + d.throw("vraagt", d.thrown("escalation", "hulp"))
        + d.user("a")
        + d.END
        + d.chain("begin", "vraagt", "a", "einde")
        + answering(
            "een",
            d.thrown("escalation", "hulp"),
            d.thrown("error", "tweede"),
            interrupting=False,
        )
        + answering("twee", d.thrown("error", "tweede")),
        FAULTS + HELP,
    )
    assert "error-not-caught" not in codes(content)
    assert "twee_einde" in d.Case(content).told("completed")


def test_the_edge_of_the_subprocess_around_it_catches_what_it_throws() -> None:
    content = d.bpmn(
        d.START
        + d.sub(
            "deel",
            '<startEvent id="b" name="B"/>'
            + d.end("e", d.thrown("error", "eerste"))
            + d.chain("b", "e")
            + answering("een", d.thrown("error", "eerste"), d.thrown("error", "tweede")),
        )
        + d.boundary("rand", "deel", d.thrown("error", "tweede"))
        + d.END
        + '<endEvent id="anders" name="Anders"/>'
        + d.chain("begin", "deel", "einde")
        + d.chain("rand", "anders"),
        FAULTS,
    )
    assert "error-not-caught" not in codes(content)
    assert d.Case(content).ended == "anders"
