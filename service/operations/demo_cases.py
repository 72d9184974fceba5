"""The past year of the demo municipality: cases made by playing scenarios at past moments.

Fictitious, and the same every time but for the kenmerken: what is played when follows from a
fixed seed and from today.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Final

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from service.domain.actor import REPORTER_ROLE
from service.domain.errors import MeldrouteError
from service.domain.working_days import WorkingCalendar
from service.operations import bundle_files
from service.operations.claim_task import claim_task
from service.operations.collaborators import Collaborators
from service.operations.fire_due import due_instances, fire_due
from service.operations.nudge_tasks import due_tasks, nudge_task
from service.operations.published import Published
from service.operations.report_signal import REPORTING_PROCESS
from service.operations.scenario.beginning import beginning
from service.operations.scenario.by_hand import ByHand
from service.operations.scenario.casting import adjusted, scenario_files
from service.operations.scenario.database import DatabaseStage
from service.operations.scenario.earlier import set_stage
from service.operations.scenario.moments import later
from service.operations.scenario.play import telling
from service.operations.scenario.read import read_scenario
from service.operations.scenario.script import DoTask, Scenario, Step, Tell, Wait, moved
from service.storage import Instance, Task
from service.storage.task import NEVER

CASES: Final = 40
_OF_SIGNALS: Final = 0.75
"""Which part of them are signals; the rest is what begins otherwise."""
_OLDEST: Final = 350
"""Days."""
_YEAR: Final = timedelta(days=366)
_LONG: Final = 8
"""Steps: a scenario with so many is played more often."""
_SEED: Final = 2026
_LOG = logging.getLogger("meldroute.demo")


@dataclass(frozen=True, kw_only=True)
class _Part:
    """One case to be."""

    scenario: Scenario
    begin: datetime
    neglected: bool
    """Whether nobody has done anything for a while."""


def has_cases(session: Session, municipality: str) -> bool:
    """Whether a municipality has worked already."""
    return bool(session.scalar(select(exists().where(Instance.municipality == municipality))))


def load_cases(
    session: Session,
    collaborators: Collaborators,
    *,
    municipality: str,
    now: datetime,
    cases: int = CASES,
    root: Path | None = None,
) -> int:
    """Makes the cases of the past year; how many."""
    root = root or bundle_files.content_root()
    published = collaborators.publications.current(session, municipality)
    chance = Random(_SEED)  # noqa: S311 - decides nothing that must be secret
    made = 0
    pool = _pool(root, published, now)
    for part in _parts(pool, published, cases, now, chance):
        try:
            with session.begin_nested():
                _perform(session, collaborators, part, municipality, now, chance, root)
                made += 1
        except MeldrouteError as error:
            _LOG.warning("a demo case was left out", extra={"reason": str(error)[:300]})
    _catch_up(session, collaborators, now)
    return made


def _catch_up(session: Session, collaborators: Collaborators, now: datetime) -> None:
    """What is still due in cases that others began or woke happens, each at its own moment."""
    work = ByHand(announces=False)
    parts = replace(collaborators, queue=work)
    while (moment := _first_due(session)) is not None and moment <= now:
        for instance_id in due_instances(session, now=moment):
            fire_due(session, parts, instance_id=instance_id, now=moment)
        for task_id, instance_id, home in due_tasks(session, now=moment):
            nudge_task(
                session,
                parts,
                task_id=task_id,
                instance_id=instance_id,
                municipality=home,
                now=moment,
            )
        work.do_all(session, parts, now=moment)


def _first_due(session: Session) -> datetime | None:
    columns = (Instance.next_due, Task.next_nudge)
    moments = [session.scalar(select(func.min(column))) for column in columns]
    return min((moment for moment in moments if moment is not None), default=None)


def _pool(root: Path, published: Published, now: datetime) -> list[Scenario]:
    """The scenarios of this municipality whose case begins by itself, the long ones thrice."""
    found: list[Scenario] = []
    for path in scenario_files(root):
        scenario = read_scenario(path.read_bytes(), file=f"{path.parents[1].name}/{path.stem}")
        here = published.profile.id in (scenario.municipalities or (published.profile.id,))
        alone = not scenario.variables and not scenario.reckoned
        if here and alone and _starts(published, scenario, now - _YEAR) <= now:
            found += [scenario] * (3 if len(scenario.steps) >= _LONG else 1)
    return found


def _starts(published: Published, scenario: Scenario, begin: datetime) -> datetime:
    """When its case begins: later than ``begin`` when it has a rhythm."""
    if scenario.opening(published.process(scenario.process_id)) is not None:
        return begin
    here = replace(published, profile=adjusted(published.profile, scenario))
    return beginning(here, scenario, begin).at


def _parts(
    pool: Sequence[Scenario],
    published: Published,
    cases: int,
    now: datetime,
    chance: Random,
) -> Iterator[_Part]:
    signals = [s for s in pool if s.process_id == REPORTING_PROCESS]
    others = [s for s in pool if s.process_id != REPORTING_PROCESS]
    of_signals = round(cases * _OF_SIGNALS)
    for some, count in ((signals, of_signals), (others, cases - of_signals)):
        chance.shuffle(some)
        for place, scenario in enumerate(islice(cycle(some), count if some else 0)):
            age = _age(scenario, place / count, chance)
            yield _Part(
                scenario=scenario,
                begin=_begin(published, scenario, now - timedelta(days=age), now, chance),
                neglected=chance.random() < 0.3,
            )


def _begin(
    published: Published, scenario: Scenario, wanted: datetime, now: datetime, chance: Random
) -> datetime:
    """In office hours, or when the clock begins it, a year earlier if that is still to come."""
    begin = _in_office(wanted, published.profile.calendar, chance)
    return begin if _starts(published, scenario, begin) <= now else begin - _YEAR


def _age(scenario: Scenario, part: float, chance: Random) -> float:
    """In days: more of late, and never long ago when the scenario leaves its case open."""
    age: float = _OLDEST * (1 - part) ** 1.7 + chance.uniform(1, 6)
    return age if scenario.ending.names else age * 40 / _OLDEST


def _in_office(moment: datetime, calendar: WorkingCalendar, chance: Random) -> datetime:
    """Some time of day on that day, or on the first working day after it."""
    local = moment.astimezone(calendar.zone)
    at = time(chance.randrange(9, 16), chance.randrange(60))
    return calendar.add_working_days(datetime.combine(local.date(), at, calendar.zone), 0)


def _perform(
    session: Session,
    collaborators: Collaborators,
    part: _Part,
    municipality: str,
    now: datetime,
    chance: Random,
    root: Path,
) -> None:
    begin = min(part.begin, now)
    by = _days(part.scenario.begin, begin)
    variables = moved(part.scenario.variables, by)
    scenario = replace(part.scenario, begin=begin, variables=variables)
    stage = set_stage(
        session,
        collaborators,
        scenario,
        municipality=municipality,
        root=root,
        work=ByHand(announces=False),
    )
    staff = [stage.people[role] for role in sorted(stage.people)]
    stage.people = {**stage.people, REPORTER_ROLE: chance.choice(staff)}
    until = now - timedelta(days=chance.uniform(5, 20)) if part.neglected else now
    company = _Company(
        stage=stage, until=max(until, begin), chance=chance, written=part.scenario.begin
    )
    company.play()
    for one in (*stage.before, stage):
        one.wait_until(now.astimezone(begin.tzinfo))
    _take_up(stage, chance)


@dataclass(kw_only=True)
class _Company:
    """Plays a scenario at the pace of an office, until the present."""

    stage: DatabaseStage
    until: datetime
    chance: Random
    written: datetime
    """What time it is by the scenario itself, whose dates move along with the pace."""

    def play(self) -> None:
        opening = self.stage.opening()
        scenario = self.stage.scenario
        with telling(scenario, opening.place if opening else None):
            self.stage.begin(opening and self._moved(opening))
        for step in scenario.steps:
            if step is not opening:
                with telling(scenario, step.place):
                    if not self._take(step):
                        return

    def _take(self, step: Step) -> bool:
        """Whether it happened; False when it is still to come."""
        if isinstance(step, Wait | DoTask):
            moment = self._moment(step)
            if moment > self.until:
                return False
            self.stage.wait_until(moment)
        if isinstance(step, Wait):
            self.written = later(self.written, step.span, self._calendar)
        elif isinstance(step, DoTask):
            by = _days(self.written, self.stage.now)
            self.stage.do(replace(step, answers=moved(step.answers, by)))
        elif isinstance(step, Tell):
            self.stage.tell(self._moved(step))
        return True

    def _moved(self, step: Tell) -> Tell:
        return replace(step, payload=moved(step.payload, _days(self.written, self.stage.now)))

    @property
    def _calendar(self) -> WorkingCalendar:
        return self.stage.published.profile.calendar

    def _moment(self, step: Wait | DoTask) -> datetime:
        if isinstance(step, Wait):
            return later(self.stage.now, step.span, self._calendar)
        return max(self.stage.now, self._of_task(step))

    def _of_task(self, step: DoTask) -> datetime:
        """Within the norm time, in office hours if that can be, and before anything else is due."""
        stage = self.stage
        if stage.instance_id is None:
            return stage.now
        open_now = [task for task in stage.tasks() if task.element_id == step.task]
        if not open_now or open_now[0].due_at >= NEVER:
            return stage.now
        task = open_now[0]
        part = (task.due_at - task.opened_at) * self.chance.uniform(0.15, 0.85)
        wanted = (task.opened_at + part).astimezone(stage.now.tzinfo)
        in_office = _in_office(wanted, self._calendar, self.chance)
        moment = in_office if wanted <= in_office < task.due_at else wanted
        due = stage.instance.next_due
        return moment if due is None else min(moment, due - timedelta(minutes=1))


def _days(one: datetime, other: datetime) -> timedelta:
    """The whole days between two moments."""
    return other.date() - one.date()


def _take_up(stage: DatabaseStage, chance: Random) -> None:
    """Somebody is working on some of what is open."""
    for task in stage.tasks():
        actor = stage.people.get(task.roles[0])
        if actor is not None and task.roles[0] != REPORTER_ROLE and chance.random() < 0.3:
            claim_task(stage.session, task_id=task.id, actor=actor, now=stage.now)
