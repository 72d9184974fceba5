"""Cases: the list for who coordinates, and one case as far as somebody may see it."""

import io
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import Conflict, InvalidInput, NotAllowed
from service.operations import rights
from service.operations.case_phases import case_phases
from service.operations.download_file import download_file
from service.operations.find_case import find_case
from service.operations.links.export_handover import export_handover
from service.operations.list_cases import list_cases
from service.operations.notes import add_note as write_note
from service.operations.retry_incident import retry_incident
from service.operations.show_case import show_case
from service.web.case_page import case_line, case_values, process_choices
from service.web.csrf import guard, stale
from service.web.frame import publication_of, render
from service.web.inbox import page_url
from service.web.request import STAFF, access, now, of_case, parts, staff, transaction

case = guard(Blueprint("case", __name__, url_prefix="/zaken"))
STATUSES = {
    "lopend": "active",
    "storing": "incident",
    "stilgezet": "suspended",
    "afgerond": "completed",
    "geannuleerd": "cancelled",
    "vernietigd": "erased",
}


@case.get("")
@access(STAFF)
def index() -> ResponseReturnValue:
    """All cases of the municipality, newest first."""
    reference, after = request.args.get("kenmerk", "").strip(), request.args.get("na")
    status, process_id = request.args.get("status", ""), request.args.get("proces", "")
    place = request.args.get("stap", "")
    waiting_process, _colon, waiting_step = place.partition(":")
    with transaction() as session:
        actor = staff(session)
        page = list_cases(
            session,
            parts(),
            actor=actor,
            status=STATUSES.get(status),
            process_id=process_id or None,
            reference=reference or None,
            waiting_at=(waiting_process, waiting_step) if place else None,
            after=after,
        )
        published = publication_of(session, actor)
        phases = case_phases(session, [line.id for line in page.cases])
        return render(
            session,
            actor,
            "zaken.html",
            page="cases",
            cases=[case_line(line, phases.get(line.id), published, now()) for line in page.cases],
            filters={
                "reference": reference,
                "status": status,
                "process": process_id,
                "place": place,
                "place_name": published.bundle.label(waiting_process, waiting_step),
                "active": reference or status or process_id or place,
            },
            processes=process_choices(published),
            first_url=page_url(na=None) if after else None,
            next_url=page_url(na=page.next_cursor) if page.next_cursor else None,
        )


@case.get("/<reference>")
@access(STAFF)
def show(reference: str) -> ResponseReturnValue:
    """One case."""
    return _page(reference)


@case.post("/<reference>/notities")
@access(STAFF, keeps_text=True)
def add_note(reference: str) -> ResponseReturnValue:
    """Adds a note; one that is refused stays in its box."""
    text, domain = request.form.get("text", ""), request.form.get("domein", "algemeen")
    if stale():
        why = _("Deze bladzijde was verouderd. Bewaar de notitie opnieuw.")
        return _page(reference, note_text=text, note_error=why), 400
    try:
        with transaction() as session:
            asked = of_case(session, reference)
            write_note(session, parts(), **asked, domain=domain, text=text)
    except (InvalidInput, NotAllowed) as error:
        return _page(reference, note_text=text, note_error=str(error)), 422
    flash(_("Notitie bewaard."), "ok")
    return redirect(url_for("case.show", reference=reference))


@case.post("/<reference>/opnieuw")
@access(STAFF)
def retry(reference: str) -> ResponseReturnValue:
    """Tries a case again that stands still."""
    try:
        with transaction() as session:
            retry_incident(session, parts(), **of_case(session, reference))
    except Conflict as error:
        flash(str(error), "warning")
    else:
        flash(_("De zaak wordt opnieuw geprobeerd."), "ok")
    back = "repair.show" if request.form.get("terug") == "herstel" else "case.show"
    return redirect(url_for(back, reference=reference))


@case.get("/<reference>/bijlagen/<uuid:attachment_id>")
@access(STAFF)
def file(reference: str, attachment_id: UUID) -> ResponseReturnValue:
    """A file, to keep: never shown within our own pages."""
    with transaction() as session:
        asked = of_case(session, reference)
        found = download_file(session, parts(), **asked, attachment_id=attachment_id)
    return send_file(
        io.BytesIO(found.content),
        mimetype=found.media_type,
        as_attachment=True,
        download_name=found.name,
    )


@case.get("/<reference>/overdracht")
@access(STAFF)
def package(reference: str) -> ResponseReturnValue:
    """What went to another municipality, as a file to bring by a safe channel."""
    with transaction() as session:
        found = export_handover(session, parts(), **of_case(session, reference))
    return send_file(
        io.BytesIO(found.content),
        mimetype="application/json",
        as_attachment=True,
        download_name=found.name,
    )


def _page(reference: str, **more: Any) -> str:
    with transaction() as session:
        actor = staff(session)
        view = show_case(
            session,
            parts(),
            instance_id=find_case(session, reference=reference, actor=actor),
            actor=actor,
            now=now(),
        )
        values = case_values(
            view,
            actor,
            publication_of(session, actor),
            own=[t.id for t in view.open_tasks if rights.may_see_task(session, t, actor)],
            wanted=request.args.get("diagram", ""),
            now=now(),
        )
        return render(session, actor, "zaak.html", **{**values, **more})
