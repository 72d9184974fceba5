"""The token engine, sole importer of SpiffWorkflow; pure. Imports dmn, feel and domain."""

from service.engine.advance import (
    Advance,
    ClosedTask,
    EndInfo,
    JobRequest,
    MessageOut,
    OpenedTask,
    SignalOut,
    Stopped,
    Subscription,
    Surroundings,
    TrailEntry,
)
from service.engine.bundle import CompiledBundle, FlowInfo, ProcessInfo, StepInfo, compile_bundle
from service.engine.codec import dump_values, load_values
from service.engine.guard import (
    Known,
    check_bpmn,
    errors_caught_elsewhere,
    inputs_by_calls,
    inputs_of_decisions,
)
from service.engine.ids import process_ids, process_names
from service.engine.migrate import (
    Move,
    Plan,
    migrate,
    plan_migration,
)
from service.engine.moments import read_span
from service.engine.reachability import Oddity, Verdict, could_stand
from service.engine.repair import cancel_instance, move_token, redo, set_variable, skip
from service.engine.scope import checked
from service.engine.starting import TimerStart, next_timer_start
from service.engine.steps import (
    complete_job,
    complete_task,
    deliver_message,
    deliver_signal,
    fire_timers,
    start,
    start_by_message,
    start_by_signal,
    start_by_timer,
    throw_error_from_job,
    variables_for,
)
from service.engine.tokens import Token, open_tasks, standing
from service.engine.trace import trace

__all__ = [
    "Advance",
    "ClosedTask",
    "CompiledBundle",
    "EndInfo",
    "FlowInfo",
    "JobRequest",
    "Known",
    "MessageOut",
    "Move",
    "Oddity",
    "OpenedTask",
    "Plan",
    "ProcessInfo",
    "SignalOut",
    "StepInfo",
    "Stopped",
    "Subscription",
    "Surroundings",
    "TimerStart",
    "Token",
    "TrailEntry",
    "Verdict",
    "cancel_instance",
    "check_bpmn",
    "checked",
    "compile_bundle",
    "complete_job",
    "complete_task",
    "could_stand",
    "deliver_message",
    "deliver_signal",
    "dump_values",
    "errors_caught_elsewhere",
    "fire_timers",
    "inputs_by_calls",
    "inputs_of_decisions",
    "load_values",
    "migrate",
    "move_token",
    "next_timer_start",
    "open_tasks",
    "plan_migration",
    "process_ids",
    "process_names",
    "read_span",
    "redo",
    "set_variable",
    "skip",
    "standing",
    "start",
    "start_by_message",
    "start_by_signal",
    "start_by_timer",
    "throw_error_from_job",
    "trace",
    "variables_for",
]
