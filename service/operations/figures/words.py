"""A report as text that reads well in a field of a form, in a letter and aloud."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.domain.suppression import Rule
from service.operations.figures.period import Period


def report_text(report: Mapping[str, Any], *, title: str, period: Period, rule: Rule) -> str:
    """All tables and figures, and what hidden numbers mean."""
    return "\n".join(_lines(report, title, period, rule))


def hidden(rule: Rule) -> str:
    """How a hidden count in a table with a total looks."""
    return f"<{rule.threshold}*"


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
    total = table["totaal"]
    if not table["telt_op"]:
        yield f"{table['titel']} (een signaal kan vaker meetellen)"
    else:
        yield f"{table['titel']} (totaal: {f'<{rule.threshold}' if total is None else total})"
    if not table["regels"]:
        yield "- Te weinig om te verdelen."
    mark = hidden(rule) if table["telt_op"] else f"<{rule.threshold}"
    for row in table["regels"]:
        yield f"- {row['wat']}: {mark if row['aantal'] is None else row['aantal']}"


def _legend(rule: Rule) -> Iterator[str]:
    yield (
        f"Aantallen van 1 tot en met {rule.threshold - 1} tonen wij niet. Een sterretje betekent: "
        f"minder dan {rule.threshold}, of verborgen omdat een ander aantal anders te berekenen is."
    )
    if rule.rounding > 1:
        yield f"De andere aantallen zijn afgerond op {rule.rounding}tallen."
    yield f"Een percentage staat er alleen bij {rule.denominator} of meer."
