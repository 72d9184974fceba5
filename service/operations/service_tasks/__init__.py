"""What the service tasks of the diagrams do: one handler per job type."""

from collections.abc import Mapping
from types import MappingProxyType

from service.operations.service_tasks import rapportage
from service.operations.service_tasks.bewaren import destroy_listed, hold_back, list_due
from service.operations.service_tasks.burgemeester import tell_burgemeester
from service.operations.service_tasks.handler import Handler, Work
from service.operations.service_tasks.registreren import register
from service.operations.service_tasks.statistiek import record_facts
from service.operations.service_tasks.terugkoppeling import send_feedback
from service.operations.service_tasks.verstrekking import record_disclosure

HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        "registreren": register,
        "terugkoppeling_sturen": send_feedback,
        "statistiek_vastleggen": record_facts,
        "melding_burgemeester": tell_burgemeester,
        "verstrekking_vastleggen": record_disclosure,
        "rapportage_maken": rapportage.make,
        "rapportage_archiveren": rapportage.keep,
        "vernietigingslijst_maken": list_due,
        "zaken_vernietigen": destroy_listed,
        "bewaring_opschorten": hold_back,
    }
)
"""Handlers by the job type that a diagram names."""

OUTPUTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "registreren": frozenset({"registratie.ontvangen_op"}),
        "terugkoppeling_sturen": frozenset(),
        "statistiek_vastleggen": frozenset(),
        "melding_burgemeester": frozenset(),
        "verstrekking_vastleggen": frozenset({"verstrekking.kenmerk"}),
        "rapportage_maken": frozenset(
            {
                "rapportage.soort",
                "rapportage.titel",
                "rapportage.van",
                "rapportage.tot",
                "rapportage.tekst",
                "rapportage.tabellen",
                "rapportage.kengetallen",
            }
        ),
        "rapportage_archiveren": frozenset({"archivering.kenmerk"}),
        "vernietigingslijst_maken": frozenset(
            {"vernietiging.aantal", "vernietiging.zaken", "vernietiging.lijst"}
        ),
        "zaken_vernietigen": frozenset(
            {"verklaring.vernietigd", "verklaring.gebleven", "verklaring.tekst"}
        ),
        "bewaring_opschorten": frozenset(
            {"bewaring.vastgehouden", "bewaring.onbekend", "bewaring.tekst"}
        ),
    }
)
"""The variables that each handler sets; the guard tells who reads another one."""

__all__ = ["HANDLERS", "OUTPUTS", "Handler", "Work"]
