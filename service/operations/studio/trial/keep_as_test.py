"""A trial kept as a scenario with its process: from then on every change must pass it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, WrongField
from service.operations.collaborators import Collaborators
from service.operations.scenario.casting import FOLDER, laid_over
from service.operations.scenario.kept import ScenarioResult, run_scenarios
from service.operations.scenario.script import DoTask, Ending, Expect, Scenario, Step, Values
from service.operations.scenario.write import write_scenario
from service.operations.studio.draft_files import ToSave, files_of, read_file, save_file
from service.operations.studio.drafts import draft_for, require_open
from service.operations.studio.trial.naming import file_name, trial_name
from service.operations.studio.trial.played import Played, played
from service.operations.studio.trial.replay import Replay, numbered
from service.operations.studio.trial.steps import Where
from service.operations.studio.trial.typed import leaves, nested_at

_CHECKABLE = (str, bool, int)


@dataclass(frozen=True, kw_only=True)
class ToKeep:
    """How somebody wants a trial kept."""

    name: str
    outcome: Sequence[str] = ()
    """The paths of the variables that must come out the same."""
    replace: bool = False
    """Whether it may take the place of one with the same name."""


def keep_as_test(
    session: Session,
    collaborators: Collaborators,
    *,
    where: Where,
    wanted: ToKeep,
    actor: Actor,
    now: datetime,
) -> str:
    """Writes the trial into the draft as a scenario, with what it has reached; gives the path.

    Raises:
        NotFound: there is no such trial for this actor.
        Conflict: it does not fit the draft, or the draft has been published or thrown away.
        WrongField: at ``name``, when it says nothing or there is one with that name.
    """
    trial = played(
        session,
        collaborators,
        draft_id=where.draft_id,
        trial_id=where.trial_id,
        after=where.after,
        actor=actor,
    )
    require_open(trial.draft)
    if trial.begun().failed is not None:
        raise Conflict("Deze proef past niet meer op het concept; herstel haar eerst.")
    name = trial_name(wanted.name)
    path = f"processes/{trial.scenario.process_id}/{FOLDER}/{file_name(name)}.toml"
    there = path in trial.files
    if there and not wanted.replace:
        why = "Er is al een toets met deze naam. Kies een andere naam, of vervang die toets."
        raise WrongField(why, fields={"name": [why]})
    content = write_scenario(_as_test(trial, replace(trial.scenario, name=name), wanted.outcome))
    revision = (
        read_file(session, collaborators, draft_id=where.draft_id, path=path, actor=actor).revision
        if there
        else 0
    )
    save_file(
        session,
        collaborators,
        draft_id=where.draft_id,
        file=ToSave(path=path, content=content.encode(), revision=revision),
        actor=actor,
        now=now,
    )
    return path


def outcomes(variables: Values, history: Sequence[Step]) -> dict[str, object]:
    """The variables that came out of a walk, by path: those that nobody answered."""
    answered: set[str] = {"registratie"}
    for step in history:
        if isinstance(step, DoTask):
            answered |= {path for path, _ in leaves(step.answers)}
    return {
        path: value
        for path, value in leaves(variables)
        if isinstance(value, _CHECKABLE)
        and path not in answered
        and not path.startswith("registratie.")
    }


def results_of_kept(
    session: Session, collaborators: Collaborators, *, draft_id: UUID, actor: Actor
) -> list[ScenarioResult]:
    """Plays the kept scenarios of a draft.

    Raises:
        NotFound: there is no such draft for this actor.
        Refused: the draft does not compile; with the findings.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    files = files_of(session, draft)
    published = collaborators.publications.draft(files)
    return run_scenarios(files, compiled=lambda _files: published)


def _as_test(trial: Played, scenario: Scenario, paths: Sequence[str]) -> Scenario:
    walk = trial.walk
    course = walk.stage.course()
    known = outcomes(course.variables, scenario.steps)
    outcome: dict[str, object] = {}
    for path in paths:
        if path in known:
            outcome = laid_over(outcome, nested_at(path, known[path]))
    steps: tuple[Step, ...] = tuple(s for s in scenario.steps if not isinstance(s, Expect))
    if course.ended is None:
        reached = Expect(place=trial.next_place(), open=tuple(walk.stage.open_tasks()))
        steps = (*steps, reached)
    names = tuple(_up_to_last(course.ends, course.ended)) if course.ended else ()
    return replace(
        scenario,
        steps=numbered(steps),
        jobs=dict(_jobs(walk)),
        ending=Ending(names=names, outcome=outcome),
    )


def _up_to_last(ends: Sequence[str], ended: str) -> Sequence[str]:
    """The ends that were reached, without any after the one that ended the case."""
    last = max((n for n, end in enumerate(ends, 1) if end == ended), default=0)
    return ends[:last] or (ended,)


def _jobs(walk: Replay) -> Iterator[tuple[str, Values | list[Values]]]:
    """What service tasks gave, also where that was made up: a file knows of no usual results."""
    done = walk.results.done
    for kind in dict.fromkeys(work.type for work in done):
        results = [work.result for work in done if work.type == kind]
        if any(work.source != "known" for work in done if work.type == kind):
            same = all(result == results[0] for result in results)
            yield kind, results[0] if same else results
