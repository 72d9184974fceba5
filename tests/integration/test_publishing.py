"""Publishing is whole or not at all, and never touches a case that runs."""

import pytest
from sqlalchemy import func, select

from service.domain.errors import Refused
from service.operations import bundle_files
from service.operations.publish import publish
from service.storage import Municipality, Publication
from tests.integration import drawn, steps
from tests.integration.conftest import DEMO, Office
from tests.integration.drawn import FOR_CARE
from tests.unit.engine.diagrams import (
    END,
    START,
    boundary,
    call,
    catch,
    chain,
    end,
    error,
    job,
    thrown,
    timer,
    user,
)

GOOD = START + user("doen", FOR_CARE) + END + chain("begin", "doen", "einde")
LONGER = (
    START
    + user("doen", FOR_CARE)
    + user("meer", FOR_CARE)
    + END
    + chain("begin", "doen", "meer", "einde")
)
DIAGRAM = "processes/meldroute_signaal/meldroute_signaal.bpmn"


def published(office: Office) -> tuple[int, object]:
    with office.application.sessions() as session:
        count = session.scalar(select(func.count()).select_from(Publication))
        current = session.scalar(select(Municipality.publication_id).where(Municipality.id == DEMO))
        return count or 0, current


def refusal(office: Office, **changed: bytes | None) -> list[str]:
    """The codes for which a bundle with these files changed (or gone) is refused."""
    content = bundle_files.read_bundled(DEMO)
    for path, body in changed.items():
        content.pop(path, None)
        if body is not None:
            content[path] = body
    with pytest.raises(Refused) as refused, office.application.sessions.begin() as session:
        publish(session, content=content, published_by="x", reason="x", now=office.clock())
    return sorted({finding.code for finding in refused.value.findings})


BAD = {
    "a step without a way on": {
        DIAGRAM: bundle_files.read_bundled(DEMO)[DIAGRAM].replace(
            b'targetRef="triage"', b'targetRef="weg"'
        )
    },
    "a form that is gone": {"forms/meldroute_signaal/triage.form": None},
    "a form that cannot be read": {"forms/meldroute_signaal/triage.form": b"{"},
    "a table that is gone": {"processes/meldroute_signaal/urgentie.dmn": None},
    "a diagram that cannot be read": {DIAGRAM: b"<a"},
    "a profile that is gone": {bundle_files.PROFILE: None},
    "a profile that cannot be read": {bundle_files.PROFILE: b"id = "},
    "a service task that nobody executes": {
        "processes/proces/proces.bpmn": drawn.bpmn(
            START + job("werk", "onbekend_werk") + END + chain("begin", "werk", "einde")
        )
    },
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bundle_with_a_fault_publishes_nothing(office: Office, fault: str) -> None:
    before = published(office)
    assert refusal(office, **BAD[fault])
    assert published(office) == before
    office.report()


def test_the_same_bundle_twice_is_one_publication(office: Office) -> None:
    first = drawn.publish_process(office, GOOD)
    before = published(office)
    again = drawn.publish_process(office, GOOD)
    assert (first.changed, again.changed) == (True, False)
    assert (again.id, again.number) == (first.id, first.number)
    assert published(office) == before


def test_going_back_to_an_earlier_bundle_is_a_new_publication(office: Office) -> None:
    first = drawn.publish_files(office, {"processes/proces/proces.bpmn": drawn.bpmn(GOOD)})
    drawn.publish_files(office, {"processes/proces/proces.bpmn": drawn.bpmn(LONGER)})
    back = drawn.publish_files(office, {"processes/proces/proces.bpmn": drawn.bpmn(GOOD)})
    assert (back.changed, back.number) == (True, first.number + 2)


def test_a_running_case_stays_on_what_it_started_with(office: Office) -> None:
    drawn.publish_process(office, GOOD)
    old = drawn.begun(office)
    drawn.publish_process(office, LONGER)
    new = drawn.begun(office)
    for case in (old, new):
        office.complete("af-zorg", drawn.open_task(office, case, "doen"))
    assert office.instance(old.reference).status == "completed"
    assert office.open_tasks(new.reference) == ["meer"]
    assert office.instance(old.reference).publication_id == old.publication_id


def test_a_running_signal_keeps_its_form_and_its_norm_times(office: Office) -> None:
    reference = office.report().reference
    content = bundle_files.read_bundled(DEMO)
    profile = (
        content[bundle_files.PROFILE].decode().replace('verrijken = "5wd"', 'verrijken = "1wd"')
    )
    drawn.publish_files(office, {bundle_files.PROFILE: profile.encode()})
    steps.triaged(office)
    assert office.open_tasks(reference) == ["verrijken"]
    due = office.inbox("af-zorg")["verrijken"].due_at
    assert due is not None
    assert (due - office.clock()).days == 7, "five working days, as it was"


THROWS = START + end("einde", thrown("error", "weg")) + chain("begin", "einde")


def calling(catches: str) -> bytes:
    """A process whose call catches this error."""
    body = START + call("roep", "kind") + END + '<endEvent id="anders" name="Anders"/>'
    body += boundary("rand", "roep", thrown("error", "op"))
    flows = chain("begin", "roep", "einde") + chain("rand", "anders")
    return drawn.bpmn(body + flows, error("op", catches))


def test_an_error_of_a_called_process_is_caught_in_the_file_that_calls_it(office: Office) -> None:
    thrower = {"processes/kind/kind.bpmn": drawn.bpmn(THROWS, error("weg", "WEG"), "kind")}
    drawn.publish_files(office, {**thrower, "processes/proces/proces.bpmn": calling("WEG")})
    assert office.instance(drawn.begun(office).reference).status == "completed"


def test_an_error_of_a_called_process_that_nobody_catches_is_refused(office: Office) -> None:
    thrower = {"processes/kind/kind.bpmn": drawn.bpmn(THROWS, error("weg", "WEG"), "kind")}
    wrong = {**thrower, "processes/proces/proces.bpmn": calling("ANDERS")}
    assert "error-not-caught" in refusal(office, **wrong)


def test_a_timer_at_a_moment_that_is_over_is_said_at_publication(office: Office) -> None:
    body = START + catch("wacht", timer("2020-01-01T09:00:00+01:00", "timeDate")) + END
    result = drawn.publish_process(office, body + chain("begin", "wacht", "einde"))
    assert [(f.code, f.element_id) for f in result.warnings if f.code == "timer-in-past"] == [
        ("timer-in-past", "wacht")
    ]
    later = body.replace("2020", "2120") + chain("begin", "wacht", "einde")
    result = drawn.publish_process(office, later)
    assert "timer-in-past" not in {finding.code for finding in result.warnings}
