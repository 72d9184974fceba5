"""A report as text that reads well in a field of a form, in a letter and aloud."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.domain.suppression import Rule
from service.operations.figures.period import Period


def report_text(report: Mapping[str, Any], *, title: str, period: Period, rule: Rule) -> str:
    """All tables and figures, and what hidden numbers mean."""
    return "\n".join(_lines(report, title, period, rule))


def in_words(count: int | None, threshold: int) -> str:
    """A count or total as people read it, on paper and on the screen.

    Whatever is hidden looks the same: that it is small, or would give away what is small.
    """
    return f"<{threshold}*" if count is None else str(count)


def what_is_hidden(threshold: int) -> str:
    """What a reader must know of the numbers that are not there."""
    return (
        f"Aantallen van 1 tot en met {threshold - 1} tonen wij niet. Een sterretje betekent: "
        f"minder dan {threshold}, of verborgen omdat een ander aantal anders te berekenen is."
    )


def _lines(report: Mapping[str, Any], title: str, period: Period, rule: Rule) -> Iterator[str]:
    yield title
    yield f"Periode: {period.first:%d-%m-%Y} tot {period.until:%d-%m-%Y}"
    for table in report["tabellen"]:
        yield ""
        yield from _table(table, rule)
    if not report["tabellen"]:
        yield ""
        yield "In deze periode zijn geen signalen ontvangen."
    yield ""
    yield "Kengetallen"
    for figure in report["kengetallen"]:
        yield f"- {figure['wat']}: {figure['waarde'] or 'niet te tonen (te kleine aantallen)'}"
    yield ""
    yield from _legend(rule)


def _table(table: Mapping[str, Any], rule: Rule) -> Iterator[str]:
    if table["telt_op"]:
        yield f"{table['titel']} (totaal: {in_words(table['totaal'], rule.threshold)})"
    else:
        yield f"{table['titel']} (een signaal kan vaker meetellen)"
    if not table["regels"]:
        yield "- Te weinig om te verdelen."
    for row in table["regels"]:
        yield f"- {row['wat']}: {in_words(row['aantal'], rule.threshold)}"


def _legend(rule: Rule) -> Iterator[str]:
    yield what_is_hidden(rule.threshold)
    if rule.rounding > 1:
        yield f"De andere aantallen zijn afgerond op {rule.rounding}tallen."
    yield f"Een percentage staat er alleen bij {rule.denominator} of meer."
