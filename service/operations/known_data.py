"""What the processes of a bundle begin with, and what its forms, jobs and decisions read and fill.

For the guard, which compares it with what the diagrams read.
"""

from collections.abc import Mapping

from service import engine, forms
from service.domain.errors import Refused
from service.operations import bundle_files
from service.operations.published import form_key
from service.operations.report_signal import REPORTING_PROCESS

REGISTRATION = frozenset({"registratie"})
"""What every case begins with (``start_instance.registration``)."""


def form_fields(content: bundle_files.Files) -> dict[str, dict[str, frozenset[str] | None]]:
    """The keys of each form by process and form id: a form lies beside its process.

    Nobody knows those of a form that cannot be read; it has findings of its own.
    """
    found: dict[str, dict[str, frozenset[str] | None]] = {}
    for path, body in bundle_files.with_suffix(content, ".form").items():
        process_id, form_id = form_key(path)
        found.setdefault(process_id, {})[form_id] = _keys(body, path)
    return found


def _keys(body: bytes, path: str) -> frozenset[str] | None:
    try:
        return frozenset(field.key for field in forms.read_form(body, file=path).fields)
    except Refused:
        return None


def inputs(content: bundle_files.Files) -> Mapping[str, frozenset[str]]:
    """What a process begins with, where that is certain.

    That is so for the process of a report, and for those that others call without handing on
    everything; staff may start any other process with variables of their own.
    """
    found: dict[str, frozenset[str] | None] = {REPORTING_PROCESS: REGISTRATION}
    for path, body in bundle_files.with_suffix(content, ".bpmn").items():
        for process_id, names in engine.inputs_by_calls(body, file=path).items():
            before = found.get(process_id, REGISTRATION)
            found[process_id] = None if names is None or before is None else before | names
    return {key: names for key, names in found.items() if names is not None}


def decision_inputs(content: bundle_files.Files) -> Mapping[str, frozenset[str]]:
    """What each decision table of the bundle reads, by decision id."""
    return {
        decision_id: paths
        for path, body in bundle_files.with_suffix(content, ".dmn").items()
        for decision_id, paths in engine.inputs_of_decisions(body, file=path).items()
    }
