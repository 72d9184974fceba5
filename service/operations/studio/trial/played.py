"""A trial with everything that its page and its steps need: who may, what it runs on, how far."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, NotFound
from service.operations.collaborators import Collaborators
from service.operations.published import Published
from service.operations.scenario.read import read_scenario
from service.operations.scenario.script import (
    DoTask,
    Place,
    Scenario,
    ScenarioFailed,
    Step,
)
from service.operations.scenario.write import write_scenario
from service.operations.studio.draft_files import files_of
from service.operations.studio.drafts import draft_for
from service.operations.studio.trial.replay import Replay, numbered, replay
from service.operations.studio.trial.simulated import usual_results
from service.storage import Draft, Trial

MOST_STEPS = 300


@dataclass(frozen=True)
class Played:
    """A trial, walked as far as it goes on the draft as it is now."""

    draft: Draft
    trial: Trial
    files: Mapping[str, bytes]
    published: Published
    scenario: Scenario

    @cached_property
    def walk(self) -> Replay:
        """The script from the start."""
        return replay(self.published, self.scenario, usual_results(self.files))

    def begun(self) -> Replay:
        """The walk, of a case that has begun.

        Raises:
            Conflict: it cannot begin; the message says why.
        """
        if not self.walk.frames:
            raise Conflict(f"Deze proef kan niet beginnen: {_why(self.walk)}")
        return self.walk

    def next_place(self) -> Place:
        """The place of a step that is added."""
        return Place(number=len(self.walk.fitting) + 1)

    def take(self, step: Step, *, now: datetime) -> None:
        """Adds a step that works, after those that fit.

        When it mends the step that does not fit, the steps after that one stay; else they go.

        Raises:
            Conflict: it does not work, or there are too many; the message says why.
        """
        walk = self.begun()
        before, misfit = walk.fitting, walk.misfit
        if len(before) >= MOST_STEPS:
            raise Conflict(f"Een proef heeft ten hoogste {MOST_STEPS} stappen; begin een nieuwe.")
        try:
            walk.take(step)
        except ScenarioFailed as error:
            raise Conflict(error.reason) from error
        after = self.scenario.steps[len(before) + 1 :] if _mends(step, misfit) else ()
        keep(self.trial, replace(self.scenario, steps=(*before, step, *after)), now=now)


def trial_for(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    trial_id: UUID,
    actor: Actor,
    hold: bool = False,
) -> tuple[Draft, Trial]:
    """A trial of a draft of the actor's municipality; ``hold`` keeps others from changing it.

    Raises:
        NotFound: there is none for this actor.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    query = (
        select(Trial)
        .where(Trial.id == trial_id, Trial.draft_id == draft.id)
        .execution_options(populate_existing=True)
    )
    trial = session.scalars(query.with_for_update() if hold else query).one_or_none()
    if trial is None:
        raise NotFound("Deze proef bestaat niet, of is niet voor u.")
    return draft, trial


def played(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    trial_id: UUID,
    actor: Actor,
    after: int | None = None,
    hold: bool = False,
) -> Played:
    """A trial that can be walked; ``after``: the number of steps it had when the page was drawn.

    Raises:
        NotFound: there is none for this actor.
        Refused: the draft does not compile; with the findings.
        Conflict: a colleague has gone on in it.
    """
    draft, trial = trial_for(
        session, collaborators, draft_id=draft_id, trial_id=trial_id, actor=actor, hold=hold
    )
    scenario = script_of(trial)
    if after is not None and after != len(scenario.steps):
        raise Conflict(
            "Deze proef is intussen verder gegaan, misschien door een collega. Kijk waar zij nu "
            "staat, en doe uw stap opnieuw."
        )
    files = files_of(session, draft)
    return Played(draft, trial, files, collaborators.publications.draft(files), scenario)


def script_of(trial: Trial) -> Scenario:
    """What a trial has done so far."""
    return read_scenario(trial.script.encode(), file="proef", finished=False)


def keep(trial: Trial, scenario: Scenario, *, now: datetime) -> None:
    """Keeps a changed script."""
    trial.script = write_scenario(replace(scenario, steps=numbered(scenario.steps)))
    trial.changed_at = now


def _mends(step: Step, misfit: Step | None) -> bool:
    both = isinstance(step, DoTask) and isinstance(misfit, DoTask)
    return both and step.task == misfit.task  # type: ignore[union-attr]


def _why(walk: Replay) -> str:
    return walk.failed.reason if walk.failed else ""
