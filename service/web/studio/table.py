"""The editor of a decision table, and the test rows under it, which need no script."""

import re
from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import InvalidInput
from service.operations.studio.draft_files import Saved
from service.operations.studio.table_page import RowsToSave, as_cell, save_tests, show_table
from service.operations.table_test_file import TableTest
from service.web.csrf import OLD_PAGE, guard, stale
from service.web.frame import render
from service.web.headers import editor_nonce
from service.web.request import STAFF, access, asking, now, parts, staff, transaction
from service.web.studio.compare import named
from service.web.studio.editing import editor_data
from service.web.studio.places import editor_of
from service.web.studio.saving import preferred, revision

studio_table = guard(
    Blueprint("studio_table", __name__, url_prefix="/studio/concepten/<uuid:draft_id>/tabel")
)
ADD_ROW, REMOVE_ROW = "_rij_toevoegen", "_rij_verwijderen"
_FIELD = re.compile(r"(?P<row>\d{1,4})\.(?P<name>naam|verwacht|beslissing|invoer\.(?P<path>.+))")

Errors = Mapping[str, Sequence[str]]


@studio_table.get("/<process_id>/<stem>")
@access(STAFF)
def show(draft_id: UUID, process_id: str, stem: str) -> ResponseReturnValue:
    """The table in its editor, its test rows and what becomes of them."""
    return _page(draft_id, process_id, stem)


@studio_table.post("/<process_id>/<stem>/toetsen")
@access(STAFF, keeps_text=True)
def save_rows(draft_id: UUID, process_id: str, stem: str) -> ResponseReturnValue:
    """Keeps the test rows; whatever goes wrong, what was typed stays."""
    rows = _rows()
    if ADD_ROW in request.form:
        return _page(draft_id, process_id, stem, rows=[*rows, _empty_row()])
    if REMOVE_ROW in request.form:
        gone = request.form[REMOVE_ROW]
        rows = [row for number, row in enumerate(rows) if str(number) != gone]
        return _page(draft_id, process_id, stem, rows=rows)
    if stale():
        return _page(draft_id, process_id, stem, rows=rows, notice=_(OLD_PAGE)), 400
    try:
        saved = _save(draft_id, process_id, stem, rows)
    except InvalidInput as error:
        page = _page(draft_id, process_id, stem, rows=rows, errors=error.fields, notice=str(error))
        return page, 422
    if not saved.saved:
        notice = " ".join([*saved.conflicts, _("Kies wiens wijziging geldt.")])
        return _page(draft_id, process_id, stem, rows=rows, notice=notice, torn=True), 409
    flash(_("De toetsen zijn bewaard in het concept."), "ok")
    return redirect(editor_of(draft_id)(_path(process_id, stem)) + "#toetsen")


def _save(draft_id: UUID, process_id: str, stem: str, rows: Sequence[TableTest]) -> Saved:
    with transaction() as session:
        return save_tests(
            session,
            **asking(session),
            draft_id=draft_id,
            path=_path(process_id, stem),
            changed=RowsToSave(rows=rows, revision=revision(), prefer=preferred()),
            now=now(),
        )


def _page(
    draft_id: UUID,
    process_id: str,
    stem: str,
    *,
    rows: Sequence[TableTest] | None = None,
    errors: Errors | None = None,
    notice: str = "",
    torn: bool = False,
) -> str:
    path = _path(process_id, stem)
    with transaction() as session:
        actor = staff(session)
        shown = show_table(
            session,
            parts(),
            draft_id=draft_id,
            path=path,
            actor=actor,
            now=now(),
            rows=rows,
        )
        return render(
            session,
            actor,
            "studio/tabel.html",
            page="studio",
            shown=shown,
            process_id=process_id,
            stem=stem,
            errors=errors or {},
            notice=notice,
            named=named,
            torn=torn,
            version=request.form.get("versie", shown.tests_revision),
            unsaved=rows is not None,
            nonce=editor_nonce(),
            data=editor_data(shown),
        )


def _rows() -> list[TableTest]:
    """The rows that were typed, in their order."""
    found: dict[int, dict[str, str]] = {}
    inputs: dict[int, dict[str, str]] = {}
    for key, typed in request.form.items():
        match = _FIELD.fullmatch(key)
        if match is None:
            continue
        number = int(match["row"])
        cells = found.setdefault(number, {})
        if match["path"] is None:
            cells[match["name"]] = typed.strip()
        elif typed.strip():
            inputs.setdefault(number, {})[match["path"]] = as_cell(typed)
    return [
        TableTest(
            name=cells.get("naam", ""),
            inputs=inputs.get(number, {}),
            expected=as_cell(cells.get("verwacht", "")),
            decision=cells.get("beslissing", ""),
        )
        for number, cells in sorted(found.items())
    ]


def _empty_row() -> TableTest:
    return TableTest(name="", expected="")


def _path(process_id: str, stem: str) -> str:
    return f"processes/{process_id}/{stem}.dmn"
