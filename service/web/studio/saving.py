"""What is posted when a file of a draft is saved: from which revision, and whose change counts."""

from flask import request

from service.operations.studio.merging import Prefer


def revision() -> int:
    """The revision from which the file was changed; 0 is how it was published."""
    told = request.form.get("versie", "")
    return int(told) if told.isdecimal() else 0


def preferred() -> Prefer | None:
    """Whose change counts where both changed the same; None before somebody chose."""
    known: dict[str, Prefer] = {"mij": "mine", "ander": "theirs"}
    return known.get(request.form.get("wie", ""))
