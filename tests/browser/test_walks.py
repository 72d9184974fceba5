"""A signal from report to end, each step by the right person at their own desk."""

import time
from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, OpenDesk
from tests.browser.walking import do, report
from tests.integration import steps
from tests.integration.conftest import SIGNAL

ANONYMOUS: dict[str, Any] = {
    "acuut_gevaar": "nee",
    "omschrijving": SIGNAL["omschrijving"],
    "plaats_omschrijving": "Bij de kassen",
    "gaat_over": ["slachtoffer"],
    "vorm": "arbeid",
    "minderjarig": "onbekend",
    "hoedanigheid": "anoniem",
    "anoniem": "ja",
    "terugkoppeling_gewenst": "ja",
}
REPORT = {
    "acuut_gevaar": "nee",
    **{k: v for k, v in SIGNAL.items() if k not in ("acuut_gevaar", "veilig_terugbellen")},
}


def test_a_signal_walks_from_report_to_closed_through_four_roles(visit: OpenDesk) -> None:
    reporter, care = visit("melder"), visit("af-zorg")
    safety, partner = visit("af-veiligheid"), visit("zorgcoordinator")
    reference = report(reporter, **REPORT)

    do(care, reference, "Triage", triage=steps.TRIAGE)
    do(care, reference, "Signaal verrijken", verrijking=steps.ENRICHED)
    do(care, reference, "Vermoeden beoordelen", beoordeling=JUDGED)
    do(safety, reference, "Tweede beoordeling geven", tweede_beoordeling={"eens": "ja"})
    do(care, reference, "Routebesluit nemen", routebesluit=ROUTED)
    do(care, reference, "Doel bepalen", gegevensdeling=PURPOSE)
    do(care, reference, "Grondslag afwegen", gegevensdeling=steps.WEIGHED)
    do(care, reference, "Overdragen", overdracht=handover())
    do(partner, reference, "Overdracht beoordelen", overdracht_reactie=ACCEPTED)
    do(care, reference, "Terugkoppeling geven", terugkoppeling=told("bekeken"))
    do(care, reference, "Opvolgen", opvolging={"status": "klaar"})
    do(care, reference, "Casus afsluiten", afsluiting=CLOSED)
    do(care, reference, "Terugkoppeling geven", terugkoppeling=told("afgerond"))

    wait_for_text(care, f"/zaken/{reference}", "Afgerond")
    wait_for_text(reporter, "/mijn-signalen", "Wij hebben uw melding afgerond.")


def test_what_is_no_suspicion_is_picked_up_by_the_municipality(visit: OpenDesk) -> None:
    care, safety = visit("af-zorg"), visit("af-veiligheid")
    reference = report(care, **REPORT)
    do(care, reference, "Triage", triage=steps.TRIAGE)
    do(care, reference, "Signaal verrijken", verrijking=steps.ENRICHED)
    do(care, reference, "Vermoeden beoordelen", beoordeling=NOTHING)
    do(safety, reference, "Tweede beoordeling geven", tweede_beoordeling={"eens": "ja"})
    do(
        care,
        reference,
        "Gemeentelijk oppakken",
        oppakken={"wijze": "reguliere_hulp", "toelichting": steps.AGREED},
    )
    do(care, reference, "Terugkoppeling geven", terugkoppeling=told("bekeken"))

    wait_for_text(care, f"/zaken/{reference}", "Afgerond")


def test_acute_danger_shows_112_first_and_asks_for_nothing_else(visit: OpenDesk) -> None:
    stranger, care = visit(), visit("af-zorg")
    stranger.go("/melden")
    emergency = stranger.page.get_by_role("region", name="Bij gevaar")
    expect(emergency.get_by_role("link", name="Bel 112")).to_be_in_viewport()
    stranger.page.locator('[name="signaal.acuut_gevaar"][value="ja"]').check()
    expect(stranger.page.get_by_text("Bel nu 112.")).to_be_visible()
    stranger.page.get_by_label("Wat hebt u gezien of gehoord?").fill("Een kelder, nu.")
    stranger.page.get_by_role("button", name="Melding versturen").click()

    expect(stranger.page.get_by_role("heading", name="Uw melding is ontvangen")).to_be_visible()
    expect(emergency).to_be_visible()
    reference = stranger.page.locator(".mr-reference").inner_text()
    wait_for_text(care, f"/taken/rollen?kenmerk={reference}", "112 bellen en vastleggen")
    row = care.page.get_by_role("row").filter(has_text="112 bellen en vastleggen")
    expect(row.get_by_text("Acuut", exact=True)).to_be_visible()


def test_who_reports_anonymously_is_asked_and_answers_with_a_code(visit: OpenDesk) -> None:
    stranger, care = visit(), visit("af-zorg")
    reference = report(stranger, **ANONYMOUS)
    code = stranger.page.locator("#terugkoppelcode").inner_text()
    assert stranger.page.context.cookies() == []

    asked = {**steps.TRIAGE, "bruikbaar": "nee", "vraag_aan_melder": steps.QUESTION}
    do(care, reference, "Triage", triage=asked)
    stranger.go("/terugkoppeling")
    stranger.page.get_by_label("Terugkoppelcode").fill(code)
    stranger.page.get_by_role("button", name="Bekijken").click()
    expect(stranger.page.get_by_text(steps.QUESTION)).to_be_visible()
    stranger.page.locator('[name="aanvulling.tekst"]').fill(steps.ANSWER)
    stranger.page.get_by_role("button", name="Aanvulling versturen").click()
    expect(stranger.page.get_by_text("Uw aanvulling is ontvangen.")).to_be_visible()

    wait_for_text(care, f"/zaken/{reference}", steps.ANSWER)
    assert stranger.page.context.cookies() == []


def wait_for_text(desk: Any, path: str, text: str) -> None:
    """Looks again until the worker is done."""
    deadline = time.monotonic() + PATIENCE
    while text not in desk.go(path).content():
        assert time.monotonic() < deadline, f"{text!r} verschijnt niet op {path}"
        time.sleep(0.3)


def told(text: str) -> dict[str, str]:
    return {"niveau": "1", "sjabloon": text, "kanaal": "email"}


def handover() -> dict[str, str]:
    soon = datetime.now() + timedelta(days=7)  # noqa: DTZ005 - what a person types
    return {
        "ontvanger": "zorgcoordinator",
        "verstrekking": "2026-V1",
        "samenvatting": steps.SUMMARY,
        "gewenste_actie": steps.WISH,
        "reactie_voor": soon.strftime("%Y-%m-%d"),
    }


JUDGED = {
    "oordeel": "ja",
    "motivering": steps.WHY,
    "slachtoffer_in_beeld": "ja",
    "strafrechtelijk": "nee",
    "ondermijnend": "nee",
}
NOTHING = {"oordeel": "nee", "motivering": steps.WHY}
ROUTED = {
    "slachtoffer_in_beeld": "nee",
    "strafrechtelijk": "nee",
    "ondermijnend": "nee",
    "hoofdroute": "A",
    "regiehouder": "zorgcoordinator",
    "motivering": steps.WHY,
}
PURPOSE = {
    "doel": "Hulp aan vier bewoners.",
    "wettelijke_taak": "wmo",
    "kan_anoniem": "nee",
    "partner": "zvh",
}
ACCEPTED = {"besluit": "accepteren", "contactpersoon": "Mira van der Loket"}
CLOSED = {
    "resultaat": "hulp_gestart",
    "vorm_definitief": "arbeid",
    "terugkoppelniveau": "1",
}
