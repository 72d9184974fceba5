"""What changed: in a draft, or between two publications; in sentences and beside each other."""

import re
from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from service.operations.studio.show_changes import Changes, changes_between, changes_of_draft
from service.web.csrf import guard
from service.web.frame import render
from service.web.request import STAFF, access, parts, staff, transaction
from service.web.studio.places import kinds

studio_compare = guard(Blueprint("studio_compare", __name__, url_prefix="/studio"))
BESIDE = ("diagram", "table", "form")
"""The kinds of which both versions can be shown beside each other."""
_NAMED = re.compile(r"\*(?=\S)([^*]+?)(?<=\S)\*")


@studio_compare.get("/concepten/<uuid:draft_id>/verschil")
@access(STAFF)
def show(draft_id: UUID) -> str:
    """A draft and what it changes."""
    with transaction() as session:
        actor = staff(session)
        draft, number, changes = changes_of_draft(
            session,
            parts(),
            draft_id=draft_id,
            actor=actor,
            path=request.args.get("pad"),
        )
        address = url_for("studio_compare.show", draft_id=draft_id)
        back = (url_for("studio_draft.show", draft_id=draft_id), draft.title)
        return render(
            session,
            actor,
            "studio/verschil.html",
            page="studio",
            heading=_("Wat dit concept verandert"),
            lead=_("Vergeleken met publicatie %(number)s.", number=number),
            back=back,
            **_shown(changes, address),
        )


@studio_compare.get("/publicaties/<int:number>/verschil/<int:other>")
@access(STAFF)
def publications(number: int, other: int) -> str:
    """What is other in one publication than in another."""
    with transaction() as session:
        actor = staff(session)
        changes = changes_between(
            session,
            parts(),
            number=number,
            other=other,
            actor=actor,
            path=request.args.get("pad"),
        )
        address = url_for("studio_compare.publications", number=number, other=other)
        return render(
            session,
            actor,
            "studio/verschil.html",
            page="studio",
            heading=_("Van publicatie %(number)s naar %(other)s", number=number, other=other),
            lead=_("Wat er in publicatie %(other)s anders is.", other=other),
            back=(url_for("studio_publications.index"), _("Publicaties")),
            **_shown(changes, address),
        )


def named(text: str) -> Markup:
    """A sentence in which what stands between asterisks is the name of something."""
    return Markup("").join(
        Markup("<strong>{}</strong>").format(part) if number % 2 else escape(part)
        for number, part in enumerate(_NAMED.split(text))
    )


def _shown(changes: Changes, address: str) -> dict[str, Any]:
    return {
        "files": changes.comparison.files,
        "beside": changes.beside,
        "beside_kinds": BESIDE,
        "kinds": kinds(),
        "address": address,
        "named": named,
        "drawing": _drawing(changes),
    }


def _drawing(changes: Changes) -> dict[str, Any] | None:
    """What the island needs to draw both versions of a diagram."""
    beside = changes.beside
    if beside is None or beside.change.kind != "diagram":
        return None
    return {
        "before": beside.before.xml,
        "after": beside.after.xml,
        "marks": dict(beside.change.marks),
        "words": {
            "added": _("Nieuw"),
            "removed": _("Vervalt"),
            "changed": _("Gewijzigd"),
            "moved": _("Verplaatst"),
        },
    }
