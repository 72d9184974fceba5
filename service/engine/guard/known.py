"""What the guard may take for granted outside the one file that it checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Known:
    """Ids that exist in the publication; ``None`` means: do not check that kind of reference."""

    processes: frozenset[str] | None = None
    decisions: frozenset[str] | None = None
    forms: frozenset[str] | None = None
    roles: frozenset[str] | None = None
    job_types: frozenset[str] | None = None
    caught_errors: frozenset[str] = frozenset()
    """Error codes that a call in another file catches (``errors_caught_by_calls``)."""
    form_fields: Mapping[str, frozenset[str]] | None = None
    """The keys (paths) that each form fills, by form id; a form that is not here fills anything."""
    inputs: Mapping[str, frozenset[str]] | None = None
    """What each process begins with, by process id (``inputs_by_calls`` helps to tell)."""
    job_outputs: Mapping[str, frozenset[str]] | None = None
    """What the handler of each job type writes; one that is not here writes anything."""
    decision_inputs: Mapping[str, frozenset[str]] | None = None
    """The variables that each decision reads, by decision id."""
    now: datetime | None = None
    """When this is checked, with an offset; None: literal moments may lie in the past."""
