"""Records a disclosure: which data went to whom, on what legal ground."""

from collections.abc import Mapping
from typing import Any

from service.domain.actor import engine_actor
from service.operations.service_tasks.handler import Work, context
from service.operations.settle import Happening, append_event

RECORDED = ("doel", "partner", "datavelden", "grondslag", "besluit", "convenant")


def record_disclosure(work: Work) -> Mapping[str, Any]:
    """Adds the disclosure to the history of the case; sets nothing."""
    answers = context(work.variables, "gegevensdeling")
    append_event(
        work.session,
        work.case,
        Happening(
            kind="verstrekking",
            actor=engine_actor(work.case.instance.municipality),
            detail={name: answers[name] for name in RECORDED if name in answers},
        ),
        now=work.now,
    )
    return {}
