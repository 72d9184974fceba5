"""The resources of version 1, one module a noun."""

import service.api.v1.insight
import service.api.v1.locks
import service.api.v1.publishing
import service.api.v1.repairs
import service.api.v1.trials
import service.api.v1.versions  # noqa: F401 - add to the resources of cases and drafts
from service.api.v1.broadcasts import broadcasts
from service.api.v1.checks import checks
from service.api.v1.drafts import drafts
from service.api.v1.handovers import handovers
from service.api.v1.instances import instances
from service.api.v1.library import library
from service.api.v1.messages import messages
from service.api.v1.moves import moves
from service.api.v1.processes import processes
from service.api.v1.publications import publications
from service.api.v1.registers import registers
from service.api.v1.signals import signals
from service.api.v1.starts import starts
from service.api.v1.tasks import tasks

BLUEPRINTS = (
    processes,
    signals,
    instances,
    tasks,
    handovers,
    registers,
    messages,
    broadcasts,
    starts,
    moves,
    checks,
    library,
    drafts,
    publications,
)
"""In the order in which the documentation shows them."""
