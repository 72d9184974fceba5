"""Counts an integral control: how many this year, against what the municipality aims at."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from service.domain.working_days import AMSTERDAM
from service.operations.service_tasks.handler import Work
from service.storage import Fact

FACT = "controle"
"""One fact for each control; its value is the number of the control within its case."""
AIM = "controle_jaardoel"
"""The setting with the number of controls a year; 0 when nothing was agreed."""


def record_control(work: Work) -> Mapping[str, Any]:
    """Records the control; sets ``controle_telling``: ``nummer``, ``dit_jaar`` and ``jaardoel``.

    A control counts once, in the calendar year (Dutch time) in which its findings came in,
    whether it stood by itself or belonged to a case.
    """
    number = _within_case(work) + 1
    work.session.execute(
        insert(Fact),
        {
            "instance_id": work.case.instance.id,
            "name": FACT,
            "value": str(number),
            "municipality": work.case.instance.municipality,
            "at": work.now,
        },
    )
    settings = work.case.published.profile.settings
    return {
        "controle_telling": {
            "nummer": number,
            "dit_jaar": _this_year(work),
            "jaardoel": settings.get(AIM, 0),
        }
    }


def _within_case(work: Work) -> int:
    """How many controls this case has had; the lock on the case keeps it so."""
    count = select(func.count()).where(Fact.instance_id == work.case.instance.id, Fact.name == FACT)
    return work.session.scalar(count) or 0


def _this_year(work: Work) -> int:
    year = work.now.astimezone(AMSTERDAM).year
    count = select(func.count()).where(
        Fact.municipality == work.case.instance.municipality,
        Fact.name == FACT,
        Fact.at >= datetime(year, 1, 1, tzinfo=AMSTERDAM),
        Fact.at < datetime(year + 1, 1, 1, tzinfo=AMSTERDAM),
    )
    return work.session.scalar(count) or 0
