"""Registers a signal: when it came in, what it counts as, and a receipt to whoever wants one."""

from collections.abc import Mapping
from typing import Any

from service.domain.working_days import AMSTERDAM
from service.operations.reporter_contact import tell_reporter
from service.operations.service_tasks.handler import Work
from service.operations.service_tasks.statistiek import record_facts

_RECEIPT = (
    "Uw melding is ontvangen onder kenmerk {reference}.\n\n"
    "Is er nu gevaar? Bel 112.\n\n"
    "In deze mail staat met opzet niets over wat u hebt gemeld.\n"
)


def register(work: Work) -> Mapping[str, Any]:
    """Sets ``registratie.ontvangen_op`` (a date)."""
    instance = work.case.instance
    tell_reporter(
        work.session,
        work.collaborators,
        instance,
        subject="Uw melding is ontvangen",
        body=_RECEIPT.format(reference=instance.reference),
        now=work.now,
    )
    record_facts(work)
    received = instance.started_at.astimezone(AMSTERDAM).date()
    return {"registratie": {"ontvangen_op": received}}
