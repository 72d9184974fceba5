"""The publications of a municipality: the list, one with its moves, fetching it, going back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import Conflict, NotAllowed, NotFound, Refused, WrongField
from service.domain.findings import Finding
from service.operations.moving.batches import (
    progress,
    resume_batch,
    stop_batch,
    undo_batch,
)
from service.operations.said import MAX_REASON
from service.operations.studio.publishing.bundle_zip import MAX_PACKED
from service.operations.studio.publishing.confirm_take_back import confirm_take_back
from service.operations.studio.publishing.publications import download, publications
from service.operations.studio.publishing.take_back import take_back
from service.operations.studio.publishing.upload_bundle import upload_bundle
from service.web.csrf import NOTHING_DONE, guard, stale
from service.web.frame import publication_of, render
from service.web.request import STAFF, access, asking, now, parts, staff, transaction

studio_publications = guard(
    Blueprint("studio_publications", __name__, url_prefix="/studio/publicaties")
)


@studio_publications.get("")
@access(STAFF)
def index() -> ResponseReturnValue:
    """All publications, and a place to bring a bundle."""
    return _index()


@studio_publications.post("/bundel")
@access(STAFF)
def upload() -> ResponseReturnValue:
    """Takes a bundle that was made elsewhere into a new draft."""
    sent = request.files.get("bundel")
    if sent is None or not sent.filename:
        return _index(problem=_("Kies eerst een bestand.")), 422
    try:
        with transaction() as session:
            told = upload_bundle(
                session,
                **asking(session),
                name=sent.filename,
                packed=sent.stream.read(MAX_PACKED + 1),
                now=now(),
            )
    except Refused as error:
        return _index(problem=str(error), findings=error.findings), 422
    flash(_("De bundel staat in een nieuw concept. Er is nog niets gepubliceerd."), "ok")
    if told.profile_of:
        text = _(
            "Het profiel in de bundel is van %(other)s en is niet overgenomen.",
            other=told.profile_of,
        )
        flash(text, "warning")
    return redirect(url_for("studio_publish.show", draft_id=told.draft_id))


def _index(*, problem: str = "", findings: tuple[Finding, ...] = ()) -> str:
    with transaction() as session:
        actor = staff(session)
        return render(
            session,
            actor,
            "studio/publicaties.html",
            page="studio",
            publications=publications(session, parts(), actor=actor),
            problem=problem,
            findings=findings,
        )


@studio_publications.get("/<int:number>")
@access(STAFF)
def show(number: int) -> ResponseReturnValue:
    """One publication, and how the cases fare that go to it."""
    return _page(number)


@studio_publications.get("/<int:number>/bundel.zip")
@access(STAFF)
def fetch(number: int) -> ResponseReturnValue:
    """The publication as one file."""
    with transaction() as session:
        bundle = download(session, **asking(session), number=number, now=now())
    response = Response(bundle.content, mimetype="application/zip")
    name = f"{bundle.municipality}-{bundle.number}.zip"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@studio_publications.post("/<int:number>/terugdraaien")
@access(STAFF, keeps_text=True)
def undo(number: int) -> ResponseReturnValue:
    """Takes the publication back."""
    reason = request.form.get("reden", "")
    if stale():
        return _page(number, reason=reason, notice=_(NOTHING_DONE)), 400
    try:
        with transaction() as session:
            done = take_back(session, **asking(session), number=number, reason=reason, now=now())
    except WrongField as error:
        return _page(number, reason=reason, wrong=error.fields["reason"][0]), 422
    except (Conflict, Refused) as error:
        return _page(number, reason=reason, notice=str(error)), 409
    text = _(
        "Teruggedraaid: publicatie %(number)s geldt nu, met de inhoud van daarvoor.",
        number=done.number,
    )
    flash(text, "ok")
    if done.to_confirm:
        flash(_("Een collega die publiceert, moet dit nog bevestigen."), "warning")
    return redirect(url_for("studio_publications.show", number=number))


@studio_publications.post("/<int:number>/bevestigen")
@access(STAFF)
def confirm(number: int) -> ResponseReturnValue:
    """Confirms that this publication rightly took another one back."""
    try:
        with transaction() as session:
            confirm_take_back(session, **asking(session), number=number, now=now())
    except (Conflict, NotAllowed) as error:
        return _page(number, notice=str(error)), 409
    flash(_("U hebt bevestigd dat dit terecht is teruggedraaid."), "ok")
    return redirect(url_for("studio_publications.show", number=number))


@studio_publications.post("/<int:number>/overzetting/<uuid:batch_id>")
@access(STAFF)
def steer(number: int, batch_id: UUID) -> ResponseReturnValue:
    """Stops, resumes or undoes the moving of cases."""
    act = _STEERS.get(request.form.get("actie", ""))
    if act is None:
        raise NotFound("Kies wat er met deze overzetting moet gebeuren.")
    try:
        with transaction() as session:
            act({"session": session, **asking(session), "batch_id": batch_id})
    except Conflict as error:
        return _page(number, notice=str(error)), 409
    return redirect(url_for("studio_publications.show", number=number))


_STEERS: dict[str, Callable[[dict[str, Any]], None]] = {
    "stoppen": lambda asked: stop_batch(**asked),
    "hervatten": lambda asked: resume_batch(**asked),
    "ongedaan": lambda asked: undo_batch(**asked, now=now()),
}


def _page(number: int, *, reason: str = "", wrong: str = "", notice: str = "") -> str:
    with transaction() as session:
        actor = staff(session)
        lines = publications(session, parts(), actor=actor)
        line = next((found for found in lines if found.number == number), None)
        if line is None:
            raise NotFound(f"Publicatie {number} bestaat niet; kijk welke er zijn.")
        batches = [
            progress(session, parts(), batch_id=key, actor=actor) for key in reversed(line.batches)
        ]
        return render(
            session,
            actor,
            "studio/publicatie.html",
            page="studio",
            line=line,
            batches=batches,
            busy=any(batch.state in ("running", "undoing") for batch in batches),
            four_eyes=publication_of(session, actor).profile.four_eyes,
            reason=reason,
            wrong=wrong,
            notice=notice,
            max_reason=MAX_REASON,
        )
