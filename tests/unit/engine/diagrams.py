"""Small diagrams for the tests of the engine, and a case that runs on one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count, pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from service import engine
from service.engine.bundle import _Compiling, _diagram

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=AMSTERDAM)
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'id="diagram" targetNamespace="http://voorbeeld.nl/proces">'
)
START = '<startEvent id="begin" name="Begin"/>'
END = '<endEvent id="einde" name="Einde"/>'
_NUMBERS = count(1)


def bpmn(body: str, extra: str = "", process_id: str = "proces") -> bytes:
    """A file with one process; ``extra`` holds messages, errors and more processes."""
    process = f'<process id="{process_id}" isExecutable="true">{body}</process>'
    return f"{HEAD}{extra}{process}</definitions>".encode()


def process(process_id: str, body: str) -> str:
    """One more process, for ``extra``."""
    return f'<process id="{process_id}" isExecutable="true">{body}</process>'


def flow(source: str, target: str, when: str = "", key: str = "") -> str:
    """A sequence flow, with a condition when one is given."""
    condition = f"<conditionExpression>{when}</conditionExpression>" if when else ""
    key = key or f"pijl_{next(_NUMBERS)}"
    return (
        f'<sequenceFlow id="{key}" name="pijl" sourceRef="{source}" '
        f'targetRef="{target}">{condition}</sequenceFlow>'
    )


def chain(*nodes: str) -> str:
    """Flows from each node to the next."""
    return "".join(flow(a, b) for a, b in pairwise(nodes))


def ext(content: str) -> str:
    """Extension elements around zeebe settings."""
    return f"<extensionElements>{content}</extensionElements>" if content else ""


def user(key: str, settings: str = "", inner: str = "") -> str:
    """A user task."""
    return f'<userTask id="{key}" name="Taak {key}">{ext(settings)}{inner}</userTask>'


def script(key: str, expression: str, result: str) -> str:
    """A script task."""
    settings = f'<zeebe:script expression="={expression}" resultVariable="{result}"/>'
    return f'<scriptTask id="{key}" name="Reken {key}">{ext(settings)}</scriptTask>'


def job(key: str, kind: str = "registreren", settings: str = "", inner: str = "") -> str:
    """A service task with a type of job."""
    settings = f'<zeebe:taskDefinition type="{kind}"/>{settings}'
    return f'<serviceTask id="{key}" name="Werk {key}">{ext(settings)}{inner}</serviceTask>'


def call(key: str, process_id: str, mapping: str = "", flags: str = "") -> str:
    """A call activity."""
    settings = f'<zeebe:calledElement processId="{process_id}" {flags}/>{mapping}'
    return f'<callActivity id="{key}" name="Roep {key} aan">{ext(settings)}</callActivity>'


def sub(key: str, body: str, inner: str = "") -> str:
    """An embedded subprocess; ``body`` includes its own start and end."""
    return f'<subProcess id="{key}" name="Deel {key}">{inner}{body}</subProcess>'


def handler(key: str, event: str, body: str = "", *, interrupting: bool = True) -> str:
    """An event subprocess: its start, ``body`` as a chain of (id, xml), and its end."""
    flag = "" if interrupting else ' isInterrupting="false"'
    inside = body or user(f"{key}_taak")
    return (
        f'<subProcess id="{key}" name="Opvang {key}" triggeredByEvent="true">'
        f'<startEvent id="{key}_begin" name="B"{flag}>{event}</startEvent>{inside}'
        f'<endEvent id="{key}_einde" name="E"/>'
        + (chain(f"{key}_begin", f"{key}_taak", f"{key}_einde"))
        + "</subProcess>"
    )


def condition(text: str) -> str:
    """Waits for a condition to become true."""
    return f"<conditionalEventDefinition><condition>{text}</condition></conditionalEventDefinition>"


def gateway(kind: str, key: str, default: str = "") -> str:
    """A gateway; ``kind`` without "Gateway"."""
    default = f' default="{default}"' if default else ""
    return f'<{kind}Gateway id="{key}" name="Vraag {key}?"{default}/>'


def boundary(key: str, host: str, event: str, *, interrupting: bool = True) -> str:
    """An event on the edge of an activity."""
    cancel = "true" if interrupting else "false"
    return (
        f'<boundaryEvent id="{key}" name="Rand {key}" attachedToRef="{host}" '
        f'cancelActivity="{cancel}">{event}</boundaryEvent>'
    )


def catch(key: str, event: str) -> str:
    """An intermediate event that is waited for."""
    return f'<intermediateCatchEvent id="{key}" name="{key}">{event}</intermediateCatchEvent>'


def timer(text: str, kind: str = "timeDuration") -> str:
    """A timer."""
    return f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"


def end(key: str, event: str) -> str:
    """An end event that does something."""
    return f'<endEvent id="{key}" name="{key}">{event}</endEvent>'


def message(key: str, name: str, correlation: str = "") -> str:
    """A message, for ``extra``."""
    settings = f'<zeebe:subscription correlationKey="{correlation}"/>' if correlation else ""
    return f'<message id="{key}" name="{name}">{ext(settings)}</message>'


def on_message(key: str) -> str:
    """Waits for, or sends, a message."""
    return f'<messageEventDefinition messageRef="{key}"/>'


def on_signal(key: str) -> str:
    """Waits for, or throws, a signal."""
    return f'<signalEventDefinition signalRef="{key}"/>'


def throw(key: str, event: str) -> str:
    """An intermediate event that throws."""
    return f'<intermediateThrowEvent id="{key}" name="{key}">{event}</intermediateThrowEvent>'


def thrown(kind: str, key: str = "") -> str:
    """An error or escalation."""
    reference = f' {kind}Ref="{key}"' if key else ""
    return f"<{kind}EventDefinition{reference}/>"


def error(key: str, code: str) -> str:
    """An error, for ``extra``."""
    return f'<error id="{key}" name="{key}" errorCode="{code}"/>'


def escalation(key: str, code: str) -> str:
    """An escalation, for ``extra``."""
    return f'<escalation id="{key}" name="{key}" escalationCode="{code}"/>'


def io(inputs: Mapping[str, str] = {}, outputs: Mapping[str, str] = {}) -> str:
    """Input and output mappings, target to source."""
    made = [f'<zeebe:input source="{s}" target="{t}"/>' for t, s in inputs.items()]
    made += [f'<zeebe:output source="{s}" target="{t}"/>' for t, s in outputs.items()]
    return f"<zeebe:ioMapping>{''.join(made)}</zeebe:ioMapping>"


def many(attributes: str, *, sequential: bool = False, enough: str = "") -> str:
    """Multi-instance."""
    condition = f"<completionCondition>{enough}</completionCondition>" if enough else ""
    return (
        f'<multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">'
        f"{ext(f'<zeebe:loopCharacteristics {attributes}/>')}{condition}"
        "</multiInstanceLoopCharacteristics>"
    )


def unguarded(files: Mapping[str, bytes]) -> engine.CompiledBundle:
    """A bundle of diagrams that the guard refuses."""
    compiling = _Compiling()
    for file, content in files.items():
        compiling.add(_diagram(content, file))
    assert not compiling.findings
    return compiling.bundle()


class Case:
    """A case on its way: keeps the state between steps as bytes, as the product does."""

    def __init__(
        self,
        *files: bytes,
        variables: Mapping[str, Any] = {},
        process_id: str = "proces",
        decisions: Mapping[str, bytes] = {},
        gemeente: Mapping[str, Any] = {},
        guarded: bool = True,
    ) -> None:
        """Starts at once; without the guard to prove what would happen in spite of it."""
        named = {f"bestand{index}.bpmn": content for index, content in enumerate(files)}
        if guarded:
            self.bundle = engine.compile_bundle(named, decisions)
        else:
            self.bundle = unguarded(named)
        self.around = engine.Surroundings(now=NOW, gemeente=gemeente)
        self.tasks: dict[UUID, engine.OpenedTask] = {}
        self.jobs: dict[UUID, engine.JobRequest] = {}
        self.trail: list[engine.TrailEntry] = []
        self.take(engine.start(self.bundle, process_id, variables=variables, around=self.around))

    def take(self, advance: engine.Advance) -> engine.Advance:
        """Remembers a step."""
        self.last = advance
        for closed in advance.closed:
            del self.tasks[closed.task_id]
        for job_id in advance.cancelled_jobs:
            del self.jobs[job_id]
        self.tasks |= {task.task_id: task for task in advance.opened}
        self.jobs |= {task.job_id: task for task in advance.jobs}
        self.trail += advance.trail
        return advance

    @property
    def open(self) -> list[str]:
        """The ids of the open user tasks, sorted."""
        return sorted(task.element_id for task in self.tasks.values())

    @property
    def ended(self) -> str | None:
        """The end event, when the case has ended."""
        return self.last.ended.element_id if self.last.ended else None

    @property
    def variables(self) -> Mapping[str, Any]:
        """The variables of the case."""
        return self.last.variables

    def task(self, element_id: str) -> engine.OpenedTask:
        """The first open task of an element."""
        return next(task for task in self.tasks.values() if task.element_id == element_id)

    def complete(self, element_id: str, **answers: Any) -> engine.Advance:
        """Completes the first open task of an element."""
        return self.take(
            engine.complete_task(
                self.bundle,
                self.last.state,
                task_id=self.task(element_id).task_id,
                answers=answers,
                around=self.around,
            )
        )

    def job(self, element_id: str) -> engine.JobRequest:
        """The first waiting job of an element."""
        return next(job for job in self.jobs.values() if job.element_id == element_id)

    def finish(self, element_id: str, **result: Any) -> engine.Advance:
        """Completes a job."""
        job_id = self.job(element_id).job_id
        advance = engine.complete_job(
            self.bundle, self.last.state, job_id=job_id, result=result, around=self.around
        )
        del self.jobs[job_id]
        return self.take(advance)

    def fail(self, element_id: str, code: str) -> engine.Advance:
        """Throws an error from a job."""
        return self.take(
            engine.throw_error_from_job(
                self.bundle,
                self.last.state,
                job_id=self.job(element_id).job_id,
                code=code,
                around=self.around,
            )
        )

    def deliver(self, name: str, key: str | None = None, **payload: Any) -> engine.Advance:
        """Delivers a message."""
        return self.take(
            engine.deliver_message(
                self.bundle,
                self.last.state,
                name=name,
                correlation_key=key,
                payload=payload,
                around=self.around,
            )
        )

    def signal(self, name: str, **payload: Any) -> engine.Advance:
        """Lets the case hear a signal."""
        return self.take(
            engine.deliver_signal(
                self.bundle, self.last.state, name=name, payload=payload, around=self.around
            )
        )

    def wait(self, time: timedelta) -> engine.Advance:
        """Lets time pass, then fires what is due."""
        self.around = replace(self.around, now=self.around.now + time)
        return self.take(engine.fire_timers(self.bundle, self.last.state, around=self.around))

    def told(self, what: str) -> list[str]:
        """The ids in the trail of what was entered, completed, cancelled or taken."""
        return [entry.element_id for entry in self.trail if entry.what == what]
