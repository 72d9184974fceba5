"""Which processes a draft changes: by their own files, their tables and what they call."""

from collections.abc import Iterable

from service import dmn
from service.operations import bundle_files
from service.operations.moving.plans import with_called
from service.operations.published import Published, form_key


def affected(
    before: bundle_files.Files, after: bundle_files.Files, published: Published
) -> tuple[str, ...]:
    """The processes of ``published`` that run otherwise once these files change, sorted."""
    paths = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    if bundle_files.PROFILE in paths:
        return tuple(sorted(published.bundle.processes))
    own = {*_by_file(paths, published), *_by_form(paths), *_by_table(paths, before, published)}
    return tuple(
        process_id
        for process_id in sorted(published.bundle.processes)
        if not own.isdisjoint(with_called(published, [process_id]))
    )


def _by_file(paths: Iterable[str], published: Published) -> set[str]:
    return {key for key, info in published.bundle.processes.items() if info.file in paths}


def _by_form(paths: Iterable[str]) -> set[str]:
    return {form_key(path)[0] for path in paths if path.endswith(".form")}


def _by_table(paths: Iterable[str], before: bundle_files.Files, published: Published) -> set[str]:
    """Those that name a decision of a table that changes, or of one beside it that imports it."""
    folders = {path.rsplit("/", 1)[0] for path in paths if path.endswith(".dmn")}
    decisions = {
        decision_id
        for path, body in bundle_files.with_suffix(before, ".dmn").items()
        if path.rsplit("/", 1)[0] in folders
        for decision_id in dmn.decision_ids(body)
    }
    named = [f'decisionId="{decision_id}"'.encode() for decision_id in decisions]
    return {
        key
        for key, info in published.bundle.processes.items()
        if any(name in info.xml for name in named)
    }
