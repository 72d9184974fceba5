"""Photos and documents of a case: cleaned, encrypted, and only of a kind that can be shown."""

import io
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import select

from service.domain.errors import InvalidInput, NotFound
from service.operations.case import open_case
from service.operations.clean_pdf import cleaned
from service.operations.download_file import download_file
from service.operations.files import MAX_BYTES, StoredFile, Upload, read_file
from service.storage import Access, Attachment
from tests.integration import everything
from tests.integration.conftest import Office
from tests.unit.operations.test_clean_pdf import made

FIELD = "signaal.bijlagen"
PDF = cleaned(made())
"""A PDF as it is kept: cleaning it once more changes nothing."""


def photo(kind: str = "JPEG", mode: str = "RGB") -> bytes:
    """A photo that says where, when and with whose camera it was taken."""
    image = Image.new(mode, (40, 20))
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = "Geheime Camera", "Philippa Zonderling"
    exif[0x8825] = {1: "N", 2: (51.0, 59.0, 0.0)}
    exif[0x0112] = 6
    buffer = io.BytesIO()
    image.save(buffer, kind, exif=exif)
    return buffer.getvalue()


def kept(office: Office, reference: str) -> list[StoredFile]:
    instance = office.instance(reference)
    with office.application.sessions() as session:
        case = open_case(session, office.application.collaborators, instance)
        keys: list[UUID] = list(
            session.scalars(select(Attachment.id).where(Attachment.instance_id == instance.id))
        )
        return [read_file(session, case, key) for key in keys]


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_loses_what_its_camera_added(office: Office, kind: str) -> None:
    assert b"Geheime Camera" in photo(kind)
    reference = office.report(
        uploads={FIELD: [Upload(name="loods.jpg", content=photo(kind))]}
    ).reference
    [file] = kept(office, reference)
    assert file.media_type == f"image/{kind.lower()}"
    assert b"Geheime Camera" not in file.content
    with Image.open(io.BytesIO(file.content)) as image:
        assert dict(image.getexif()) == {}
        assert image.size == (20, 40), "turned upright first"


@pytest.mark.parametrize("mode", ["P", "L", "RGBA", "1", "I;16"])
def test_every_common_kind_of_png_survives(office: Office, mode: str) -> None:
    reference = office.report(
        uploads={FIELD: [Upload(name="a.png", content=photo("PNG", mode))]}
    ).reference
    [file] = kept(office, reference)
    with Image.open(io.BytesIO(file.content)) as image:
        assert image.mode == mode


def test_name_and_content_lie_encrypted(office: Office) -> None:
    reference = office.report(
        uploads={FIELD: [Upload(name="Philippa Zonderling.pdf", content=PDF)]}
    ).reference
    [file] = kept(office, reference)
    assert (file.name, file.content) == ("Philippa Zonderling.pdf", PDF)
    for plain in ("Zonderling", "%PDF-1."):
        assert everything.holding(office.application.engine, plain) == []


def test_who_may_read_the_answer_may_have_the_file_and_only_that_is_logged(
    office: Office,
) -> None:
    reference = office.report(uploads={FIELD: [Upload(name="a.pdf", content=PDF)]}).reference
    instance = office.instance(reference)
    with office.application.sessions() as session:
        key = session.scalars(select(Attachment.id)).one()

    def downloaded(role: str) -> StoredFile:
        return office.act(download_file, role, instance_id=instance.id, attachment_id=key)

    assert downloaded("af-zorg").content == PDF
    for role in ("melder", "zvh", "burgerzaken"):
        with pytest.raises(NotFound):
            downloaded(role)
    with office.application.sessions() as session:
        assert list(session.scalars(select(Access.what))) == ["bijlage_opgehaald"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("programma.exe", b"MZ\x90\x00"),
        ("vermomd.jpg", b"<html><script>alert(1)</script></html>"),
        ("half.jpg", photo()[:60]),
        ("leeg.png", b""),
        ("beeld.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("groot.pdf", b"%PDF-" + bytes(MAX_BYTES)),
    ],
)
def test_what_cannot_be_shown_is_refused_at_the_field_and_nothing_is_kept(
    office: Office, name: str, content: bytes
) -> None:
    with pytest.raises(InvalidInput) as refused:
        office.report(uploads={FIELD: [Upload(name=name, content=content)]})
    [(field, [message])] = refused.value.fields.items()
    assert field == FIELD
    assert name in message
    tables = {table for table, _ in everything.rows(office.application.engine)}
    assert tables.isdisjoint({"instance", "attachment", "reporter", "event"})
