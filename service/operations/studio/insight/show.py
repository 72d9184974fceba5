"""How a process runs, for who publishes it and for who coordinates its cases."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.operations.figures.period import Period
from service.operations.figures.rule import internal_rule
from service.operations.published import Published
from service.operations.studio.insight import composing, count
from service.operations.studio.insight.figures import Insight
from service.operations.studio.insight.former import former
from service.operations.studio.insight.protecting import protected
from service.storage import Publication


def has_insight(session: Session, collaborators: Collaborators, *, actor: Actor) -> bool:
    """Whether the actor may see how processes run."""
    profile = collaborators.publications.current(session, actor.municipality).profile
    return rights.publishes(actor, profile) or rights.coordinates(actor, profile)


def processes_with_insight(
    session: Session, collaborators: Collaborators, *, actor: Actor
) -> tuple[tuple[str, str], ...]:
    """Id and name of every process of the current publication, by name.

    Raises:
        NotFound: the actor neither publishes nor coordinates.
    """
    published = _published_for(session, collaborators, actor)
    found = ((process.id, process.name) for process in published.bundle.processes.values())
    return tuple(sorted(found, key=lambda one: one[1].casefold()))


def show_insight(
    session: Session,
    collaborators: Collaborators,
    *,
    process_id: str,
    period: Period,
    actor: Actor,
    now: datetime,
    publication: int | None = None,
    to_share: bool = False,
) -> Insight:
    """The figures of one process, of cases on any publication.

    ``publication``: the number of the one whose diagram is shown; the current one without it.
    Who publishes sees exact counts, unless they are ``to_share``; others see no small ones.

    Raises:
        NotFound: the actor neither publishes nor coordinates, or there is no such process or
            publication.
    """
    current = _published_for(session, collaborators, actor)
    shown = current
    if publication is not None:
        shown = _publication(session, collaborators, actor, publication)
    process = shown.bundle.processes.get(process_id)
    known = process or current.process(process_id)
    rule = internal_rule(current, now)
    counts = _counted(session, current, actor.municipality, process_id, period, now)
    drawn = [composing.whole(process)] if process else []
    elsewhere = counts.elements().difference(*(elements for _, elements in drawn))
    gone = tuple(former(session, current, actor.municipality, process_id, elsewhere))
    insight = Insight(
        process_id=process_id,
        process_name=known.name,
        period=period,
        publication=shown.number,
        publications=_publications(session, actor.municipality),
        xml=process.xml.decode() if process else None,
        steps=tuple(composing.steps_of(counts, drawn)),
        paths=tuple(composing.paths_of(counts, drawn)),
        other_steps=tuple(composing.steps_of(counts, gone)),
        other_paths=tuple(composing.paths_of(counts, gone)),
        exact=True,
        threshold=rule.threshold,
        sees_cases=rights.coordinates(actor, current.profile),
    )
    exact = rights.publishes(actor, current.profile) and not to_share
    return insight if exact else protected(insight, rule)


def _counted(
    session: Session,
    current: Published,
    municipality: str,
    process_id: str,
    period: Period,
    now: datetime,
) -> composing.Counts:
    where = count.Where(municipality=municipality, process_id=process_id, period=period)
    return composing.Counts(
        waiting=count.waiting(session, where, now),
        done=count.durations(session, where, current.profile.calendar),
        passed=count.passed(session, where),
        norms=current.profile.norms,
    )


def _published_for(session: Session, collaborators: Collaborators, actor: Actor) -> Published:
    if not has_insight(session, collaborators, actor=actor):
        raise NotFound("Deze bladzijde bestaat niet, of is niet voor u.")
    return collaborators.publications.current(session, actor.municipality)


def _publication(
    session: Session, collaborators: Collaborators, actor: Actor, number: int
) -> Published:
    known = select(Publication.id).where(
        Publication.municipality == actor.municipality, Publication.number == number
    )
    found = session.scalar(known) if number in range(1, 2**31) else None
    if found is None:
        raise NotFound(f"Publicatie {number} bestaat niet; kies een andere.")
    return collaborators.publications.get(session, found)


def _publications(session: Session, municipality: str) -> tuple[tuple[int, datetime], ...]:
    rows = session.execute(
        select(Publication.number, Publication.published_at)
        .where(Publication.municipality == municipality)
        .order_by(Publication.number.desc())
    )
    return tuple((number, at) for number, at in rows)
