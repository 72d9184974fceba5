"""Records the non-personal dimensions of a case, for the figures."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from service.operations.links.counting import names_to_write
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
    """Writes each dimension that is known, of a duplicate under the first signal; sets nothing."""
    instance = work.case.instance
    known = {name: tuple(_codes(work.variables, name)) for name in DIMENSIONS}
    known = {name: codes for name, codes in known.items() if codes}
    counted, names = names_to_write(work.session, instance.id, known)
    rows = [
        {
            "instance_id": counted,
            "name": name,
            "value": value,
            "municipality": instance.municipality,
            "at": work.now,
        }
        for name in names
        for value in known[name]
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
