"""What has left a diagram, as it was in the last publication that had it."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import engine
from service.operations import bundle_files
from service.operations.studio.insight.composing import Part, whole
from service.storage import Publication


def former(
    session: Session, municipality: str, process_id: str, elements: frozenset[str]
) -> Iterator[Part]:
    """Diagrams of the process, the newest first, each with those of ``elements`` it names."""
    if not elements:
        return
    newest_first = (
        select(Publication.files)
        .where(Publication.municipality == municipality)
        .order_by(Publication.number.desc())
    )
    with session.scalars(newest_first.execution_options(yield_per=1)) as bundles:
        for packed in bundles:
            process = _diagram(packed, process_id)
            if process and (known := elements & whole(process)[1]):
                yield process, known
                elements -= known
            if not elements:
                return


def _diagram(packed: bytes, process_id: str) -> engine.ProcessInfo | None:
    """Only the one file is compiled: what it calls or decides is not asked for its names."""
    for path, body in bundle_files.with_suffix(bundle_files.unpack(packed), ".bpmn").items():
        if f'"{process_id}"'.encode() in body:
            processes = engine.compile_bundle({path: body}, {}, checked=True).processes
            if process_id in processes:
                return processes[process_id]
    return None
