"""The editor of a diagram; without scripts the same steps in words."""

from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from service.operations.studio.show_diagram import DiagramPage, show_diagram
from service.web.csrf import guard
from service.web.frame import render
from service.web.headers import editor_nonce
from service.web.request import STAFF, access, parts, staff, transaction
from service.web.studio.editing import editor_data

studio_diagram = guard(
    Blueprint(
        "studio_diagram",
        __name__,
        url_prefix="/studio/concepten/<uuid:draft_id>/diagram/<process_id>",
    )
)


@studio_diagram.get("")
@access(STAFF)
def show(draft_id: UUID, process_id: str) -> ResponseReturnValue:
    """The editor."""
    with transaction() as session:
        actor = staff(session)
        shown = show_diagram(
            session,
            parts(),
            draft_id=draft_id,
            process_id=process_id,
            actor=actor,
        )
        return render(
            session,
            actor,
            "studio/diagram.html",
            page="studio",
            shown=shown,
            data=_editor(shown),
            nonce=editor_nonce(),
        )


def _editor(shown: DiagramPage) -> dict[str, object]:
    draft = url_for("studio_draft.show", draft_id=shown.draft.id)
    return editor_data(
        shown,
        process=shown.process_id,
        forms=f"{draft}/formulier/{shown.process_id}/",
        tables=f"{draft}/tabel/",
        diagrams=f"{draft}/diagram/",
    )
