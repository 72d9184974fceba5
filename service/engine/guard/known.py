"""What the guard may take for granted outside the one file that it checks."""

from dataclasses import dataclass


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
