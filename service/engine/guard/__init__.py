"""The deploy guard: refuses by name what would not run faithfully; imports feel and domain."""

from service.engine.guard.check import (
    check_bpmn,
    errors_caught_by_calls,
    errors_caught_elsewhere,
    rules_by_place,
)
from service.engine.guard.dataflow.calls import inputs_by_calls
from service.engine.guard.dataflow.decisions import inputs_of_decisions
from service.engine.guard.known import Known

__all__ = [
    "Known",
    "check_bpmn",
    "errors_caught_by_calls",
    "errors_caught_elsewhere",
    "inputs_by_calls",
    "inputs_of_decisions",
    "rules_by_place",
]
