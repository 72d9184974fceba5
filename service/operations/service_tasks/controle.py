"""Counts an integral control: how many this year, against what the municipality aims at."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from service.domain.working_days import AMSTERDAM
from service.operations.facts import note_facts
from service.operations.figures.count import CONTROL, controls
from service.operations.figures.period import Period
from service.operations.service_tasks.handler import Work, context
from service.storage import Fact

AIM = "controles_per_jaar"
"""The setting with the number of controls a year; 0 when nothing was agreed."""


def record_control(work: Work) -> Mapping[str, Any]:
    """Records the control; sets ``controle_telling``: ``nummer``, ``dit_jaar`` and ``jaardoel``.

    A control counts once, in the calendar year (Dutch time) in which its findings were dealt
    with, whether it stood by itself or belonged to a case. What came out of it, the code
    ``controle.uitkomst``, is a fact too.
    """
    number = _within_case(work) + 1
    outcome = str(context(work.variables, "controle")["uitkomst"])
    told = {CONTROL: [str(number)], "controle.uitkomst": [outcome]}
    note_facts(work.session, work.case.instance, told, now=work.now)
    return {
        "controle_telling": {
            "nummer": number,
            "dit_jaar": _this_year(work),
            "jaardoel": work.case.published.profile.settings.get(AIM, 0),
        }
    }


def _within_case(work: Work) -> int:
    """How many controls this case has had; the lock on the case keeps it so."""
    count = select(func.count()).where(
        Fact.instance_id == work.case.instance.id, Fact.name == CONTROL
    )
    return work.session.scalar(count) or 0


def _this_year(work: Work) -> int:
    year = work.now.astimezone(AMSTERDAM).year
    period = Period(first=date(year, 1, 1), until=date(year + 1, 1, 1))
    return controls(work.session, work.case.instance.municipality, period)
