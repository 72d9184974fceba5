"""What the service tasks of the diagrams do: one handler per job type."""

from collections.abc import Mapping
from types import MappingProxyType

from service.operations.service_tasks import rapportage
from service.operations.service_tasks.aanwijzing import check_appointment
from service.operations.service_tasks.agenda import collect_agenda
from service.operations.service_tasks.agendapunt import place_item
from service.operations.service_tasks.andere_gemeente import hand_over_to_municipality
from service.operations.service_tasks.besluitenlijst import record_decisions
from service.operations.service_tasks.bewaren import destroy_listed, hold_back, list_due
from service.operations.service_tasks.burgemeester import tell_burgemeester
from service.operations.service_tasks.controle import record_control
from service.operations.service_tasks.convenant import check_covenant
from service.operations.service_tasks.handler import Handler, Work
from service.operations.service_tasks.koppeling import link_signal
from service.operations.service_tasks.melder import forget
from service.operations.service_tasks.netwerk import look_through_network, settle_agreement
from service.operations.service_tasks.noodtoegang import end_reading
from service.operations.service_tasks.registreren import register
from service.operations.service_tasks.splitsing import split_signal
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
        "convenant_controleren": check_covenant,
        "aanwijzing_controleren": check_appointment,
        "signaal_koppelen": link_signal,
        "overdragen_aan_gemeente": hand_over_to_municipality,
        "netwerk_ophalen": look_through_network,
        "afspraak_bijwerken": settle_agreement,
        "agendapunt_plaatsen": place_item,
        "agenda_verzamelen": collect_agenda,
        "besluitenlijst_vastleggen": record_decisions,
        "controle_vastleggen": record_control,
        "signaal_splitsen": split_signal,
        "melder_wissen": forget,
        "rapportage_maken": rapportage.make,
        "rapportage_archiveren": rapportage.keep,
        "vernietigingslijst_maken": list_due,
        "zaken_vernietigen": destroy_listed,
        "bewaring_opschorten": hold_back,
        "noodtoegang_beeindigen": end_reading,
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
        "convenant_controleren": frozenset(
            {"convenant_controle.geldig", "convenant_controle.reden"}
        ),
        "aanwijzing_controleren": frozenset(
            {
                "aanwijzing_controle.geldig",
                "aanwijzing_controle.reden",
                "aanwijzing_controle.geblokkeerd",
            }
        ),
        "signaal_koppelen": frozenset({"koppeling.kenmerk", "koppeling.soort"}),
        "overdragen_aan_gemeente": frozenset(
            {
                "gemeenteoverdracht.uitkomst",
                "gemeenteoverdracht.kenmerk",
            }
        ),
        "netwerk_ophalen": frozenset({"netwerk.verloopt"}),
        "afspraak_bijwerken": frozenset({"afspraakbesluit.uitkomst"}),
        "agendapunt_plaatsen": frozenset({"agendapunt.kenmerk"}),
        "agenda_verzamelen": frozenset({"agenda.punten", "agenda.deelnemers", "agenda.rollen"}),
        "besluitenlijst_vastleggen": frozenset(
            {"besluitenlijst.regels", "besluitenlijst.aangehouden"}
        ),
        "controle_vastleggen": frozenset(
            {"controle_telling.nummer", "controle_telling.dit_jaar", "controle_telling.jaardoel"}
        ),
        "signaal_splitsen": frozenset({"splitsing.aantal"}),
        "melder_wissen": frozenset(),
        "rapportage_maken": frozenset(
            {
                "rapportage.soort",
                "rapportage.titel",
                "rapportage.van",
                "rapportage.tot",
                "rapportage.tekst",
                "rapportage.tabellen",
                "rapportage.kengetallen",
                "rapportage.drempel",
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
        "noodtoegang_beeindigen": frozenset(),
    }
)
"""The variables that each handler sets; the guard tells who reads another one."""

__all__ = ["HANDLERS", "OUTPUTS", "Handler", "Work"]
