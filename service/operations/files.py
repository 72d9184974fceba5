"""Files that belong to a case: checked by their content, cleaned, encrypted."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import InvalidInput, NotFound
from service.operations.case import Case
from service.operations.clean_pdf import clean_pdf
from service.storage import Attachment

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
_UNREADABLE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    SyntaxError,
    ValueError,
)
_IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png"}


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it was sent in."""

    name: str
    content: bytes
    id: UUID = field(default_factory=uuid4)


Uploads = Mapping[str, Sequence[Upload]]
"""Files by the path of their field."""


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file as it is handed out."""

    name: str
    content: bytes
    media_type: str


def as_answers(uploads: Uploads) -> dict[str, list[str]]:
    """The uploads as answers: the ids by field path."""
    return {path: [str(upload.id) for upload in sent] for path, sent in uploads.items() if sent}


def keep_uploads(
    session: Session, case: Case, uploads: Uploads, *, actor: Actor, now: datetime
) -> None:
    """Stores the files, cleaned and encrypted.

    Raises:
        InvalidInput: at the field, for a file that is too large or of another kind.
    """
    for path, sent in uploads.items():
        for upload in sent:
            media_type, content = _cleaned(path, upload)
            session.execute(
                insert(Attachment),
                {
                    "id": upload.id,
                    "municipality": case.instance.municipality,
                    "instance_id": case.instance.id,
                    "name": case.vault.seal("file name", upload.name[:200].encode()),
                    "content": case.vault.seal("file", content),
                    "media_type": media_type,
                    "size": len(content),
                    "added_at": now,
                    "added_by": actor.name,
                },
            )


def read_file(session: Session, case: Case, attachment_id: UUID) -> StoredFile:
    """A file of a case that the actor may see.

    Raises:
        NotFound: the case has no such file.
    """
    row = session.scalars(
        select(Attachment).where(
            Attachment.id == attachment_id, Attachment.instance_id == case.instance.id
        )
    ).one_or_none()
    if row is None:
        raise NotFound("Deze bijlage bestaat niet.")
    return StoredFile(
        name=case.vault.open("file name", row.name).decode(),
        content=case.vault.open("file", row.content),
        media_type=row.media_type,
    )


def file_names(session: Session, case: Case) -> dict[str, str]:
    """The names of all files of a case, by id."""
    rows = session.execute(
        select(Attachment.id, Attachment.name).where(Attachment.instance_id == case.instance.id)
    )
    return {str(key): case.vault.open("file name", name).decode() for key, name in rows}


def _cleaned(path: str, upload: Upload) -> tuple[str, bytes]:
    """Media type by content, and the content without what tells who made it, where and when."""
    if len(upload.content) > MAX_BYTES:
        raise _wrong(path, f"{upload.name} is groter dan 10 MB; verklein het bestand.")
    if upload.content.startswith(b"%PDF-"):
        try:
            return "application/pdf", clean_pdf(upload.content)
        except InvalidInput as error:
            raise _wrong(path, f"{upload.name}: {error} Kies een ander bestand.") from error
    try:
        with Image.open(io.BytesIO(upload.content), formats=tuple(_IMAGES)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _wrong(path, f"{upload.name} heeft te veel beeldpunten; verklein de foto.")
            kind = str(image.format)
            return _IMAGES[kind], _without_metadata(image, kind)
    except _UNREADABLE as error:
        raise _wrong(
            path, f"{upload.name} is geen leesbare pdf-, jpg- of png-bestand; kies een ander."
        ) from error


def _without_metadata(image: Image.Image, kind: str) -> bytes:
    upright = ImageOps.exif_transpose(image)
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    if upright.mode == "P" and (palette := upright.getpalette()):
        clean.putpalette(palette)
    buffer = io.BytesIO()
    clean.save(buffer, kind, quality=90)
    return buffer.getvalue()


def _wrong(path: str, message: str) -> InvalidInput:
    return InvalidInput(message, {path: [message]})
