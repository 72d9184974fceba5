"""The figures as a file for a spreadsheet: semicolons and decimal commas, as Dutch ones expect."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from service.operations.studio.insight.figures import Insight, PathFigures, StepFigures
from service.web.studio.insight.words import few

_COLUMNS = (
    "soort",
    "element",
    "naam",
    "van",
    "naar",
    "in_diagram",
    "wacht_nu",
    "wacht_nu_te_laat",
    "afgerond",
    "tijd_bekend",
    "mediaan",
    "p90",
    "eenheid",
    "mediaan_uren",
    "p90_uren",
    "normtijd",
    "met_normtijd",
    "te_laat",
    "keer",
    "zaken",
    "aandeel_procent",
)
_UNITS = {"wd": "werkdagen", "wu": "werkuren", "clock": "uren"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COUNTS = (
    "wacht_nu",
    "wacht_nu_te_laat",
    "afgerond",
    "tijd_bekend",
    "met_normtijd",
    "te_laat",
    "keer",
    "zaken",
)


def as_csv(insight: Insight) -> bytes:
    """All steps and paths, one line each; a hidden count reads as on the page."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, delimiter=";", restval="", lineterminator="\r\n")
    writer.writeheader()
    for line in _lines(insight):
        hidden = {name: few(insight) for name in _COUNTS if name in line and line[name] is None}
        writer.writerow({name: _plain(value) for name, value in {**line, **hidden}.items()})
    return text.getvalue().encode("utf-8-sig")


def _lines(insight: Insight) -> Iterator[dict[str, Any]]:
    for drawn, steps in (("ja", insight.steps), ("nee", insight.other_steps)):
        yield from (_step(step, drawn) for step in steps)
    for drawn, paths in (("ja", insight.paths), ("nee", insight.other_paths)):
        yield from (_path(path, drawn) for path in paths)


def _step(step: StepFigures, drawn: str) -> dict[str, Any]:
    return {
        "soort": step.type,
        "element": step.element_id,
        "naam": step.name,
        "in_diagram": drawn,
        "wacht_nu": step.waiting,
        "wacht_nu_te_laat": step.waiting_late,
        "afgerond": step.done,
        "tijd_bekend": step.timed,
        "mediaan": step.median,
        "p90": step.p90,
        "eenheid": _UNITS[step.unit],
        "mediaan_uren": step.median_hours,
        "p90_uren": step.p90_hours,
        "normtijd": " ".join(step.norms),
        "met_normtijd": step.with_norm,
        "te_laat": step.late,
    }


def _path(path: PathFigures, drawn: str) -> dict[str, Any]:
    told = {"keer": path.times, "zaken": path.cases, "aandeel_procent": path.share}
    place = {"van": path.source, "naar": path.target, "in_diagram": drawn}
    return {
        "soort": path.type,
        "element": path.element_id,
        "naam": path.name,
        **place,
        **told,
    }


def _plain(value: Any) -> str:
    """A value as a cell; what would be a formula is kept a text."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}".replace(".", ",")
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
