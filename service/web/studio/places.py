"""Where each file of a draft is edited, and what its kind is called."""

from collections.abc import Callable
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from service.operations.file_kinds import kind_of
from service.operations.table_test_file import table_path


def kinds() -> dict[str, str]:
    """What people call each kind of file."""
    return {
        "diagram": _("Diagram"),
        "table": _("Beslistabel"),
        "form": _("Formulier"),
        "profile": _("Profiel"),
        "scenario": _("Toets van een proces"),
        "table_tests": _("Toetsregels van een tabel"),
    }


def editor_of(draft_id: UUID) -> Callable[[str], str]:
    """Gives the address of the editor of a path in a draft."""

    def address(path: str) -> str:
        kind = kind_of(path)
        process_id, name = path.split("/")[-2:] if "/" in path else ("", path)
        if kind == "table":
            return url_for(
                "studio_table.show",
                draft_id=draft_id,
                process_id=process_id,
                stem=name.removesuffix(".dmn"),
            )
        if kind == "form":
            return url_for(
                "studio_form.show",
                draft_id=draft_id,
                process_id=process_id,
                form_id=name.removesuffix(".form"),
            )
        if kind == "table_tests":
            return address(table_path(path)) + "#toetsen"
        if kind == "diagram":
            return url_for("studio_diagram.show", draft_id=draft_id, process_id=process_id)
        return url_for("studio_text.show", draft_id=draft_id, pad=path)

    return address
