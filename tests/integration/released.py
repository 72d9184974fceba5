"""A report that was released, for whoever draws one."""

from datetime import date
from uuid import uuid4

from service.storage import Report
from tests.integration.conftest import DEMO, Office

CONTENT = {
    "drempel": 5,
    "tabellen": [
        {
            "tabel": "signaal.vorm",
            "titel": "Vorm van uitbuiting, bij melding",
            "telt_op": True,
            "totaal": 31,
            "regels": [
                {"code": "arbeid", "wat": "Arbeidsuitbuiting", "aantal": 20},
                {"code": "seksueel", "wat": "Seksuele uitbuiting", "aantal": None},
            ],
        }
    ],
    "kengetallen": [{"wat": "Taken binnen de normtijd", "waarde": "81 %"}],
    "tekst": "",
}


def released(office: Office) -> str:
    """Releases a report with a hidden number; gives the address of its page."""
    key = uuid4()
    with office.application.sessions.begin() as session:
        session.add(
            Report(
                id=key,
                municipality=DEMO,
                kind="rapportage",
                period_from=date(2025, 1, 1),
                period_to=date(2026, 1, 1),
                title="Rapportage mensenhandel, Midden-Delfland",
                content=CONTENT,
                released_at=office.clock(),
                made_in=None,
            )
        )
    return f"/cijfers/{key}"
