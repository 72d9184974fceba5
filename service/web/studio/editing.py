"""What the script of every editor begins with."""

from typing import Protocol

from flask import url_for

from service.storage import Draft
from service.web.csrf import token


class Shown(Protocol):
    """A file of a draft as an editor shows it."""

    @property
    def draft(self) -> Draft: ...
    @property
    def path(self) -> str: ...
    @property
    def content(self) -> bytes: ...
    @property
    def revision(self) -> int: ...


def editor_data(shown: Shown, **own: object) -> dict[str, object]:
    """The file, where it stands and whether it may be changed; ``own`` is of this editor alone."""
    return {
        "draftId": str(shown.draft.id),
        "path": shown.path,
        "text": shown.content.decode(),
        "revision": shown.revision,
        "token": token(),
        "open": shown.draft.state == "open",
        "versions": url_for("studio_files.versions", draft_id=shown.draft.id, pad=shown.path),
        **own,
    }
