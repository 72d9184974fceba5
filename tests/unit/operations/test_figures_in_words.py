"""A report in words: whatever is hidden looks the same, so that nobody reads more from it."""

from datetime import date

from service.domain.suppression import Rule
from service.operations.figures.period import Period
from service.operations.figures.words import report_text

PERIOD = Period(first=date(2025, 1, 1), until=date(2026, 1, 1))


def told(*, total: int | None, adds_up: bool, count: int | None) -> str:
    table = {
        "titel": "Sector",
        "telt_op": adds_up,
        "totaal": total,
        "regels": [{"wat": "Horeca", "aantal": count}],
    }
    report = {"tabellen": [table], "kengetallen": []}
    return report_text(report, title="Rapportage", period=PERIOD, rule=Rule())


def test_a_hidden_total_may_be_large_and_says_so() -> None:
    """Beside an earlier report a total of 45 is hidden too: "fewer than five" would be untrue."""
    assert "Sector (totaal: <5*)" in told(total=None, adds_up=True, count=12)


def test_a_hidden_count_looks_the_same_in_a_table_without_a_total() -> None:
    assert "- Horeca: <5*" in told(total=None, adds_up=False, count=None)


def test_what_is_shown_is_shown_as_it_is() -> None:
    text = told(total=12, adds_up=True, count=0)
    assert "Sector (totaal: 12)" in text
    assert "- Horeca: 0" in text
