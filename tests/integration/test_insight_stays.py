"""How long cases stand where nobody works: at a wait, in a called process, at a race of events."""

import pytest

from tests.integration import drawn, insights
from tests.integration.conftest import Office
from tests.integration.insights import at, begun, path, seen, step
from tests.integration.stays import BODY, CALLED, forget, through
from tests.unit.engine.diagrams import (
    END,
    START,
    catch,
    chain,
    flow,
    gateway,
    message,
    on_message,
    timer,
)


def test_a_wait_and_a_called_process_are_timed_by_the_clock(office: Office) -> None:
    drawn.publish_process(office, BODY, extra=CALLED)
    for days in (1, 3):
        through(office, days=days)
    shown = seen(office)
    wait, called = step(shown, "pauze"), step(shown, "roep")
    assert (wait.done, wait.done_cases, wait.timed, wait.unit) == (2, 2, 2, "clock")
    assert (wait.median, wait.p90, wait.median_hours) == (49, 49, 49)
    assert called.median == pytest.approx(48), "of one and three days"
    assert called.p90 == pytest.approx(24 + 0.9 * 48)


def test_what_was_not_noted_is_unknown_and_no_zero(office: Office) -> None:
    drawn.publish_process(office, BODY, extra=CALLED)
    forget(office, through(office, days=1))
    found = step(seen(office), "roep")
    assert (found.done, found.timed, found.median, found.p90) == (1, 0, None, None)
    through(office, days=3)
    found = step(seen(office), "roep")
    assert (found.done, found.timed, found.median) == (2, 1, 72), "of the one that is known"


def test_times_of_few_cases_are_hidden_however_many_were_there(office: Office) -> None:
    """Twelve cases of which four are known: their times are those of four."""
    drawn.publish_process(office, BODY, extra=CALLED)
    references = [through(office, days=1) for _ in range(12)]
    for reference in references[:8]:
        forget(office, reference)
    found = step(seen(office, by="af-zorg"), "roep")
    assert (found.done, found.timed, found.median, found.p90_hours) == (10, None, None, None)
    assert step(seen(office), "roep").median == 24


def test_a_choice_of_events_is_waited_at_and_its_events_are_paths(office: Office) -> None:
    body = (
        START
        + gateway("eventBased", "wat_eerst")
        + catch("antwoord", on_message("m"))
        + catch("te_lang", timer("P3D"))
        + END
        + chain("begin", "wat_eerst")
        + flow("wat_eerst", "antwoord", key="naar_antwoord")
        + flow("wat_eerst", "te_lang", key="naar_te_lang")
        + chain("antwoord", "einde")
        + chain("te_lang", "einde")
    )
    drawn.publish_process(office, body, extra=message("m", "antwoord"))
    begun(office)
    at(office, 5, 10, 30)
    shown = seen(office)
    assert step(shown, "wat_eerst").median == 73
    assert [one.element_id for one in shown.steps] == ["wat_eerst"]
    assert (path(shown, "naar_te_lang").share, path(shown, "naar_antwoord").share) == (100, 0)


def test_what_left_the_diagram_is_called_what_it_was_called_in_the_last_one_that_had_it(
    office: Office,
) -> None:
    """Also when two publications have passed since, and what followed it was renamed before."""
    insights.published(office)
    case = begun(office)
    insights.judged(office, case, "nee")
    insights.repaired(office, case)
    insights.published(office, insights.BODY.replace("Taak herstellen", "Taak nog eens"))
    for name in ("opnieuw", "weer"):
        body = insights.BODY.replace("herstellen", name).replace('"nee"', f'"nee_{name}"')
        insights.published(office, body)
    shown = seen(office)
    assert [(one.element_id, one.name, one.type, one.done) for one in shown.other_steps] == [
        ("herstellen", "Taak nog eens", "userTask", 1)
    ]
    found = {one.element_id: one for one in shown.other_paths}
    assert (found["nee"].name, found["nee"].source, found["nee"].target) == (
        "pijl",
        "Vraag akkoord?",
        "Taak nog eens",
    )
    assert found["nee"].times == 1
