"""The rules by place; importing this package fills the register. Imports the guard's own parts."""

from service.engine.guard.rules import (
    activities,
    assignment,
    data,
    drawing,
    elements,
    events,
    expressions,
    extensions,
    flow,
    gateways,
    identity,
    known_ids,
    loops,
    messages,
    outcomes,
    references,
    signals,
    structure,
    timers,
)
from service.engine.guard.soundness import token_flow

PLACES = (
    structure,
    elements,
    extensions,
    identity,
    references,
    flow,
    token_flow,
    gateways,
    events,
    timers,
    messages,
    signals,
    outcomes,
    activities,
    loops,
    assignment,
    data,
    expressions,
    known_ids,
    drawing,
)
"""Every module with rules, in the order of docs/bpmn.md."""
