"""Hands a signal to another municipality, with what was decided to share and nothing else."""

from collections.abc import Mapping
from typing import Any

from service.domain.actor import engine_actor
from service.domain.errors import Incident
from service.operations.history import Happening, append_event
from service.operations.links.export_handover import KIND
from service.operations.links.hand_over_case import hand_over_case
from service.operations.links.handed_over_signal import handed_over_signal
from service.operations.service_tasks.handler import Work, context


def hand_over_to_municipality(work: Work) -> Mapping[str, Any]:
    """Sets ``gemeenteoverdracht``: ``uitkomst`` (gestart, niet_aangesloten) and ``kenmerk``.

    Reads ``gemeenteoverdracht.gemeente`` (id or name; else ``triage.andere_gemeente``), its
    ``samenvatting`` and ``gewenste_actie``, and the decision of ``gegevensdeling``.
    """
    told = context(work.variables, "gemeenteoverdracht")
    to = told.get("gemeente") or context(work.variables, "triage").get("andere_gemeente")
    if not isinstance(to, str) or not to.strip():
        raise Incident("Er is geen gemeente gekozen waaraan dit signaal wordt overgedragen.")
    signal = handed_over_signal(
        signal=context(work.variables, "signaal"),
        sharing=context(work.variables, "gegevensdeling"),
        told=told,
        origin={
            "gemeente": work.case.published.profile.name,
            "kenmerk": work.case.instance.reference,
        },
    )
    handed = hand_over_case(
        work.session, work.collaborators, work.case, to=to, signal=signal, now=work.now
    )
    outcome = {
        "uitkomst": "gestart" if handed.started else "niet_aangesloten",
        "kenmerk": handed.reference,
    }
    detail = {"gemeente": handed.municipality, "signaal": signal, **outcome}
    happening = Happening(
        kind=KIND,
        actor=engine_actor(work.case.instance.municipality),
        element_name=handed.municipality,
        detail=detail,
    )
    append_event(work.session, work.case, happening, now=work.now)
    return {"gemeenteoverdracht": outcome}
