"""Records the non-personal dimensions of a case, for the figures."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from service.operations.facts import note_facts
from service.operations.links.counting import names_to_write
from service.operations.service_tasks.handler import Work

LATEST = (
    "signaal.hoedanigheid",
    "signaal.anoniem",
    "signaal.kanaal",
    "signaal.vorm",
    "signaal.sector",
    "signaal.gaat_over",
    "signaal.minderjarig",
    "triage.type",
    "triage.urgentie",
    "triage.meldcode",
    "beoordeling.oordeel",
    "routebesluit.hoofdroute",
    "routebesluit.nevensporen",
    "afsluiting.resultaat",
    "afsluiting.bevestigd",
    "afsluiting.vorm_definitief",
    "slachtofferkaart.leeftijdsgroep",
    "slachtofferkaart.geslacht",
    "slachtofferkaart.risicogroep",
)
"""Answers that count once: what was recorded before is replaced."""
EVERY = (
    "overdracht.ontvanger",
    "overdracht.uitkomst",
    "overdracht_reactie.besluit",
    "voorziening.soort",
    "voorziening.uitkomst",
    "voorziening.op_tijd",
    "opvang.uitkomst",
    "opvang.soort",
    "comensha_toestemming.registratie",
    "meldcode.uitkomst",
    "zorgtraject.uitkomst",
    "dadergerichte_aanpak.uitkomst",
    "bibob.uitkomst",
    "controle.uitkomst",
    "casusregie.uitkomst",
    "doorgeleiding.uitkomst",
    "escalatie.uitkomst",
    "training.vorm",
)
"""Answers that may come more than once in a case: each is kept beside the others."""
NUMBERS = (
    "training.uitgenodigd",
    "training.aanwezig",
    "meldcodegesprekken.gepland",
    "meldcodegesprekken.gevoerd",
    "beleid.gereed",
    "beleid.vervallen",
)
"""Counts of a whole year or round: of people trained, talks held, actions done."""
DIMENSIONS = (*LATEST, *EVERY, *NUMBERS)
"""The answers that count, all of them codes or counts; free text and persons never do."""
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_+-]{0,59}")


def record_facts(work: Work) -> Mapping[str, Any]:
    """Writes each dimension that is known, of a duplicate under the first signal; sets nothing."""
    instance = work.case.instance
    told = {name: list(dict.fromkeys(_codes(work.variables, name))) for name in DIMENSIONS}
    known = {name: codes for name, codes in told.items() if codes}
    counted, names = names_to_write(work.session, instance.id, known, kept=EVERY)
    note_facts(
        work.session,
        instance,
        {name: known[name] for name in names},
        now=work.now,
        counted=counted,
    )
    return {}


def _codes(variables: Mapping[str, Any], name: str) -> Iterator[str]:
    """The codes of an answer; what looks like words of somebody is left out."""
    value: Any = variables
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if name in NUMBERS:
        if isinstance(value, int | Decimal) and value == int(value) and value >= 0:
            yield str(int(value))
        return
    for code in value if isinstance(value, list | tuple) else [value]:
        if isinstance(code, str) and _CODE.fullmatch(code):
            yield code
