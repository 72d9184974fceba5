"""A bundle made elsewhere: whatever is wrong with it is refused, with what and where."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from service.domain.errors import Unreadable
from service.operations import bundle_files
from service.operations.studio.publishing.bundle_zip import MAX_PACKED, open_bundle

GOOD = "forms/proces/doen.form"


def packed(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for path, body in files:
            archive.writestr(zipfile.ZipInfo(path), body, method)
    return buffer.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(Unreadable) as error:
        open_bundle(content)
    told = "; ".join(f"{f.file}: {f.reason}" for f in error.value.findings)
    return told or str(error.value)


def test_what_the_product_packs_opens_again_the_same_each_time() -> None:
    content = bundle_files.read_bundled("midden-delfland")
    once = bundle_files.pack(content)
    assert open_bundle(once) == content
    assert bundle_files.pack(open_bundle(once)) == once


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../gemeente.toml",
        "processes/../../x/x.bpmn",
        "processes\\proces\\proces.bpmn",
        "C:/gemeente.toml",
        "processes/proces/anders.bpmn",
        "processes/Proces/Proces.bpmn",
        "__MACOSX/gemeente.toml",
        "forms/proces/doen.exe",
        "scripts/",
    ],
)
def test_a_path_outside_the_known_places_is_named(path: str) -> None:
    told = refused(packed((GOOD, b"{}"), (path, b"x")))
    assert path.split("\\", maxsplit=1)[0] in told


def test_a_file_that_is_there_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = packed((GOOD, b"{}"), (GOOD, b"{}"))
    assert refused(content) == f"{GOOD}: Dit bestand staat er twee keer in."


def test_a_file_that_unpacks_to_too_much_is_refused_unread() -> None:
    told = refused(packed((GOOD, b"0" * 3_000_000)))
    assert told == f"{GOOD}: Dit bestand is groter dan 2 MB."


def test_many_files_that_are_too_much_together_are_refused() -> None:
    bomb = packed(*((f"forms/proces/f{n}.form", b" " * 1_900_000) for n in range(30)))
    assert len(bomb) < 200_000
    assert "groter dan 50 MB" in refused(bomb)


def test_a_file_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(packed((GOOD, b"{" + b" " * 5_000 + b"}")))
    central = content.index(b"PK\x01\x02")
    content[central + 24 : central + 28] = struct.pack("<I", 4)
    assert refused(bytes(content))


def test_an_encrypted_file_is_refused() -> None:
    content = bytearray(packed((GOOD, b"{}")))
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    content[6] |= 1
    assert "versleuteld" in refused(bytes(content))


def test_a_link_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo(GOOD)
        info.external_attr = 0o120777 << 16
        archive.writestr(info, b"/etc/passwd")
    assert "verwijzing" in refused(buffer.getvalue())


def cut(content: bytes) -> bytes:
    return content[:-30]


def bent(content: bytes) -> bytes:
    middle = content.index(b"doen.form") + 12
    return content[:middle] + b"\xff\xff\xff" + content[middle + 3 :]


@pytest.mark.parametrize("damage", [cut, bent, lambda _content: b"geen zip", lambda _content: b""])
def test_a_damaged_file_is_refused(damage: Callable[[bytes], bytes]) -> None:
    assert "zip-bestand" in refused(damage(packed((GOOD, b'{"type": "default"}'))))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_kinds_of_packing_are_refused(method: int) -> None:
    assert "andere manier ingepakt" in refused(packed((GOOD, b"{}"), method=method))


def test_a_file_that_is_not_packed_at_all_opens() -> None:
    content = packed((GOOD, b"{}"), method=zipfile.ZIP_STORED)
    assert open_bundle(content) == {GOOD: b"{}"}


def test_a_file_that_is_nothing_of_its_kind_is_named_with_its_line() -> None:
    told = refused(packed((GOOD, b"{"), ("gemeente.toml", b"id = ")))
    assert GOOD in told
    assert "gemeente.toml is geen TOML" in told


def test_too_many_files_or_bytes_are_refused() -> None:
    many = packed(*((f"forms/proces/f{n}.form", b"") for n in range(2_001)))
    assert "2000 bestanden" in refused(many)
    assert "groter dan" in refused(b"0" * (MAX_PACKED + 1))


def test_an_empty_bundle_is_refused() -> None:
    assert refused(packed()) == "De bundel is leeg."
