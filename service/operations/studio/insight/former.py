"""What has left a diagram, as it was in the last publication that had it."""

from collections.abc import Iterator
from contextlib import suppress

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from service import engine
from service.domain.errors import Refused
from service.operations import bundle_files
from service.operations.published import Published
from service.operations.studio.insight.composing import Part, whole
from service.storage import FormerElement, Publication

_Key = tuple[str, str]
"""A process, and an element of it."""


def remember_departed(
    session: Session, before: Publication, content: bundle_files.Files, published: Published
) -> None:
    """Writes down which elements ``before`` had and the publication that follows it has not.

    ``content`` are the files of the latter; only files that differ are read.
    """
    old = bundle_files.with_suffix(bundle_files.unpack(before.files), ".bpmn")
    had = {
        key
        for path, body in old.items()
        if content.get(path) != body
        for process in _processes(path, body)
        for key in _keys(process)
    }
    has = {key for process in published.bundle.processes.values() for key in _keys(process)}
    rows = [
        {
            "municipality": before.municipality,
            "process_id": process_id,
            "element_id": element_id,
            "publication_id": before.id,
        }
        for process_id, element_id in sorted(had - has)
    ]
    if rows:
        adding = insert(FormerElement).values(rows)
        session.execute(
            adding.on_conflict_do_update(
                index_elements=list(FormerElement.__table__.primary_key),
                set_={"publication_id": adding.excluded.publication_id},
            )
        )


def former(
    session: Session,
    current: Published,
    municipality: str,
    process_id: str,
    missing: frozenset[str],
) -> Iterator[Part]:
    """Diagrams of the process, the newest first, each with those of ``missing`` it names."""
    process = current.bundle.processes.get(process_id)
    if process and (known := missing & whole(process)[1]):
        yield process, known
        missing -= known
    if not missing:
        return
    found = session.execute(
        select(Publication.files, func.array_agg(FormerElement.element_id))
        .join(FormerElement, FormerElement.publication_id == Publication.id)
        .where(
            FormerElement.municipality == municipality,
            FormerElement.process_id == process_id,
            FormerElement.element_id.in_(missing),
        )
        .group_by(Publication.id)
        .order_by(Publication.number.desc())
    )
    for packed, elements in found:
        for path, body in bundle_files.with_suffix(bundle_files.unpack(packed), ".bpmn").items():
            if f'"{process_id}"'.encode() in body:
                alike = (one for one in _processes(path, body) if one.id == process_id)
                yield from ((one, frozenset(elements)) for one in alike)


def _processes(path: str, body: bytes) -> tuple[engine.ProcessInfo, ...]:
    """Those of one file: what it calls or decides is not asked for its names.

    None of a file that was published once and that this version of the product no longer reads.
    """
    with suppress(Refused):
        return tuple(engine.compile_bundle({path: body}, {}, checked=True).processes.values())
    return ()


def _keys(process: engine.ProcessInfo) -> Iterator[_Key]:
    return ((process.id, element_id) for element_id in whole(process)[1])
