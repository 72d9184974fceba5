"""A PDF that anybody may send in: it loses its maker and its tricks, and never gets to work."""

import io
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image

from service.domain.errors import InvalidInput
from service.operations.clean_pdf import _without_camera, clean_pdf, cleaned

NAME = "Philippa Zonderling"


def photo() -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x8825] = "Geheime Camera", {1: "N", 2: (51.0, 59.0, 0.0)}
    buffer = io.BytesIO()
    picture = Image.effect_noise((60, 40), 40).convert("RGB")
    picture.save(buffer, "JPEG", exif=exif, comment=NAME.encode())
    return buffer.getvalue()


def with_author(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = NAME
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = [NAME]


def with_photo(pdf: pikepdf.Pdf) -> None:
    image = pdf.make_stream(
        photo(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=60,
        Height=40,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))


def with_remark(pdf: pikepdf.Pdf) -> None:
    remark = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Text,
        Rect=[0, 0, 10, 10],
        Contents="Kijk hier",
        T=NAME,
        M="D:20260302093000",
    )
    pdf.pages[0].Annots = pikepdf.Array([remark])


def with_script(pdf: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{NAME}')")
    pdf.Root.OpenAction = script
    pdf.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), script]))
    )
    pdf.pages[0].AA = pikepdf.Dictionary(O=script)


def with_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments[f"{NAME}.docx"] = pikepdf.AttachedFileSpec(pdf, NAME.encode())


def with_private_data(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].PieceInfo = pikepdf.Dictionary(Tekenprogramma=pikepdf.Dictionary(Private=NAME))


def made(furnish: Callable[[pikepdf.Pdf], None] | None = None) -> bytes:
    """A PDF of one page that says something."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    page.Contents = pdf.make_stream(b"BT (Een kelder) Tj ET")
    if furnish:
        furnish(pdf)
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def plain(content: bytes) -> bytes:
    """The same file with nothing compressed, to look for words in."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(
            buffer,
            compress_streams=False,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("furnish", "word"),
    [
        (with_author, NAME),
        (with_photo, "Geheime Camera"),
        (with_photo, NAME),
        (with_remark, NAME),
        (with_script, "app.alert"),
        (with_script, NAME),
        (with_file, NAME),
        (with_private_data, NAME),
    ],
)
def test_what_tells_of_the_maker_or_acts_by_itself_is_gone(
    furnish: Callable[[pikepdf.Pdf], None], word: str
) -> None:
    sent = made(furnish)
    assert word.encode() in plain(sent)
    clean = plain(cleaned(sent))
    assert word.encode() not in clean
    assert b"Een kelder" in clean


def test_a_remark_keeps_its_words() -> None:
    assert b"Kijk hier" in plain(cleaned(made(with_remark)))


def test_the_picture_stays_what_it_was() -> None:
    taken = photo()
    before, after = (Image.open(io.BytesIO(jpeg)) for jpeg in (taken, _without_camera(taken)))
    assert before.tobytes() == after.tobytes()
    assert dict(before.getexif()) != {} == dict(after.getexif())


def test_it_is_done_apart_from_us_with_the_same_outcome() -> None:
    sent = made(with_author)
    assert clean_pdf(sent) == cleaned(sent)


def bomb() -> bytes:
    """A file whose list of objects unpacks to two gigabytes."""
    packing = zlib.compressobj(9)
    zeros = bytes(1_048_576)
    body = b"".join(packing.compress(zeros) for _ in range(2_000)) + packing.flush()
    head = b"%%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length %d" % len(body)
    file = head + b" /Filter /FlateDecode >>\nstream\n" + body + b"\nendstream\nendobj\n"
    table = bytes([0, 0, 0, 1, 9, 0, 1, 9, 0, 2, 1, 0, 2, 1, 1])
    entry = b"2 0 obj\n<< /Type /XRef /Size 5 /W [1 1 1] /Root 3 0 R /Length 15 >>\nstream\n"
    end = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(file)
    return file + entry + table + end


def locked() -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(made())) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="a", user="b"))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"%PDF-", b"%PDF-1.7\nmaar verder niets", made()[:80], locked(), bomb()],
    ids=["empty", "no pdf", "breaks off", "locked", "bomb"],
)
def test_what_cannot_be_read_within_bounds_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput, match="niet te lezen"):
        clean_pdf(content)
