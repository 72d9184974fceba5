"""A preview as plain values, the same for the API and the command line; no answers in it."""

from datetime import datetime
from typing import Any

from service.operations.moving.outcome import Landing, TaskChange
from service.operations.moving.preview_move import CasePreview
from service.storage.task import NEVER


def plain_preview(case: CasePreview) -> dict[str, Any]:
    """One case."""
    found = case.outcome
    return {
        "id": case.instance_id,
        "reference": case.reference,
        "process_id": case.process_id,
        "source": case.source,
        "fits": found.advance is not None,
        "obstacles": [
            {"element": o.element_id, "reason": o.reason, "way_out": o.way_out}
            for o in found.obstacles
        ],
        "landings": [_landing(landing) for landing in found.landings],
        "tasks": [_change(change) for change in found.changes],
    }


def _landing(landing: Landing) -> dict[str, Any]:
    return {
        "process": landing.process_id,
        "element": landing.element_id,
        "name": landing.name,
        "what": landing.what,
        "to": landing.to,
        "due": landing.due,
    }


def _change(change: TaskChange) -> dict[str, Any]:
    task, columns = change.task, change.columns
    return {
        "id": task.id,
        "element": task.element_id,
        "name": task.name,
        "new_name": columns["name"],
        "gained": list(change.gained),
        "lost": list(change.lost),
        "form": task.form_id,
        "new_form": columns["form_id"],
        "new_questions": change.new_questions,
        "due_at": _due(task.due_at),
        "new_due_at": _due(columns["due_at"]),
        "taken_back": change.taken_back,
        "has_draft": task.draft is not None,
        "questions_gone": list(change.lost_answers.values()),
    }


def _due(moment: datetime) -> datetime | None:
    return None if moment >= NEVER else moment
