"""A handover leaves only under a valid agreement, and its receiver sees that and nothing else."""

from typing import Any

import pytest

from service.domain.errors import NotFound
from service.operations.show_case import show_case
from tests.integration import drawn
from tests.integration.conftest import Office
from tests.integration.networking import TODAY, YESTERDAY, agreement_for
from tests.integration.networking import until as valid_until
from tests.integration.tables import page

SUMMARY = "Twee zussen worden gedwongen tot diefstal en willen hulp."
CONVERSATION = "De oudste vertelde dat haar paspoort is afgenomen."
REASON = "Onze triage vindt dit een zaak voor de zorgcoördinator."


def begun(office: Office, route: str = "B", holder: str = "zvh") -> str:
    """A case of which the route is decided; its kenmerk."""
    return drawn.begun(
        office,
        "overdracht",
        triage={"urgentie": "hoog", "toelichting": CONVERSATION},
        routering={"groepen": ["af-zorg"]},
        routebesluit={"hoofdroute": route, "regiehouder": holder},
        gegevensdeling={"besluit": "toegestaan"},
        verstrekking={"kenmerk": "2026-V1"},
    ).reference


def registered(office: Office, **more: Any) -> None:
    office.do(
        "af-zorg",
        "zvh_aanmelden",
        overdracht={
            "ontvanger": "zvh",
            "criterium_leefgebieden": "ja",
            "criterium_ketens": "ja",
            "criterium_omgeving": "ja",
            "criterium_veiligheid": "nee",
            "doel": "Veilig wonen en de ronselaar aanpakken.",
            "verstrekking": "2026-V1",
            "samenvatting": SUMMARY,
            "gewenste_actie": "Neem de regie.",
            "reactie_voor": "2026-03-09",
            **more,
        },
    )


def outcome(office: Office, reference: str) -> tuple[str | None, list[str]]:
    return office.instance(reference).end_name, office.open_tasks(reference)


def test_the_receiver_sees_what_was_handed_over_and_nothing_else_of_the_case(
    office: Office,
) -> None:
    reference = begun(office)
    registered(office)
    form = page(office, "zvh", "overdracht_beoordelen")
    assert form.form is not None
    asked = {field.key for field in form.form.fields}
    assert {key.split(".")[0] for key in asked} == {"overdracht", "overdracht_reactie"}
    assert form.variables["overdracht"]["samenvatting"] == SUMMARY
    shown = office.act(show_case, "zvh", instance_id=office.instance(reference).id)
    assert CONVERSATION not in repr(shown)


def test_no_other_partner_sees_it(office: Office) -> None:
    reference = begun(office)
    registered(office)
    for other in ("riec", "zorgcoordinator", "politie-avim"):
        assert "overdracht_beoordelen" not in office.inbox(other)
        with office.application.sessions() as session, pytest.raises(NotFound):
            show_case(
                session,
                office.application.collaborators,
                instance_id=office.instance(reference).id,
                actor=office.person(other),
                now=office.clock(),
            )


def test_an_expired_agreement_keeps_everything_here_and_says_why(office: Office) -> None:
    valid_until(office, agreement_for(office, "zvh"), YESTERDAY)
    reference = begun(office)
    registered(office)
    assert outcome(office, reference) == (None, ["blokkade_oplossen"])
    assert "overdracht_beoordelen" not in office.inbox("zvh")
    told = page(office, "af-zorg", "blokkade_oplossen").variables["convenant_controle"]
    assert "Veiligheidshuisconvenant: verlopen op 01-03-2026" in told["reden"]


def test_what_was_written_goes_along_once_the_agreement_is_in_order(office: Office) -> None:
    valid_until(office, agreement_for(office, "zvh"), YESTERDAY)
    begun(office)
    registered(office)
    valid_until(office, agreement_for(office, "zvh"), TODAY)
    office.do("af-zorg", "blokkade_oplossen", overdracht={"na_blokkade": "opnieuw"})
    seen = page(office, "zvh", "overdracht_beoordelen").variables["overdracht"]
    assert seen["samenvatting"] == SUMMARY


def test_a_refusal_ends_with_its_reason(office: Office) -> None:
    reference = begun(office)
    registered(office)
    office.do(
        "zvh",
        "overdracht_beoordelen",
        overdracht_reactie={"besluit": "weigeren", "reden": REASON},
    )
    assert outcome(office, reference) == ("Geweigerd", [])


def test_who_does_not_answer_in_time_has_refused(office: Office) -> None:
    reference = begun(office)
    registered(office)
    office.later(days=6)
    assert outcome(office, reference) == (None, ["overdracht_beoordelen"])
    office.later(days=2)
    assert outcome(office, reference) == ("Geweigerd", [])
    assert "overdracht_beoordelen" not in office.inbox("zvh")
