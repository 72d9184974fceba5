"""Links a signal to the case that triage named."""

from collections.abc import Mapping
from typing import Any

from service.domain.errors import Incident
from service.operations.links.link_cases import link_cases
from service.operations.service_tasks.handler import Work, context
from service.storage.case_link import DUPLICATE, HANDED_OVER, LINK_KINDS


def link_signal(work: Work) -> Mapping[str, Any]:
    """Sets ``koppeling``: ``kenmerk`` and ``soort``.

    Reads ``triage.dubbel_met`` (a kenmerk) and ``triage.soort_koppeling``, without which it is
    a duplicate.
    """
    triage = context(work.variables, "triage")
    reference = triage.get("dubbel_met")
    kind = triage.get("soort_koppeling") or DUPLICATE
    if not isinstance(reference, str) or not reference.strip():
        raise Incident("Er is geen kenmerk ingevuld van de zaak waaraan dit signaal hoort.")
    if kind not in LINK_KINDS or kind == HANDED_OVER:
        raise Incident(f"Een koppeling is dubbel, gerelateerd of vervolg, niet {kind!r}.")
    link = link_cases(
        work.session,
        work.collaborators,
        work.case,
        reference=reference,
        kind=kind,
        now=work.now,
    )
    return {"koppeling": {"kenmerk": link.reference, "soort": link.kind}}
