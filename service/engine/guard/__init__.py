"""The deploy guard: refuses by name what would not run faithfully; imports feel and domain."""

from service.engine.guard.check import (
    check_bpmn,
    errors_caught_by_calls,
    errors_caught_elsewhere,
    rules_by_place,
)
from service.engine.guard.dataflow.calls import inputs_by_calls
from service.engine.guard.dataflow.decisions import inputs_of_decisions
from service.engine.guard.dataflow.written import Written, message_names, variables_written
from service.engine.guard.known import Known
from service.engine.guard.outline import Outlined, outline

__all__ = [
    "Known",
    "Outlined",
    "Written",
    "check_bpmn",
    "errors_caught_by_calls",
    "errors_caught_elsewhere",
    "inputs_by_calls",
    "inputs_of_decisions",
    "message_names",
    "outline",
    "rules_by_place",
    "variables_written",
]
