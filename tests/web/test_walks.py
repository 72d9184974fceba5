"""A case by the longer roads, through the pages alone and with a clock that is moved."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.integration import steps
from tests.integration.conftest import Office
from tests.web.conftest import Page, Staff

JUDGED = {
    "oordeel": "ja",
    "motivering": steps.WHY,
    "slachtoffer_in_beeld": "ja",
    "strafrechtelijk": "nee",
    "ondermijnend": "nee",
}
PURPOSE = {
    "doel": "Hulp aan vier bewoners.",
    "wettelijke_taak": "wmo",
    "kan_anoniem": "nee",
    "partner": "zvh",
}


def posted(answers: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Answers under the names that their fields have."""
    for name, value in answers.items():
        path = f"{prefix}{name}"
        if isinstance(value, Mapping):
            yield from posted(value, f"{path}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for number, row in enumerate(value):
                yield from posted(row, f"{path}.{number}.")
        else:
            yield path, value


class Walk:
    """The pages, walked by whoever has the role that is asked."""

    def __init__(self, office: Office, staff: Staff) -> None:
        self.office, self.staff = office, staff
        self.desks: dict[str, Any] = {}

    def do(self, role: str, element_id: str, **answers: Any) -> Page:
        desk = self.desks.setdefault(role, None) or self.staff(role)
        self.desks[role] = desk
        desk.get(f"/taken/{self.office.inbox(role)[element_id].id}")
        desk.submit("/oppakken")
        page: Page = desk.submit("/afronden", dict(posted(answers)))
        assert page.path.startswith("/zaken/"), page.text
        self.office.work()
        return page


@pytest.fixture
def walk(office: Office, staff: Staff) -> Walk:
    return Walk(office, staff)


def decided(walk: Walk, route: str, partner: str) -> None:
    walk.do(
        "af-zorg",
        "routebesluit_nemen",
        routebesluit={
            "slachtoffer_in_beeld": "nee",
            "strafrechtelijk": "nee",
            "ondermijnend": "nee",
            "hoofdroute": route,
            "regiehouder": partner,
            "motivering": steps.WHY,
        },
    )
    walk.do("af-zorg", "doel_bepalen", gegevensdeling=PURPOSE)
    walk.do("af-zorg", "grondslag_afwegen", gegevensdeling=steps.WEIGHED)
    for table in steps.LOCAL_TABLES if partner == "riec" else ():
        steps.passed_on(walk.office, table)
    walk.do(
        "af-zorg",
        steps.FORM_OF[partner],
        overdracht={
            "ontvanger": partner,
            "verstrekking": "2026-V1",
            "samenvatting": steps.SUMMARY,
            "gewenste_actie": steps.WISH,
            "reactie_voor": "2026-06-01",
            **steps.ASKED[steps.FORM_OF[partner]],
        },
    )


@pytest.mark.parametrize(("route", "partner"), [("B", "zvh"), ("C", "riec")])
def test_a_handover_is_refused_decided_again_and_accepted(
    walk: Walk, office: Office, route: str, partner: str
) -> None:
    reference = office.report().reference
    walk.do("af-zorg", "triage", triage=steps.TRIAGE)
    walk.do("af-zorg", "verrijken", verrijking=steps.ENRICHED)
    walk.do("af-zorg", "vermoeden_beoordelen", beoordeling=JUDGED)
    walk.do("af-veiligheid", "tweede_beoordeling_geven", tweede_beoordeling={"eens": "ja"})
    decided(walk, route, partner)
    refused = {"besluit": "weigeren", "reden": steps.REASON}
    walk.do(partner, "overdracht_beoordelen", overdracht_reactie=refused)
    decided(walk, route, partner)
    accepted = {"besluit": "accepteren", "contactpersoon": "Mira van der Loket"}
    walk.do(partner, "overdracht_beoordelen", overdracht_reactie=accepted)
    told = {"niveau": "1", "sjabloon": "bekeken", "kanaal": "email"}
    walk.do("af-zorg", "terugkoppeling_geven", terugkoppeling=told)
    walk.do("af-zorg", "opvolgen", opvolging={"status": "klaar"})
    steps.TRACK_DONE[partner](office)
    closed = {"resultaat": "hulp_gestart", "vorm_definitief": "arbeid", "terugkoppelniveau": "1"}
    walk.do("af-zorg", "casus_afsluiten", afsluiting=closed)
    walk.do("af-zorg", "terugkoppeling_geven", terugkoppeling={**told, "sjabloon": "afgerond"})

    page = walk.desks["af-zorg"].get(f"/zaken/{reference}")
    assert "Afgerond" in page.text
    assert steps.REASON in page.text


def test_too_little_is_watched_until_the_term_is_over(walk: Walk, office: Office) -> None:
    reference = office.report().reference
    walk.do("af-zorg", "triage", triage=steps.TRIAGE)
    walk.do("af-zorg", "verrijken", verrijking=steps.ENRICHED)
    unsure = {"oordeel": "onvoldoende", "motivering": steps.WHY}
    walk.do("af-zorg", "vermoeden_beoordelen", beoordeling=unsure)
    walk.do("af-veiligheid", "tweede_beoordeling_geven", tweede_beoordeling={"eens": "ja"})
    office.later(days=89)
    assert "Monitoren" in walk.desks["af-zorg"].get(f"/zaken/{reference}").text
    office.later(days=2)
    told = {"niveau": "1", "sjabloon": "afgerond", "kanaal": "email"}
    walk.do("af-zorg", "terugkoppeling_geven", terugkoppeling=told)

    page = walk.desks["af-zorg"].get(f"/zaken/{reference}")
    assert "Een termijn is verstreken" in page.text
    assert "Open taken" not in page.text
