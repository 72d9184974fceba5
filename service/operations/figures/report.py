"""The aggregated report over a period: what may be shown of each figure, and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from service.domain.suppression import (
    Rule,
    given_away,
    percentage,
    protect,
    protect_each,
    rounded,
)
from service.operations.figures import count
from service.operations.figures.labels import Labels
from service.operations.figures.period import Period

TOTAL = "totaal"
NOT_RECORDED = "niet_vastgelegd"
"""Signals without a code for a dimension: then every signal stands in the table once."""
ONE_CODE = {
    "signaal.hoedanigheid": "Wie meldde",
    "signaal.kanaal": "Hoe het signaal binnenkwam",
    "signaal.vorm": "Vorm van uitbuiting, bij melding",
    "signaal.minderjarig": "Minderjarige betrokken",
    "triage.urgentie": "Urgentie",
    "afsluiting.resultaat": "Resultaat",
    "terugkoppeling.gegeven": "Melder heeft terugkoppeling gehad",
    "slachtofferkaart.leeftijdsgroep": "Leeftijdsgroep",
    "slachtofferkaart.geslacht": "Geslacht",
}
"""Dimensions of which a signal has one code."""
MORE_CODES = {
    "signaal.gaat_over": "Waarover het signaal ging",
    "signaal.sector": "Sector",
    "routebesluit.nevensporen": "Nevensporen",
    "voorziening.soort": "Soorten voorzieningen",
}
"""Dimensions of which a signal may have several: their tables have no total."""
COURSE = {
    "in_behandeling": "in_behandeling",
    "einde_Doorverwezen": "doorverwezen",
    "einde_Dubbel": "dubbel",
    "einde_Onvoldoende informatie": "onvoldoende",
    "oordeel_onvoldoende": "onvoldoende",
    "oordeel_nee": "geen_vermoeden",
    "aanpak_onvoldoende_informatie": "onvoldoende",
    "aanpak_geen_vermoeden": "geen_vermoeden",
    "route_A": "route_A",
    "route_B": "route_B",
    "route_C": "route_C",
    "anders": "anders",
}
"""How far a signal came, and under which name that is counted."""
ANSWERS = {
    "overdracht.uitkomst": "Antwoord van partners op een overdracht",
    "controle.uitkomst": "Uitkomst van controles",
    "bibob.uitkomst": "Uitkomst van Bibob-onderzoeken",
    "dadergerichte_aanpak.uitkomst": "Uitkomst van bestuurlijke interventies",
}
"""Outcomes of steps within the period, in cases of any age."""
NUMBERS = (
    "training.uitgenodigd",
    "training.aanwezig",
    "meldcodegesprekken.gevoerd",
    "beleid.gereed",
    "beleid.vervallen",
)


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A report that was released before, over a time that this one covers too."""

    cells: Mapping[str, Mapping[str, int | None]]
    """By table and code, ``totaal`` for the total."""


def make_report(
    session: Session,
    *,
    municipality: str,
    period: Period,
    rule: Rule,
    labels: Labels,
    settings: Mapping[str, Any],
    earlier: Earlier | None = None,
) -> dict[str, Any]:
    """Tables and key figures as they may be published, as plain values (JSON).

    ``drempel`` is the count below which numbers are hidden: who draws the tables explains it.

    Every table has one dimension; of what a signal has once, its total is all signals.
    """
    tables = [
        _shown(table, rule, labels, earlier)
        for table in _tables(session, municipality, period, labels)
        if table.total
    ]
    return {
        "drempel": rule.threshold,
        "tabellen": tables,
        "kengetallen": [
            *_shares_of_signals(tables, rule),
            *_work(session, municipality, period, rule, settings),
        ],
    }


@dataclass(frozen=True, kw_only=True)
class _Table:
    key: str
    title: str
    cells: Mapping[str, int]
    adds_up: bool = True

    @property
    def total(self) -> int:
        return sum(self.cells.values())


def _tables(
    session: Session, municipality: str, period: Period, labels: Labels
) -> Iterable[_Table]:
    months = count.signals_per_month(session, municipality, period)
    signals = sum(months.values())
    cells = {month: months.get(month, 0) for month in period.months()}
    yield _Table(key="maand", title="Signalen per maand", cells=cells)
    course = _courses(count.signals_by_course(session, municipality, period))
    yield _Table(key="verloop", title="Hoe ver de signalen kwamen", cells=course)
    single = count.signals_by(session, municipality, period, ONE_CODE)
    for key, title in ONE_CODE.items():
        yield _Table(key=key, title=title, cells=_all_of(signals, key, single[key], labels))
    several = count.signals_with(session, municipality, period, MORE_CODES)
    for key, title in MORE_CODES.items():
        yield _Table(key=key, title=title, cells=labels.complete(key, several[key]), adds_up=False)
    answers = count.facts_by_code(session, municipality, period, ANSWERS)
    for key, title in ANSWERS.items():
        yield _Table(key=key, title=title, cells=labels.complete(key, answers[key]))


def _courses(counted: Mapping[str, int]) -> Mapping[str, int]:
    """Each signal in one of the known places; an end with another name counts as "anders"."""
    cells = dict.fromkeys(COURSE.values(), 0)
    for code, signals in counted.items():
        cells[COURSE.get(code, "anders")] += signals
    return cells


def _all_of(
    signals: int, key: str, counted: Mapping[str, int], labels: Labels
) -> Mapping[str, int]:
    """A table in which every signal stands once; nothing when nobody recorded this dimension."""
    if not counted:
        return {}
    rest = signals - sum(counted.values())
    return {**labels.complete(key, counted), NOT_RECORDED: rest}


def _shown(table: _Table, rule: Rule, labels: Labels, earlier: Earlier | None) -> dict[str, Any]:
    before = earlier.cells.get(table.key, {}) if earlier else {}
    total: int | None = None
    cells: Mapping[str, int | None]
    if not table.adds_up:
        away = given_away(before, table.cells, rule)
        each = protect_each(table.cells, rule)
        cells = {code: None if code in away else shown for code, shown in each.items()}
    elif given_away(before, {TOTAL: table.total}, rule):
        cells = {}
    else:
        shown = protect(table.cells, rule, forced=given_away(before, table.cells, rule))
        total, cells = shown.total, shown.cells
    return {
        "tabel": table.key,
        "titel": table.title,
        "telt_op": table.adds_up,
        "totaal": total,
        "regels": [
            {"code": code, "wat": labels.word(table.key, code), "aantal": shown_count}
            for code, shown_count in cells.items()
        ],
    }


def _shares_of_signals(tables: list[dict[str, Any]], rule: Rule) -> Iterable[dict[str, Any]]:
    """Percentages of what is shown, never of what is hidden."""
    by_key = {table["tabel"]: table for table in tables}
    for key, codes, title in (
        ("verloop", ("route_A", "route_B", "route_C"), "Signalen die tot een aanpak leidden"),
        ("terugkoppeling.gegeven", ("ja",), "Signalen waarop de melder iets hoorde"),
        ("overdracht.uitkomst", ("geaccepteerd",), "Overdrachten die een partner accepteerde"),
    ):
        table = by_key.get(key)
        counts = {row["code"]: row["aantal"] for row in table["regels"]} if table else {}
        parts = [counts.get(code, 0) for code in codes]
        if not counts or None in parts:
            yield _figure(title, None)
        else:
            share = percentage(sum(filter(None, parts)), table["totaal"] if table else None, rule)
            yield _figure(title, f"{share} %" if share is not None else None)


def _work(
    session: Session,
    municipality: str,
    period: Period,
    rule: Rule,
    settings: Mapping[str, Any],
) -> Iterable[dict[str, Any]]:
    """How the work itself goes: it counts tasks, talks and trainings, not signals or people."""
    tasks = count.tasks_by_punctuality(session, municipality, period)
    done = sum(tasks.values())
    share = percentage(tasks.get("op_tijd", 0), done, rule)
    yield _figure("Taken binnen de normtijd", f"{share} %" if share is not None else None)
    facts = count.facts_by_code(session, municipality, period, NUMBERS)
    controls = count.controls(session, municipality, period)
    yield _figure("Controles", str(rounded(controls, rule)) + _target(settings))
    sums = {name: sum(int(v) * n for v, n in facts[name].items()) for name in NUMBERS}
    invited, present = sums["training.uitgenodigd"], sums["training.aanwezig"]
    coverage = percentage(present, invited, rule)
    yield _figure("Bereik van de training", f"{coverage} %" if coverage is not None else None)
    yield _figure("Meldcodegesprekken", str(sums["meldcodegesprekken.gevoerd"]))
    actions = f"{sums['beleid.gereed']} gereed, {sums['beleid.vervallen']} vervallen"
    yield _figure("Actiepunten", actions)


def _target(settings: Mapping[str, Any]) -> str:
    target = settings.get("controles_per_jaar")
    return f" (doel: {target} per jaar)" if isinstance(target, int) and target else ""


def _figure(title: str, value: str | None) -> dict[str, Any]:
    return {"wat": title, "waarde": value}
