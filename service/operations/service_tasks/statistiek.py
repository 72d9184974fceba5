"""Records the non-personal dimensions of a case, for the figures."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from service.operations.service_tasks.handler import Work
from service.storage import Fact

DIMENSIONS = (
    "signaal.hoedanigheid",
    "signaal.vorm",
    "signaal.sector",
    "triage.type",
    "triage.urgentie",
    "beoordeling.oordeel",
    "routebesluit.hoofdroute",
    "routebesluit.nevensporen",
    "afsluiting.resultaat",
    "afsluiting.vorm_definitief",
)
"""The answers that count, all of them codes; free text and persons never do."""


def record_facts(work: Work) -> Mapping[str, Any]:
    """Writes each dimension that is known; sets nothing."""
    instance = work.case.instance
    rows = [
        {
            "instance_id": instance.id,
            "name": name,
            "value": value,
            "municipality": instance.municipality,
            "at": work.now,
        }
        for name in DIMENSIONS
        for value in _codes(work.variables, name)
    ]
    if rows:
        work.session.execute(insert(Fact).values(rows).on_conflict_do_nothing())
    return {}


def _codes(variables: Mapping[str, Any], name: str) -> Iterator[str]:
    value: Any = variables
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    for code in value if isinstance(value, list | tuple) else [value]:
        if isinstance(code, str):
            yield code[:200]
