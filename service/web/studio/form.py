"""The editor of a form, and the form as the inbox will show it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service import forms
from service.domain.errors import Refused
from service.domain.profile import DOMAINS
from service.operations.studio.form_page import FormPage, Preview, preview_form, show_form
from service.web.csrf import guard
from service.web.drawing import typed_values
from service.web.frame import render
from service.web.headers import editor_nonce, framed_here
from service.web.request import STAFF, access, asking, now, parts, staff, transaction
from service.web.studio.editing import editor_data
from service.web.words import DOMAIN

studio_form = guard(
    Blueprint("studio_form", __name__, url_prefix="/studio/concepten/<uuid:draft_id>/formulier")
)
CODE_LISTS = (
    ("Partners van de gemeente", "=for p in gemeente.partners return {value: p.id, label: p.naam}"),
    (
        "Overleggen van de gemeente",
        "=for o in gemeente.overleggen return {value: o.id, label: o.naam}",
    ),
    ("Trainingsgroepen van de gemeente", "=gemeente.trainingsgroepen"),
    ("Contractpartners van de gemeente", "=gemeente.contractpartners"),
)
"""Lists of the profile that a question may offer as its choices."""
TEXT = "_formulier"
"""The form as it stands in the editor, beside the answers that somebody tries in the preview."""


@studio_form.get("/<process_id>/<form_id>")
@access(STAFF)
def show(draft_id: UUID, process_id: str, form_id: str) -> ResponseReturnValue:
    """The form in its editor."""
    with transaction() as session:
        actor = staff(session)
        shown = show_form(
            session,
            parts(),
            draft_id=draft_id,
            path=_path(process_id, form_id),
            actor=actor,
        )
        return render(
            session,
            actor,
            "studio/formulier.html",
            page="studio",
            shown=shown,
            process_id=process_id,
            form_id=form_id,
            text_field=TEXT,
            nonce=editor_nonce(),
            data=_data(shown),
        )


@studio_form.get("/<process_id>/<form_id>/voorbeeld")
@access(STAFF)
def preview_saved(draft_id: UUID, process_id: str, form_id: str) -> ResponseReturnValue:
    """The form as it is kept, as the inbox will show it."""
    path = _path(process_id, form_id)
    with transaction() as session:
        kept = show_form(session, **asking(session), draft_id=draft_id, path=path)
    return _preview_page(draft_id, process_id, form_id, kept.content.decode())


@studio_form.post("/<process_id>/<form_id>/voorbeeld")
@access(STAFF)
def preview(draft_id: UUID, process_id: str, form_id: str) -> ResponseReturnValue:
    """The form as it stands in the editor, as the inbox will show it."""
    return _preview_page(draft_id, process_id, form_id, request.form.get(TEXT, ""))


@studio_form.post("/<process_id>/<form_id>/voorbeeld/velden")
@access(STAFF)
def preview_fields(draft_id: UUID, process_id: str, form_id: str) -> ResponseReturnValue:
    """The questions, given the answers that somebody tries in the preview; nothing is kept."""
    seen = _preview(draft_id, _path(process_id, form_id), request.form.get(TEXT, ""))
    return render_template(
        "_velden.html",
        model=_drawn(seen, typed_values(seen.form)),
        react_url=_react_url(draft_id, process_id, form_id),
        files={},
    )


def _preview_page(draft_id: UUID, process_id: str, form_id: str, text: str) -> str:
    framed_here()
    shown: dict[str, object] = {"text": text, "text_field": TEXT, "model": None, "findings": ()}
    try:
        seen = _preview(draft_id, _path(process_id, form_id), text)
    except Refused as error:
        shown["findings"] = error.findings
    else:
        shown["model"] = _drawn(seen, {})
    react_url = _react_url(draft_id, process_id, form_id)
    return render_template("studio/voorbeeld.html", react_url=react_url, **shown)


def _preview(draft_id: UUID, path: str, text: str) -> Preview:
    with transaction() as session:
        return preview_form(
            session,
            **asking(session),
            draft_id=draft_id,
            path=path,
            content=text.encode(),
            now=now(),
        )


def _drawn(seen: Preview, values: Mapping[str, Any]) -> forms.RenderModel:
    return forms.render_model(
        seen.form, values=values, errors={}, scope=seen.scope, env=seen.environment
    )


def _data(shown: FormPage) -> dict[str, object]:
    return editor_data(
        shown,
        known=shown.known,
        codeLists=[{"value": formula, "label": label} for label, formula in CODE_LISTS],
        domains=[{"value": name, "label": f"{name}: {DOMAIN[name]}"} for name in DOMAINS],
    )


def _react_url(draft_id: UUID, process_id: str, form_id: str) -> str:
    return url_for(
        "studio_form.preview_fields", draft_id=draft_id, process_id=process_id, form_id=form_id
    )


def _path(process_id: str, form_id: str) -> str:
    return f"forms/{process_id}/{form_id}.form"
