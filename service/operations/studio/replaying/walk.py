"""Walks a recorded case through a bundle, in memory, at the moments at which things happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from service import engine, feel
from service.domain.errors import Incident, MeldrouteError
from service.operations.in_memory import CaseInMemory
from service.operations.published import Published
from service.operations.service_tasks import OUTPUTS
from service.operations.studio.replaying.answers import answers_for
from service.operations.studio.replaying.recorded import Input, Recorded, Unplayable

MAX_STEPS: Final = 2_000
"""Steps of one walk; more is a process that never ends."""
_SWEEP: Final = timedelta(hours=1)
"""A timer that fired within this time after its moment fired when the worker came by."""
_TOLD: Final = frozenset({"businessRuleTask", "endEvent", "callActivity"})
Names = Mapping[tuple[str, str], str]


@dataclass(frozen=True, kw_only=True)
class Walked:
    """What came of it."""

    ended: str | None
    """The end; None when it did not come there."""
    at: datetime
    stuck: tuple[str, ...] = ()
    """The names of the steps for which nothing was recorded."""
    halted: str = ""
    """The name of the step at which it would have become an incident."""
    steps: tuple[str, ...] = ()
    """The names of tasks, decisions and ends, in the order in which they were done."""
    done: tuple[tuple[str, str], ...] = ()
    """Every element that was completed, sorted."""
    decided: tuple[tuple[str, bytes], ...] = ()
    """Each decision that was taken: name, and its outcome only to be compared."""


@dataclass(frozen=True, kw_only=True)
class _Listening(engine.CompiledBundle):
    """A bundle that remembers what its decisions said, in called processes too."""

    decided: list[tuple[str, bytes]] = field(default_factory=list)

    def decide(self, decision_id: str, scope: Mapping[str, Any], env: feel.Environment) -> Any:
        """The outcome of a decision."""
        outcome = super().decide(decision_id, scope, env)
        self.decided.append((decision_id, engine.dump_values(outcome.value)))
        return outcome


@dataclass(kw_only=True)
class Walk(CaseInMemory):
    """One case on its way."""

    own: Published
    """What it ran on."""
    case: Recorded
    renamed: Names
    """Where the elements of its own publication went, as far as they have another id."""
    pool: list[Input] = field(default_factory=list)
    """What has been put in and waits for its place."""
    ahead: list[Input] = field(default_factory=list)
    mail: list[engine.MessageOut] = field(default_factory=list)
    """Messages of the case to itself that its history does not tell of."""
    decided: list[tuple[str, bytes]]
    taken: int = 0

    @classmethod
    def of(cls, case: Recorded, here: Published, *, own: Published, renamed: Names) -> "Walk":
        """A case at its beginning, to be walked through ``here``; its decisions are listened to."""
        bundle = _Listening(**vars(here.bundle))
        return cls(
            published=replace(here, bundle=bundle),
            now=case.beginning.at,
            own=own,
            case=case,
            renamed=renamed,
            ahead=list(case.inputs),
            decided=bundle.decided,
        )

    def go(self) -> Walked:
        """Walks the whole way.

        Raises:
            Unplayable: something that this bundle asks was never recorded.
        """
        try:
            self._begin()
            self._follow()
        except Incident as incident:
            return self._told(halted=self._name_of(incident.element_id))
        except Unplayable:
            raise
        except MeldrouteError as error:
            raise Unplayable(
                "een stap is in dit concept niet te doen zoals hij is gedaan"
            ) from error
        return self._told()

    def _follow(self) -> None:
        """Puts in what was put in, each at its moment."""
        self._use()
        while self.ahead and not self.last.ended:
            told = self.ahead.pop(0)
            self._pass_time(told.at, including=told.kind == "time")
            if self.last.ended or told.kind == "time":
                continue
            self.now = told.at
            self.pool.append(told)
            self._use()
        self._pass_time(self.case.ended_at, including=True)
        while not (self.last.ended or self.tasks or self.jobs) and self.last.next_due is not None:
            self._pass_time(self.last.next_due, including=True)  # It waits longer than it did.

    def _begin(self) -> None:
        how, process_id = self.case.beginning, self.case.process_id
        if process_id not in self.bundle.processes:
            raise Unplayable("het proces bestaat niet meer")
        try:
            if how.message is not None:
                self.start_by(process_id, how.message, how.payload, how.variables)
            else:
                timer = self._place(process_id, how.timer)[1] if how.timer else None
                self.start(process_id, how.variables, timer=timer)
        except Incident:
            raise
        except MeldrouteError as error:
            raise Unplayable("het proces begint op een andere manier") from error

    def _pass_time(self, until: datetime, *, including: bool) -> None:
        """Fires what is due before then, each when the worker came by or at its own moment."""
        while not self.last.ended and (due := self.last.next_due) is not None:
            moment = self._sweep_after(due)
            if moment > until or (moment == until and not including):
                return
            self.now = max(self.now, moment)
            self.fire()
            self._use()

    def _sweep_after(self, due: datetime) -> datetime:
        sweeps = (told.at for told in self.case.inputs if told.kind == "time")
        return next((at for at in sweeps if due <= at <= due + _SWEEP), due)

    def _use(self) -> None:
        """Gives everything in the pool that has a place now its place."""
        while not self.last.ended:
            if self.mail:
                message = self.mail.pop(0)
                self.hear(message.name, message.correlation_key, message.payload)
                continue
            found = next((told for told in self.pool if self._fits(told)), None)
            if found is not None:
                self.pool.remove(found)
                self._put_in(found)
            elif job := self._never_told():
                self.finish(job, self._as_at_the_end(job))
            else:
                break
        self.pool = [told for told in self.pool if told.kind in ("task", "job")]

    def _fits(self, told: Input) -> bool:
        match told.kind:
            case "task":
                return self._task_for(told) is not None
            case "job":
                return self._job_for(told) is not None
            case "message":
                return any(s.name == told.name for s in self.last.waiting_for)
            case _:
                return any(s.name == told.name for s in self.last.waiting_signals)

    def _put_in(self, told: Input) -> None:
        if told.kind == "task" and (task := self._task_for(told)):
            self._complete(task, told)
        elif told.kind == "job" and (job := self._job_for(told)):
            self.finish(job, told.values)
        elif told.kind == "signal":
            self.hear_signal(told.name, told.values)
        else:
            keys = [s.correlation_key for s in self.last.waiting_for if s.name == told.name]
            self.hear(told.name, keys[0] if keys else None, told.values)

    def _task_for(self, told: Input) -> engine.OpenedTask | None:
        place = self._place(told.process_id, told.name)
        found = [t for t in self.tasks.values() if (t.process_id, t.element_id) == place]
        alike = [task for task in found if task.roles == told.roles]
        return next(iter(alike or found), None)

    def _job_for(self, told: Input) -> engine.JobRequest | None:
        names = {told.name, *self._new_names(told.name)}
        return next((job for job in self.jobs.values() if job.element_id in names), None)

    def _place(self, process_id: str, element_id: str) -> tuple[str, str]:
        return process_id, self.renamed.get((process_id, element_id), element_id)

    def _complete(self, task: engine.OpenedTask, told: Input) -> None:
        answers = answers_for(
            self.published,
            task.name or task.element_id,
            self.own.form(told.process_id, told.form_id),
            self.published.form(task.process_id, task.form_id),
            told,
            seen=self.sees(task),
        )
        self.complete(task, answers)

    def _never_told(self) -> engine.JobRequest | None:
        """A job of which no result was recorded: it is new, or came along another way."""
        told = [i for i in (*self.pool, *self.ahead) if i.kind == "job"]
        known = {name for i in told for name in (i.name, *self._new_names(i.name))}
        return next((job for job in self.jobs.values() if job.element_id not in known), None)

    def _new_names(self, element_id: str) -> list[str]:
        return [to for (_, key), to in self.renamed.items() if key == element_id]

    def _as_at_the_end(self, job: engine.JobRequest) -> Mapping[str, Any]:
        """What the case knew in the end of what such a job finds."""
        sets = OUTPUTS.get(job.type)
        if sets is None or not sets <= self.case.variables.keys():
            raise Unplayable(
                f"de automatische stap ‘{self._name_of(job.element_id)}’ is in deze zaak niet "
                "uitgevoerd, dus is er geen uitkomst van"
            )
        return {name: self.case.variables[name] for name in sets}

    def settle(self, advance: engine.Advance) -> None:
        """Takes over what a step brought about, and what the case says to itself."""
        self.taken += 1
        if self.taken > MAX_STEPS:
            raise Unplayable("de zaak komt in dit concept niet tot een einde")
        super().settle(advance)
        told = {i.name for i in (*self.pool, *self.ahead) if i.kind == "message"}
        self.mail += [m for m in advance.messages if self.waits_for(m) and m.name not in told]

    def _name_of(self, element_id: str | None) -> str:
        for process in self.bundle.processes.values():
            for step in process.steps:
                if step.element_id == element_id:
                    return step.name or step.element_id
        return element_id or ""

    def _told(self, *, halted: str = "") -> Walked:
        ended = self.last.ended
        return Walked(
            ended=(ended.name or ended.element_id) if ended else None,
            at=self.now,
            stuck=() if ended or halted else self._waiting(),
            halted=halted,
            steps=_steps(self.trail),
            done=tuple(
                sorted((t.process_id, t.element_id) for t in self.trail if t.what == "completed")
            ),
            decided=tuple(
                (self._asked_by(decision_id), outcome) for decision_id, outcome in self.decided
            ),
        )

    def _asked_by(self, decision_id: str) -> str:
        """What people call a decision: the step that asks it."""
        for process in self.bundle.processes.values():
            for step in process.steps:
                if step.decides == decision_id:
                    return step.name or decision_id
        return decision_id

    def _waiting(self) -> tuple[str, ...]:
        names = [task.name or task.element_id for task in self.tasks.values()]
        names += [self._name_of(s.element_id) for s in self.last.waiting_for if not names]
        return tuple(dict.fromkeys(names))


def _steps(trail: Sequence[engine.TrailEntry]) -> tuple[str, ...]:
    """What people would call the steps that were done."""
    return tuple(
        entry.name or entry.element_id
        for entry in trail
        if entry.what == "completed"
        and (entry.element_type.lower().endswith("task") or entry.element_type in _TOLD)
    )
