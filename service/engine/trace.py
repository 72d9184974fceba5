"""Walks a process in memory on a virtual clock: to try a diagram, and to compare two versions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from service.domain.errors import InvalidInput
from service.engine import steps
from service.engine.advance import (
    REPETITION,
    Advance,
    JobRequest,
    OpenedTask,
    Stopped,
    Subscription,
    Surroundings,
    TrailEntry,
)
from service.engine.bundle import CompiledBundle
from service.engine.elements import Message, Signal
from service.engine.scope import spelled
from service.engine.starting import next_timer_start
from service.engine.tokens import standing

MAX_TURNS: Final = 2_000
"""Tasks, jobs and messages together."""
MAX_MOMENTS: Final = 100
"""Moments to which the clock moves; then an endless cycle counts as waiting."""
Answers = Mapping[str, Mapping[str, Any] | Sequence[Mapping[str, Any]]]


def trace(
    bundle: CompiledBundle,
    process_id: str,
    *,
    variables: Mapping[str, Any],
    around: Surroundings,
    answers: Answers | None = None,
    jobs: Answers | None = None,
    messages: Answers | None = None,
    assume_jobs: bool = False,
) -> dict[str, Any]:
    """What happens from start to end, as JSON.

    ``answers`` per user task id, ``jobs`` per job type and ``messages`` per name of a message or
    signal are one object for every visit, or a list with one per visit; who goes on waiting after
    it has heard a message gets the one object once. A user task without answers
    left stays open, but when ``answers`` is None every one is completed with no answers at all.
    A job without a result waits, unless ``assume_jobs``. The clock starts at ``around.now`` and
    moves to the next timer only when nothing else can happen.

    The outcome has ``status`` ("completed", "waiting" or "error"), ``completed`` (element ids in
    the order in which they completed, of called processes too), ``waiting`` (element ids; when
    nobody can do anything, those of the joins where tokens stand),
    ``variables``, and ``error`` (``message`` and ``element_id``, or None). After an error,
    ``completed`` also tells how far the step came that could not be taken.

    Raises:
        NotFound: there is no such process.
        InvalidInput: what was given is no object, or cannot be kept as a variable.
    """
    walk = _Walk(bundle=bundle, around=around)
    walk.supplies = {
        "task": _Supply(answers, assumed=answers is None),
        "job": _Supply(jobs, assumed=assume_jobs),
        "message": _Supply(messages, assumed=False),
    }
    try:
        walk.take(walk.begin(process_id, variables))
        walk.to_the_end()
    except Stopped as error:
        walk.tell(error.trail)
        return walk.outcome({"message": str(error), "element_id": error.element_id})
    return walk.outcome(None)


class _Supply:
    """Objects for repeated visits of the same thing."""

    def __init__(self, given: Answers | None, *, assumed: bool) -> None:
        self._given = given or {}
        for key, found in self._given.items():
            visits = found if isinstance(found, list) else [found]
            if not all(isinstance(visit, Mapping) for visit in visits):
                raise InvalidInput(f"{key}: geef een object, of een lijst met objecten.")
        self._assumed = assumed
        self._used: dict[str, int] = {}

    def has(self, key: str) -> bool:
        found = self._given.get(key)
        if found is None:
            return self._assumed
        return isinstance(found, Mapping) or self._used.get(key, 0) < len(found)

    def same(self, key: str) -> bool:
        """Whether every visit gets the same object."""
        return not isinstance(self._given.get(key), list)

    def take(self, key: str) -> Mapping[str, Any]:
        found = self._given.get(key, {})
        visit = self._used.get(key, 0)
        self._used[key] = visit + 1
        return found if isinstance(found, Mapping) else found[visit]


@dataclass(kw_only=True)
class _Walk:
    bundle: CompiledBundle
    around: Surroundings
    supplies: dict[str, _Supply] = field(default_factory=dict)
    tasks: dict[UUID, OpenedTask] = field(default_factory=dict)
    jobs: dict[UUID, JobRequest] = field(default_factory=dict)
    completed: list[str] = field(default_factory=list)
    heard: set[UUID] = field(default_factory=set)
    """Who waits on although what it waits for has been given."""
    outbox: list[tuple[str, str | None, Mapping[str, Any]]] = field(default_factory=list)
    last: Advance | None = None

    def begin(self, process_id: str, variables: Mapping[str, Any]) -> Advance:
        info = self.bundle.process(process_id)
        found: dict[str, Any] = {"payload": variables, "around": self.around}
        if info.start_event() is not None:
            pass
        elif names := info.start_names(Message):
            return steps.start_by_message(self.bundle, process_id, message=names[0], **found)
        elif names := info.start_names(Signal):
            return steps.start_by_signal(self.bundle, process_id, signal=names[0], **found)
        elif at := next_timer_start(
            self.bundle, process_id, after=self.around.now, around=self.around
        ):
            self.around = replace(self.around, now=at.at)
            return steps.start_by_timer(
                self.bundle,
                process_id,
                element_id=at.element_id,
                variables=variables,
                around=self.around,
            )
        return steps.start(self.bundle, process_id, variables=variables, around=self.around)

    def take(self, advance: Advance) -> None:
        """Remembers what a step brought about."""
        self.last = advance
        self.tell(advance.trail)
        for closed in advance.closed:
            self.tasks.pop(closed.task_id, None)
        for job_id in advance.cancelled_jobs:
            self.jobs.pop(job_id, None)
        self.tasks |= {task.task_id: task for task in advance.opened}
        self.jobs |= {job.job_id: job for job in advance.jobs}
        self.outbox += [(m.name, m.correlation_key, m.payload) for m in advance.messages]

    def tell(self, trail: Iterable[TrailEntry]) -> None:
        """Remembers what was completed; a repetition counts by its instances."""
        self.completed += [
            entry.element_id
            for entry in trail
            if entry.what == "completed" and entry.element_type != REPETITION
        ]

    def to_the_end(self) -> None:
        """Everything that can happen; the clock moves last."""
        turns = moments = 0
        while self.last is not None and self.last.ended is None:
            if turns < MAX_TURNS and self._do_something():
                turns += 1
            elif turns < MAX_TURNS and self.last.next_due is not None and moments < MAX_MOMENTS:
                moments += 1
                later = max(self.around.now, self.last.next_due)
                self.around = replace(self.around, now=later)
                self.take(steps.fire_timers(self.bundle, self.last.state, around=self.around))
            else:
                return

    def _do_something(self) -> bool:
        return self._do_task() or self._do_job() or self._do_message() or self._do_signal()

    def _do_task(self) -> bool:
        supply = self.supplies["task"]
        task = next((t for t in self.tasks.values() if supply.has(t.element_id)), None)
        if task is None or self.last is None:
            return False
        self.take(
            steps.complete_task(
                self.bundle,
                self.last.state,
                task_id=task.task_id,
                answers=supply.take(task.element_id),
                around=self.around,
            )
        )
        return True

    def _do_job(self) -> bool:
        supply = self.supplies["job"]
        job = next((j for j in self.jobs.values() if supply.has(j.type)), None)
        if job is None or self.last is None:
            return False
        del self.jobs[job.job_id]
        self.take(
            steps.complete_job(
                self.bundle,
                self.last.state,
                job_id=job.job_id,
                result=supply.take(job.type),
                around=self.around,
            )
        )
        return True

    def _do_message(self) -> bool:
        """What the case sent itself, else what was given for a message that it waits for."""
        if self.last is None:
            return False
        wanted = {(s.name, s.correlation_key) for s in self.last.waiting_for}
        for sent in list(self.outbox):
            self.outbox.remove(sent)
            if {(sent[0], sent[1]), (sent[0], None)} & wanted:
                return self._deliver(*sent)
        for name, key in self._supplied(self.last.waiting_for):
            return self._deliver(name, key, self.supplies["message"].take(name))
        return False

    def _do_signal(self) -> bool:
        """What was given for a signal that the case waits for; its own it has heard itself."""
        if self.last is None:
            return False
        for name, _ in self._supplied(self.last.waiting_signals):
            self.take(
                steps.deliver_signal(
                    self.bundle,
                    self.last.state,
                    name=name,
                    payload=self.supplies["message"].take(name),
                    around=self.around,
                )
            )
            return True
        return False

    def _supplied(self, waiting: tuple[Subscription, ...]) -> list[tuple[str, str | None]]:
        """What is waited for and was given; remembers who waits as having heard it.

        Whoever goes on waiting after it has heard (beside a step, for its scope) gets the same
        object once, and a list as often as it is long.
        """
        supply = self.supplies["message"]
        fresh = (
            (s.name, s.correlation_key)
            for s in waiting
            if supply.has(s.name) and not (supply.same(s.name) and s.token_id in self.heard)
        )
        found = sorted(set(fresh), key=str)[:1]
        self.heard |= {s.token_id for s in waiting if (s.name, s.correlation_key) in found}
        return found

    def _deliver(self, name: str, key: str | None, payload: Mapping[str, Any]) -> bool:
        assert self.last is not None  # noqa: S101 - asked by _do_message
        self.take(
            steps.deliver_message(
                self.bundle,
                self.last.state,
                name=name,
                correlation_key=key,
                payload=payload,
                around=self.around,
            )
        )
        return True

    def stuck(self) -> list[str]:
        """Where a case stands in which nobody can do anything."""
        if self.last is None:
            return []
        found = standing(self.bundle, self.last.state, around=self.around)
        inner = [token.element_id for token in found if token.can_go_to]
        return list(dict.fromkeys(inner))

    def outcome(self, error: dict[str, Any] | None) -> dict[str, Any]:
        """Everything as JSON."""
        last = self.last
        ended = last is not None and last.ended is not None
        waiting = [task.element_id for task in self.tasks.values()]
        waiting += [job.element_id for job in self.jobs.values()]
        if last is not None:
            waiting += [s.element_id for s in (*last.waiting_for, *last.waiting_signals)]
        if not (waiting or ended or error):
            waiting = self.stuck()
        return {
            "status": "error" if error else "completed" if ended else "waiting",
            "completed": self.completed,
            "waiting": waiting,
            "variables": jsonable({} if last is None else last.variables),
            "error": error,
        }


def jsonable(value: Any) -> Any:
    """A value as JSON has it: numbers as numbers, moments and durations as text."""
    if isinstance(value, Mapping):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return spelled(value)
