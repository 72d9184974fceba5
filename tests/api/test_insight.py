"""Insight over the API: the same figures as the page, for a period of whole days."""

import pytest

from tests.api.conftest import ApiOffice
from tests.integration import insights
from tests.integration.insights import at, begun, judged

MARCH = {"from": "2026-03-01", "to": "2026-03-31"}


def test_who_publishes_reads_exact_figures_and_who_coordinates_no_small_ones(
    api: ApiOffice,
) -> None:
    insights.published(api)
    case = begun(api)
    at(api, 3, 9, 30)
    judged(api, case, "ja")

    told = api.read("functioneel-beheer", "/processes/proces/insight", **MARCH)
    [step] = [one for one in told["steps"] if one["element_id"] == "toetsen"]
    assert (told["exact"], step["done"], step["unit"]) == (True, 1, "wd")
    assert (step["median"], step["median_hours"], step["late"]) == (1, 24, 0)
    assert {one["element_id"]: one["times"] for one in told["paths"]}["ja"] == 1

    hidden = api.read("af-zorg", "/processes/proces/insight", **MARCH)
    [step] = [one for one in hidden["steps"] if one["element_id"] == "toetsen"]
    assert (hidden["exact"], hidden["threshold"], step["done"], step["median"]) == (
        False,
        5,
        None,
        None,
    )


@pytest.mark.parametrize(
    "query",
    [
        {"from": "2026-03-31", "to": "2026-03-01"},
        {"from": "0001-01-01", "to": "2026-03-01"},
        {"from": "2026-03-01", "to": "9999-12-31"},
        {"from": "gisteren", "to": "2026-03-01"},
        {"from": "2026-03-01"},
        {**MARCH, "publication": "0"},
        {**MARCH, "anders": "x"},
    ],
)
def test_a_period_that_cannot_be_is_refused(quiet_api: ApiOffice, query: dict[str, str]) -> None:
    path = "/processes/overleg/insight"
    answer = quiet_api.ask("functioneel-beheer", "GET", path, query_string=query)
    assert answer.status_code == 422


@pytest.mark.parametrize("where", ["/processes/bestaat_niet/insight", "/processes/overleg/insight"])
def test_what_is_not_there_is_not_found(quiet_api: ApiOffice, where: str) -> None:
    query = {**MARCH, "publication": "99"} if "overleg" in where else MARCH
    answer = quiet_api.ask("functioneel-beheer", "GET", where, query_string=query)
    assert answer.status_code == 404
