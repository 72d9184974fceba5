"""What a check of a diagram, table, form or profile has to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error blocks publication."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One remark about one element of one file."""

    file: str
    element_id: str | None
    code: str
    """Stable, in kebab-case and English: ``signal-end-event``."""
    severity: Severity
    reason: str
    """One Dutch sentence: what is wrong."""
    way_out: str
    """One Dutch sentence: what to do about it."""
    line: int | None = None
    others: tuple[str, ...] = ()
    """Ids of the other elements that it is about."""
    field: tuple[str, ...] = ()
    """The field in which it is mended: labels in the panel of the editor, from outside in."""


def errors_of(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that block publication."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]
