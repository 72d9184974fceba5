"""Reads from its history how a case has gone."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import engine
from service.operations.case import Case
from service.operations.scenario.play import Course
from service.storage import Event


def course_of(session: Session, case: Case) -> Course:
    """The ends it reached, what it walked, and its variables."""
    bundle = case.published.bundle
    trail = list(_trail(session, case))
    kinds = {
        (process.id, step.element_id): step
        for process in bundle.processes.values()
        for step in process.steps
    }
    ends: list[str] = []
    walked: set[tuple[str, str]] = set()
    for process_id, element_id, what in trail:
        step = kinds.get((process_id, element_id))
        kind = "sequenceFlow" if step is None else step.type
        if (kind, what) in {("sequenceFlow", "taken"), ("boundaryEvent", "completed")}:
            walked.add((process_id, element_id))
        elif step is not None and (kind, what) == ("endEvent", "completed"):
            ends.append(step.name or element_id)
    return Course(
        ends=tuple(ends),
        ended=case.instance.end_name if case.instance.status == "completed" else None,
        variables=engine.variables_for(bundle, case.state, None),
        walked=frozenset(walked),
    )


def _trail(session: Session, case: Case) -> Iterator[tuple[str, str, str]]:
    rows = session.scalars(
        select(Event.trail).where(Event.instance_id == case.instance.id).order_by(Event.seq)
    )
    for entries in rows:
        yield from ((process_id, element_id, what) for process_id, element_id, what, *_ in entries)
