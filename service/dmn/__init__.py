"""Decision models (DMN 1.2–1.6) on our FEEL: read, checked, compiled once, decided lazily.

Imports ``feel`` and ``domain`` only.
"""

from service.dmn.compile import (
    check_dmn,
    decision_ids,
    decision_names,
    decision_outputs,
    imports_others,
    read_dmn,
)
from service.dmn.definitions import Decision, Definitions, Outcome
from service.dmn.reads import names_read
from service.dmn.together import check_together, read_together

__all__ = [
    "Decision",
    "Definitions",
    "Outcome",
    "check_dmn",
    "check_together",
    "decision_ids",
    "decision_names",
    "decision_outputs",
    "imports_others",
    "names_read",
    "read_dmn",
    "read_together",
]
