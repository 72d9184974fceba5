"""Beginning a trial: by hand, by a message or signal, by the clock, or where a scenario ends."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import NotFound, WrongField
from service.engine import ProcessInfo
from service.operations import bundle_files
from service.operations.collaborators import Collaborators
from service.operations.scenario.script import Ending, Place, Scenario, Tell
from service.operations.scenario.write import write_scenario
from service.operations.studio.draft_files import files_of
from service.operations.studio.drafts import draft_for, require_open
from service.operations.studio.trial.naming import trial_name
from service.operations.studio.trial.shared import kept_in, shared_scenarios
from service.operations.studio.trial.typed import read_lines, read_moment
from service.storage import Draft, Trial


@dataclass(frozen=True, kw_only=True)
class Start:
    """A way in which a process begins."""

    way: str
    """``hand``, ``message``, ``signal`` or ``timer``."""
    what: str = ""
    """The message, the signal, or the id of the timer start event."""


@dataclass(frozen=True, kw_only=True)
class ToBegin:
    """What somebody asks for, as they typed it."""

    name: str
    process_id: str
    start: Start = field(default_factory=lambda: Start(way="hand"))
    begin: str = ""
    """The first moment, ``2026-03-02T09:30``."""
    values: str = ""
    """What the case begins with, or what the message carries."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """A scenario that a trial can go on from."""

    path: str
    scenario: Scenario
    kept: bool
    """Whether it is the municipality's own; else it comes with the product."""


def starts_of(process: ProcessInfo) -> tuple[Start, ...]:
    """The ways in which a process begins, by hand first."""
    return (
        *([Start(way="hand")] if process.starts_plainly else []),
        *(Start(way="message", what=name) for name in process.start_messages),
        *(Start(way="signal", what=name) for name in process.start_signals),
        *(Start(way="timer", what=name) for name in process.start_timers),
    )


def begin_trial(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    wanted: ToBegin,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Begins a trial; its first page says when the process does not begin like that.

    Raises:
        NotFound: there is no such draft for this actor, or no such process in it.
        Conflict: the draft has been published or thrown away.
        WrongField: what was asked for does not fit.
        Refused: the draft does not compile.
    """
    draft = _open_draft(session, collaborators, draft_id, actor)
    published = collaborators.publications.draft(files_of(session, draft))
    if wanted.start not in starts_of(published.process(wanted.process_id)):
        raise WrongField(
            "Zo begint dit proces niet.", fields={"start": ["Kies hoe de zaak begint."]}
        )
    given, start = read_lines(wanted.values, field="values"), wanted.start
    told = Tell(place=Place(number=1), message=start.what, key=None, payload=given)
    by_message = start.way in ("message", "signal")
    scenario = Scenario(
        file="",
        name=trial_name(wanted.name),
        municipalities=(actor.municipality,),
        process_id=wanted.process_id,
        begin=read_moment(wanted.begin, field="begin"),
        start=start.what if start.way == "timer" else None,
        variables={} if by_message else given,
        settings={},
        jobs={},
        reckoned={},
        earlier={},
        steps=(told,) if by_message else (),
        ending=Ending(),
    )
    return _kept(session, draft, scenario, actor=actor, now=now)


def begin_from(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    path: str,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Begins a trial with all steps of a scenario.

    Raises:
        NotFound: there is no such draft for this actor, or no such scenario.
        Conflict: the draft has been published or thrown away.
    """
    draft = _open_draft(session, collaborators, draft_id, actor)
    for example in examples(files_of(session, draft), actor.municipality):
        if example.path == path:
            told = example.scenario
            scenario = replace(
                told,
                municipalities=(actor.municipality,),
                jobs={**told.jobs, **told.reckoned},
                reckoned={},
                ending=Ending(),
            )
            return _kept(session, draft, scenario, actor=actor, now=now)
    raise NotFound("Dit verloop bestaat niet, of is niet van uw gemeente.")


def examples(files: bundle_files.Files, municipality: str) -> list[Example]:
    """The scenarios that fit a municipality: those kept in the bundle, then the product's."""
    kept = kept_in(files)
    return [
        Example(path=path, scenario=scenario, kept=path in kept)
        for path, scenario in {**kept, **shared_scenarios(), **kept}.items()
        if municipality in (scenario.municipalities or (municipality,))
    ]


def _open_draft(
    session: Session, collaborators: Collaborators, draft_id: UUID, actor: Actor
) -> Draft:
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    require_open(draft)
    return draft


def _kept(
    session: Session, draft: Draft, scenario: Scenario, *, actor: Actor, now: datetime
) -> UUID:
    trial = Trial(
        id=uuid4(),
        municipality=draft.municipality,
        draft_id=draft.id,
        process_id=scenario.process_id,
        script=write_scenario(scenario),
        made_by=actor.user_id,
        made_by_name=actor.name,
        made_at=now,
        changed_at=now,
    )
    session.add(trial)
    session.flush()
    return trial.id
