"""The guard and the engine agree: whatever is let through compiles, starts and comes to an end."""

from datetime import UTC, datetime, timedelta

import pytest

from service import engine
from tests.unit.engine.guard import snippets as s
from tests.unit.engine.guard.clean import CLEAN

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DECISION = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="tabel"
  name="Tabel" namespace="http://voorbeeld.nl/tabel"><decision id="urgentie" name="urgentie">
  <variable name="urgentie"/><literalExpression><text>"hoog"</text></literalExpression>
  </decision></definitions>"""
VARIABLES = {
    "kenmerk": "MR-1",
    "x": 1,
    "partners": ["zvh", "riec"],
    "signaal": {"omschrijving": "tekst", "wanneer": "2026-03-03T09:00:00+01:00"},
    "routering": {"groepen": ["af-zorg"]},
    "behandelaar": "jan",
    "reactie": "gezien",
    "advies": "ga door",
    "klaar": False,
    "opnieuw": False,
}


def around(now: datetime = NOW) -> engine.Surroundings:
    """The surroundings at a moment."""
    return engine.Surroundings(now=now, gemeente={"normtijden": {"triage": "2wd"}})


def compiled(content: bytes) -> engine.CompiledBundle:
    """The diagram with a process to call and a decision to ask."""
    files = {"proces.bpmn": content}
    if b'id="ander" isExecutable="true"' not in content:
        other = CLEAN["none start and end event"].replace(b'"proces"', b'"ander"')
        files["ander.bpmn"] = other
    return engine.compile_bundle(files, {"urgentie.dmn": DECISION})


def begun(bundle: engine.CompiledBundle) -> engine.Advance:
    """The first step, by the plain start when there is one."""
    xml = bundle.processes["proces"].xml
    if b'<startEvent id="begin" name="Begin"/>' in xml:
        return engine.start(bundle, "proces", variables=VARIABLES, around=around())
    if bundle.processes["proces"].start_signals:
        return engine.start_by_signal(
            bundle, "proces", signal="alarm", payload=VARIABLES, around=around()
        )
    if bundle.processes["proces"].start_timers:
        at = engine.next_timer_start(bundle, "proces", after=NOW, around=around())
        assert at is not None
        return engine.start_by_timer(
            bundle, "proces", element_id=at.element_id, variables=VARIABLES, around=around(at.at)
        )
    return engine.start_by_message(
        bundle, "proces", message="reactie", payload=VARIABLES, around=around()
    )


def next_step(bundle: engine.CompiledBundle, last: engine.Advance, todo: list) -> engine.Advance:
    """Does an open task or job; else lets time pass; else delivers what is waited for."""
    if todo:
        item = todo.pop(0)
        if isinstance(item, engine.OpenedTask):
            return engine.complete_task(
                bundle, last.state, task_id=item.task_id, answers={}, around=around()
            )
        return engine.complete_job(
            bundle, last.state, job_id=item.job_id, result={}, around=around()
        )
    if last.next_due is not None:
        later = around(last.next_due + timedelta(seconds=1))
        return engine.fire_timers(bundle, last.state, around=later)
    if last.waiting_signals:
        return engine.deliver_signal(bundle, last.state, name="alarm", payload={}, around=around())
    waiting = last.waiting_for[0]
    return engine.deliver_message(
        bundle,
        last.state,
        name=waiting.name,
        correlation_key=waiting.correlation_key,
        payload={},
        around=around(),
    )


@pytest.mark.parametrize("construct", sorted(CLEAN))
def test_the_engine_runs_what_the_guard_lets_through(construct: str) -> None:
    bundle = compiled(CLEAN[construct])
    last, todo = begun(bundle), []
    for _ in range(20):
        todo += [*last.opened, *last.jobs]
        if last.ended is not None:
            break
        last = next_step(bundle, last, todo)
    assert last.ended is not None


def test_a_message_on_a_boundary_that_lets_the_step_go_on_fires_every_time() -> None:
    bundle = compiled(CLEAN["non-interrupting boundary message"])
    last = begun(bundle)
    for _ in range(3):
        last = engine.deliver_message(
            bundle,
            last.state,
            name="reactie",
            correlation_key="MR-1",
            payload={},
            around=around(),
        )
        assert [entry.element_id for entry in last.trail if entry.what == "completed"] == [
            "rand",
            "rand_einde",
        ]
        assert last.closed == ()
        assert [waiting.element_id for waiting in last.waiting_for] == ["rand"]


def test_an_escalation_on_a_boundary_that_lets_the_step_go_on_fires_every_time() -> None:
    throws = "".join(
        f'<intermediateThrowEvent id="{key}">{s.ON_ESCALATION}</intermediateThrowEvent>'
        for key in ("een", "twee")
    )
    inside = f'<startEvent id="s_begin"/>{throws}<endEvent id="s_einde"/>' + s.chain(
        "s_begin", "een", "twee", "s_einde"
    )
    event = s.boundary(s.ON_ESCALATION, more='cancelActivity="false"')
    content = s.diagram(s.around(s.sub(inside)) + event, shared=s.ESCALATION)
    last = begun(compiled(content))
    done = [entry.element_id for entry in last.trail if entry.what == "completed"]
    assert done.count("rand") == 2
    assert last.ended is not None
