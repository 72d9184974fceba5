"""Decision models (DMN 1.2–1.6) on our FEEL: read, checked, compiled once, decided lazily.

Imports ``feel`` and ``domain`` only.
"""

from service.dmn.compile import (
    check_dmn,
    decision_ids,
    imports_others,
    read_dmn,
    read_together,
)
from service.dmn.definitions import Decision, Definitions, Outcome

__all__ = [
    "Decision",
    "Definitions",
    "Outcome",
    "check_dmn",
    "decision_ids",
    "imports_others",
    "read_dmn",
    "read_together",
]
