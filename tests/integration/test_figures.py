"""The figures of a period: counted once each, and shown only as small numbers allow."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from service.domain.errors import NotAllowed
from service.domain.suppression import Rule
from service.operations.figures.period import Period
from service.storage import Fact, Report
from tests.integration import aged, counted, statements, steps
from tests.integration.conftest import DEMO, MONDAY, Office
from tests.integration.counted import MAY, figure, report, signals, table

ROUTED = {"beoordeling__oordeel": "ja"}

EXPLAINED = {"tekst": "Rustig jaar.", "niemand_herkenbaar": True}


def work_forms(office: Office, *, sexual: int = 3) -> None:
    signals(office, 12, "A", signaal__vorm="arbeid", triage__urgentie="normaal")
    signals(office, 8, "B", signaal__vorm="crimineel", triage__urgentie="hoog")
    signals(office, sexual, "C", signaal__vorm="seksueel", triage__urgentie="hoog")


def test_a_count_of_three_is_hidden_and_another_with_it(office: Office) -> None:
    work_forms(office)
    total, cells = table(report(office), "signaal.vorm")
    assert total == 23
    assert (cells["seksueel"], cells["orgaan"], cells["niet_vastgelegd"]) == (None, None, None)
    assert cells["crimineel"] is None, "else the total tells the three"
    assert cells["arbeid"] == 12


def test_choices_that_nobody_made_stand_in_the_table_too(office: Office) -> None:
    work_forms(office, sexual=6)
    total, cells = table(report(office), "signaal.vorm")
    assert (total, cells["orgaan"], cells["seksueel"]) == (26, 0, 6)


def test_signals_are_counted_in_the_month_they_came_in_on_the_dutch_clock(office: Office) -> None:
    signals(office, 6, "A", at=MAY)
    signals(office, 7, "B", at=MAY.replace(day=31, hour=23, minute=30))
    _, months = table(report(office), "maand")
    assert (months["2025-05"], months["2025-06"]) == (13, 0)
    assert len(months) == 12


def test_how_far_signals_came_counts_each_once(office: Office) -> None:
    signals(office, 6, "A", **ROUTED, routebesluit__hoofdroute="A")
    signals(office, 5, "B", beoordeling__oordeel="nee")
    signals(office, 4, "D", aanpak__uitkomst="geen_vermoeden", zaak__einde="Naar aanpak")
    signals(office, 7, "C", zaak__einde="Doorverwezen")
    total, cells = table(report(office), "verloop")
    assert (total, cells["route_A"], cells["geen_vermoeden"], cells["doorverwezen"]) == (
        22,
        6,
        9,
        7,
    )
    assert figure(report(office), "Signalen die tot een aanpak leidden") == "27 %"


def test_a_share_of_a_hidden_count_is_not_told(office: Office) -> None:
    signals(office, 3, "A", **ROUTED, routebesluit__hoofdroute="A")
    signals(office, 30, "B", beoordeling__oordeel="nee")
    assert figure(report(office), "Signalen die tot een aanpak leidden") is None


def test_the_latest_code_of_a_dimension_counts(office: Office) -> None:
    signals(office, 6, "A", triage__urgentie="laag")
    with office.application.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO fact SELECT instance_id, name, 'hoog', municipality, "
                "at + interval '1 hour' FROM fact WHERE name = 'triage.urgentie'"
            )
        )
    signals(office, 9, "B", triage__urgentie="normaal")
    total, cells = table(report(office), "triage.urgentie")
    assert (total, cells["hoog"], cells["laag"], cells["normaal"]) == (15, 6, 0, 9)


def test_with_fewer_than_ten_signals_nothing_is_divided(office: Office) -> None:
    signals(office, 6, "A", signaal__vorm="arbeid")
    signals(office, 3, "B", signaal__vorm="seksueel")
    assert table(report(office), "signaal.vorm") == (9, {})


def test_four_signals_are_not_even_a_total(office: Office) -> None:
    signals(office, 4, "A", signaal__vorm="arbeid")
    assert table(report(office), "maand") == (None, {})


def test_a_public_version_is_rounded(office: Office) -> None:
    work_forms(office, sexual=6)
    total, cells = table(report(office, rule=Rule(rounding=5)), "signaal.vorm")
    assert (total, cells["arbeid"], cells["crimineel"]) == (25, 10, 10)


def test_another_municipality_and_another_time_do_not_count(office: Office) -> None:
    signals(office, 12, "A", at=MAY)
    signals(office, 9, "B", at=MAY + timedelta(days=365))
    total, _ = table(report(office), "maand")
    assert total == 12


def test_tasks_on_time_are_a_share_of_those_with_a_norm_time(office: Office) -> None:
    office.report()
    steps.triaged(office)
    steps.enriched(office)
    period = Period(first=MONDAY.date(), until=MONDAY.date() + timedelta(days=1))
    assert figure(report(office, period), "Taken binnen de normtijd") is None, "too few to divide"
    rule = Rule(threshold=2, denominator=2)
    assert figure(report(office, period, rule), "Taken binnen de normtijd") == "100 %"


def test_a_report_over_the_same_time_gives_no_small_difference_away(office: Office) -> None:
    """Who lays two reports beside each other would read the three that came since."""
    signals(office, 12, "A", signaal__vorm="arbeid")
    signals(office, 30, "B", signaal__vorm="crimineel")
    kept(office, report(office), counted.YEAR)
    signals(office, 3, "C", signaal__vorm="arbeid")
    total, cells = table(report(office), "signaal.vorm")
    assert (total, cells) == (None, {}), "the total itself would tell"
    signals(office, 20, "D", signaal__vorm="crimineel")
    total, cells = table(report(office), "signaal.vorm")
    assert (total, cells["arbeid"]) == (65, None)


def test_a_signal_leaves_its_codes_when_it_comes_in_and_none_of_its_words(office: Office) -> None:
    reference = office.report().reference
    with office.application.sessions() as session:
        facts = session.execute(
            select(Fact.name, Fact.value).where(Fact.instance_id == office.instance(reference).id)
        ).all()
    assert sorted(tuple(fact) for fact in facts) == [
        ("signaal.anoniem", "nee"),
        ("signaal.gaat_over", "slachtoffer"),
        ("signaal.hoedanigheid", "medewerker"),
        ("signaal.minderjarig", "nee"),
        ("signaal.vorm", "arbeid"),
    ]


@pytest.mark.parametrize("many", [2_000, 6_000])
def test_each_figure_is_one_query_however_many_cases(office: Office, many: int) -> None:
    signals(office, many, "A", signaal__vorm="arbeid")
    signals(office, 10, "B", at=MAY - timedelta(days=365), signaal__vorm="arbeid")
    before = Period(first=date(2024, 1, 1), until=date(2025, 1, 1))
    with office.application.engine.begin() as connection:
        connection.execute(text("ANALYZE instance, fact, task"))
    with statements.asked(office.application.engine) as work:
        report(office, before)
    assert len([one for one, _ in work.statements if "fact" in one or "started_at" in one]) <= 9
    read = sum(
        statements.read_by(node)
        for plan in statements.plans(office.application.engine, work)
        for node in plan
        if node.get("Relation Name") == "instance"
    )
    assert read < 200, "only the cases of the period are read"


def test_the_report_goes_to_the_council_and_is_kept(office: Office) -> None:
    work_forms(office)
    round_ = aged.begun(office, "periodieke_rapportage")
    office.do("af-zorg", "rapportage_duiden", duiding=EXPLAINED)
    office.do("af-veiligheid", "rapportage_nalezen", nalezing={"vrijgave": "ja"})
    for role in ("burgemeester", "portefeuillehouder", "directie"):
        office.do(role, "kennisnemen", kennisname={"vragen": "nee"})
    assert office.instance(round_.reference).end_name == "Rapportage gedeeld"
    [released] = _released(office)
    assert (released.period_from, released.period_to) == (date(2025, 3, 1), date(2026, 3, 1))
    assert "Arbeidsuitbuiting: 12" in released.content["tekst"]
    assert "Seksuele uitbuiting: <5*" in released.content["tekst"]
    assert "Vorm van uitbuiting, bij melding (totaal: 23)" in released.content["tekst"]


def test_the_next_report_begins_where_the_last_one_ended(office: Office) -> None:
    kept(office, report(office), Period(first=date(2025, 1, 1), until=date(2025, 11, 1)))
    aged.begun(office, "periodieke_rapportage")
    office.do("af-zorg", "rapportage_duiden", duiding=EXPLAINED)
    office.do("af-veiligheid", "rapportage_nalezen", nalezing={"vrijgave": "ja"})
    for role in ("burgemeester", "portefeuillehouder", "directie"):
        office.do(role, "kennisnemen", kennisname={"vragen": "nee"})
    latest = max(_released(office), key=lambda one: one.released_at)
    assert (latest.period_from, latest.period_to) == (date(2025, 11, 1), date(2026, 3, 1))


def test_who_explained_the_figures_does_not_release_them(office: Office) -> None:
    aged.begun(office, "periodieke_rapportage")
    office.do("af-zorg", "rapportage_duiden", duiding=EXPLAINED)
    with pytest.raises(NotAllowed, match="tweede persoon"):
        office.do("af-zorg", "rapportage_nalezen", nalezing={"vrijgave": "ja"})


def kept(office: Office, shown: Any, period: Period) -> None:
    """Releases a report, as the step at the end of the process does."""
    with office.application.sessions.begin() as session:
        session.add(
            Report(
                id=uuid4(),
                municipality=DEMO,
                kind="rapportage",
                period_from=period.first,
                period_to=period.until,
                title="Eerder",
                content=dict(shown),
                released_at=office.clock() - timedelta(days=1),
            )
        )


def _released(office: Office) -> list[Report]:
    with office.application.sessions() as session:
        return list(session.scalars(select(Report)))
