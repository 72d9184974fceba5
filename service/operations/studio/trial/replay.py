"""Walks the script of a trial from the start, and tells step by step what it brought about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from service import engine
from service.operations.published import Published
from service.operations.scenario.casting import adjusted
from service.operations.scenario.memory import MemoryStage
from service.operations.scenario.play import take, telling
from service.operations.scenario.script import Place, Scenario, ScenarioFailed, Step, Values
from service.operations.studio.trial.simulated import Simulated, WorkDone


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One step, and what it brought about."""

    step: Step | None
    """None when the case began by itself."""
    at: datetime
    """What the clock said afterwards."""
    trail: tuple[engine.TrailEntry, ...]
    work: tuple[WorkDone, ...]
    sent: tuple[engine.MessageOut, ...]


@dataclass(kw_only=True)
class Replay:
    """How far a script comes."""

    scenario: Scenario
    stage: MemoryStage
    results: Simulated
    frames: list[Frame] = field(default_factory=list)
    failed: ScenarioFailed | None = None
    """Why it goes no further."""

    @property
    def fitting(self) -> tuple[Step, ...]:
        """The steps that can be taken."""
        return tuple(frame.step for frame in self.frames if frame.step is not None)

    @property
    def misfit(self) -> Step | None:
        """The step that cannot be taken."""
        rest = self.scenario.steps[len(self.fitting) :]
        return rest[0] if self.failed and rest else None

    def take(self, step: Step) -> None:
        """Does one more step.

        Raises:
            ScenarioFailed: it cannot be done; the stage is then of no more use.
        """
        self._note(step, lambda: take(self.scenario, self.stage, step))

    def begin(self) -> None:
        """Begins the case.

        Raises:
            ScenarioFailed: it cannot begin.
        """
        opening = self.stage.opening()
        self._note(opening, lambda: self.stage.begin(opening))

    def _note(self, step: Step | None, do: Callable[[], None]) -> None:
        trail, sent = len(self.stage.trail), len(self.stage.sent)
        work = len(self.results.done)
        with telling(self.scenario, step.place if step else None):
            do()
        self.frames.append(
            Frame(
                step=step,
                at=self.stage.now,
                trail=tuple(self.stage.trail[trail:]),
                work=tuple(self.results.done[work:]),
                sent=tuple(self.stage.sent[sent:]),
            )
        )


def replay(published: Published, scenario: Scenario, usual: Mapping[str, Values]) -> Replay:
    """The script on a fresh stage; with the steps before the first that does not fit.

    Raises:
        NotFound: the script changes a setting that the profile does not have.
    """
    profile = adjusted(published.profile, scenario)
    here = replace(published, profile=profile)
    walk = _fresh(here, scenario, usual)
    failed = _walk(walk, scenario.steps)
    if failed is None:
        return walk
    again = _fresh(here, scenario, usual)
    if walk.frames:
        _walk(again, walk.fitting)
    again.failed = failed
    return again


def numbered(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps with their own place in the script."""
    return tuple(replace(step, place=Place(number=n)) for n, step in enumerate(steps, 1))


def _fresh(published: Published, scenario: Scenario, usual: Mapping[str, Values]) -> Replay:
    results = Simulated(scenario.jobs, usual)
    stage = MemoryStage(published=published, scenario=scenario, now=scenario.begin, results=results)
    return Replay(scenario=scenario, stage=stage, results=results)


def _walk(walk: Replay, steps: tuple[Step, ...]) -> ScenarioFailed | None:
    try:
        walk.begin()
        for step in steps[len(walk.fitting) :]:
            walk.take(step)
    except ScenarioFailed as error:
        return error
    return None
