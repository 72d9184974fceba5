"""Makes the list of decisions of a meeting, and takes what was decided off the agenda."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.domain.profile import DOMAINS
from service.operations.agenda.items import decide
from service.operations.service_tasks.handler import Work

ADJOURNED = "aanhouden"
_EACH = ("besluit", "eigenaar", "datum")


def record_decisions(work: Work) -> Mapping[str, Any]:
    """Sets ``besluitenlijst``: ``regels`` for the cases that asked, ``aangehouden`` that stay.

    An item that is not on the agenda of this meeting is left out.
    """
    lines, adjourned = [], []
    for item in _discussed(work.variables.get("besproken")):
        reference, stays = str(item["kenmerk"]), item["besluit"] == ADJOURNED
        meeting = work.case.instance
        if not decide(work.session, meeting, reference, adjourned=stays, now=work.now):
            continue
        lines.append(_line(reference, item))
        if stays:
            adjourned.append(reference)
    return {"besluitenlijst": {"regels": lines, "aangehouden": adjourned}}


def _discussed(items: Any) -> Iterator[Mapping[str, Any]]:
    for item in items if isinstance(items, list) else ():
        if isinstance(item, Mapping) and item.get("kenmerk") and item.get("besluit"):
            yield item


def _line(reference: str, item: Mapping[str, Any]) -> dict[str, Any]:
    """What goes back to the case; each domain has a question of its own for why."""
    why = next((w for d in DOMAINS if (w := item.get(f"toelichting_{d}"))), None)
    return {"kenmerk": reference, "toelichting": why, **{name: item.get(name) for name in _EACH}}
