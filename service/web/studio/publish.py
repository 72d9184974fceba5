"""Publishing a draft with eyes open: what it changes, for whom, who approves, and going through."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from service.domain.errors import (
    Conflict,
    InvalidInput,
    NotAllowed,
    Refused,
    WrongField,
)
from service.domain.findings import Finding
from service.operations.moving.plans import MoveRequest
from service.operations.said import MAX_REASON
from service.operations.studio.publishing.approval import approve, withdraw_approval
from service.operations.studio.publishing.impact import preview_impact
from service.operations.studio.publishing.publish_draft import (
    ToPublish,
    publish_draft,
    warning_key,
)
from service.operations.studio.publishing.rebase import Clash, rebase_draft
from service.operations.studio.publishing.show_publishing import Looked, show_publishing
from service.web.csrf import NOTHING_DONE, guard, stale
from service.web.frame import render
from service.web.request import STAFF, access, asking, now, parts, staff, transaction
from service.web.studio.compare import named
from service.web.studio.impact_view import Carried, Tally, carried, case_lines
from service.web.studio.places import editor_of, kinds
from service.web.studio.plan_view import choices_in, chosen_plans, plan_views
from service.web.views import process_name

studio_publish = guard(
    Blueprint("studio_publish", __name__, url_prefix="/studio/concepten/<uuid:draft_id>/publiceren")
)
_CHUNK = 100


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What somebody filled in before publishing."""

    reason: str = ""
    accepted: frozenset[str] = frozenset()
    move: str = ""
    """``mee``, ``nieuw`` or nothing yet."""
    choices: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, form: MultiDict[str, str]) -> "Typed":
        """What was posted."""
        return cls(
            reason=form.get("reden", ""),
            accepted=frozenset(form.getlist("waarschuwing")),
            move=form.get("zaken", ""),
            choices=choices_in(form),
        )


@studio_publish.get("")
@access(STAFF)
def show(draft_id: UUID) -> ResponseReturnValue:
    """What publishing would do."""
    handed = carried(request.args.get("stand", ""))
    typed = Typed(choices=dict(handed.choices) if handed else {})
    return _page(draft_id, typed, handed=handed)


@studio_publish.get("/gevolgen")
@access(STAFF)
def impact(draft_id: UUID) -> ResponseReturnValue:
    """The next open cases, for the script of the page."""
    with transaction() as session:
        handed = carried(request.args.get("stand", ""))
        return render_template(
            "studio/_gevolgen.html", **_impact(session, staff(session), draft_id, handed)
        )


@studio_publish.post("")
@access(STAFF, keeps_text=True)
def publish(draft_id: UUID) -> ResponseReturnValue:
    """Publishes, or shows again what the cases would do by another plan."""
    typed = Typed.of(request.form)
    if stale():
        return _page(draft_id, typed, notice=_(NOTHING_DONE)), 400
    if request.form.get("actie") == "bekijken":
        return _page(draft_id, typed)
    try:
        number = _publish(draft_id, typed)
    except WrongField as error:
        return _page(draft_id, typed, errors=error.fields), 422
    except Refused as error:
        return _page(draft_id, typed, notice=str(error), findings=error.findings), 422
    except (Conflict, InvalidInput, NotAllowed) as error:
        return _page(draft_id, typed, notice=str(error)), 409
    said = _("Publicatie %(number)s geldt nu voor nieuwe zaken.", number=number)
    if typed.move == "mee":
        said += " " + _("De lopende zaken gaan mee; hieronder volgt u hoe ver dat is.")
    flash(said, "ok")
    return redirect(url_for("studio_publications.show", number=number))


def _publish(draft_id: UUID, typed: Typed) -> int:
    target = request.form.get("nummer", "")
    decision = ToPublish(
        digest=_digest(),
        reason=typed.reason,
        accepted=typed.accepted,
        move={"mee": True, "nieuw": False}.get(typed.move),
        plans=chosen_plans(typed.choices, int(target) if target.isdigit() else 0),
    )
    with transaction() as session:
        return publish_draft(
            session, **asking(session), draft_id=draft_id, decision=decision, now=now()
        ).number


@studio_publish.post("/goedkeuren")
@access(STAFF)
def give_approval(draft_id: UUID) -> ResponseReturnValue:
    """Approves exactly what was on the page."""
    return _done(
        draft_id,
        lambda asked: approve(**asked, digest=_digest(), now=now()),
        _("U hebt dit concept goedgekeurd, precies zoals het nu is."),
    )


@studio_publish.post("/goedkeuring-intrekken")
@access(STAFF)
def take_approval(draft_id: UUID) -> ResponseReturnValue:
    """Takes the approval away."""
    return _done(
        draft_id, lambda asked: withdraw_approval(**asked), _("De goedkeuring is ingetrokken.")
    )


@studio_publish.post("/bijwerken")
@access(STAFF)
def catch_up(draft_id: UUID) -> ResponseReturnValue:
    """Brings the draft onto the newest publication."""
    prefer: Any = {
        key.removeprefix("keuze:"): value
        for key, value in request.form.items()
        if key.startswith("keuze:") and value in ("mine", "theirs")
    }
    try:
        with transaction() as session:
            told = rebase_draft(**_asked(session, draft_id), prefer=prefer, now=now())
    except Conflict as error:
        return _page(draft_id, Typed(), notice=str(error)), 409
    if not told.done:
        return _page(draft_id, Typed(), clashes=told.clashes), 409
    flash(_("Het concept is bijgewerkt op publicatie %(number)s.", number=told.number), "ok")
    return redirect(url_for("studio_publish.show", draft_id=draft_id))


def _done(draft_id: UUID, act: Any, said: str) -> ResponseReturnValue:
    """Does one thing with the draft; what cannot be done is said on the page."""
    try:
        with transaction() as session:
            act(_asked(session, draft_id))
    except (Conflict, NotAllowed) as error:
        return _page(draft_id, Typed(), notice=str(error)), 409
    except Refused as error:
        return _page(draft_id, Typed(), notice=str(error), findings=error.findings), 422
    flash(said, "ok")
    return redirect(url_for("studio_publish.show", draft_id=draft_id))


def _page(
    draft_id: UUID,
    typed: Typed,
    *,
    handed: Carried | None = None,
    errors: Any = None,
    notice: str = "",
    findings: tuple[Finding, ...] = (),
    clashes: tuple[Clash, ...] = (),
) -> str:
    with transaction() as session:
        actor = staff(session)
        page = show_publishing(session, parts(), draft_id=draft_id, actor=actor, now=now())
        first = handed or Carried(
            digest=page.approval.digest.hex(), tally=Tally(), choices=typed.choices
        )
        values: dict[str, Any] = {}
        if page.looked and page.changes and page.shown.draft.state == "open":
            values |= _looked(page.looked, typed)
            try:
                values |= _impact(session, actor, draft_id, first)
            except InvalidInput as error:  # A plan that names what is not there (any more).
                notice = notice or str(error)
        return render(
            session,
            actor,
            "studio/publiceren.html",
            page="studio",
            publishing=page,
            draft=page.shown.draft,
            typed=typed,
            errors=errors or {},
            notice=notice,
            findings=findings,
            clashes=clashes,
            warnings=[(warning_key(found), found) for found in page.warnings],
            max_reason=MAX_REASON,
            named=named,
            kinds=kinds(),
            address=editor_of(draft_id),
            **values,
        )


def _looked(looked: Looked, typed: Typed) -> dict[str, Any]:
    return {
        "ready": True,
        "processes": [process_name(looked.bundle, key) for key in looked.processes],
        "sight": looked.sight,
        "plans": plan_views(looked.plans, looked.bundle, typed.choices),
        "number": looked.bundle.number,
    }


def _impact(session: Any, actor: Any, draft_id: UUID, handed: Carried | None) -> dict[str, Any]:
    """The cases from where the address says, and the total with them."""
    after = request.args.get("na") if handed and request.method == "GET" else None
    choices = handed.choices if handed else {}
    found = preview_impact(
        session,
        parts(),
        draft_id=draft_id,
        actor=actor,
        now=now(),
        request=_request(choices, session, actor),
        after=after,
        limit=_CHUNK,
    )
    tally = handed.tally if handed and after else Tally()
    changed = handed is not None and handed.digest != found.digest.hex()
    published = parts().publications.current(session, actor.municipality)
    for case in found.cases:
        tally.add(case, published)
    left = Carried(digest=found.digest.hex(), tally=tally, choices=choices).as_text()
    more = None if changed and after else found.next_reference
    return {
        "draft_id": draft_id,
        "tally": tally,
        "cases": case_lines(found.cases, published),
        "total": found.total,
        "changed": changed and bool(after),
        "started": bool(after),
        "more": {"na": more, "stand": left} if more else None,
    }


def _request(choices: Any, session: Any, actor: Any) -> MoveRequest | None:
    if not choices:
        return None
    newest = parts().publications.current(session, actor.municipality).number
    return MoveRequest(target=newest + 1, plans=chosen_plans(choices, newest + 1))


def _digest() -> bytes:
    try:
        return bytes.fromhex(request.form.get("gezien", ""))
    except ValueError:
        raise Conflict(_(NOTHING_DONE)) from None


def _asked(session: Any, draft_id: UUID) -> dict[str, Any]:
    return {"session": session, **asking(session), "draft_id": draft_id}
