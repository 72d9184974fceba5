"""The files of a bundle: the same files give the same bundle, in any order."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import NotFound, Refused
from service.operations import bundle_files

FILES = st.dictionaries(
    st.from_regex(r"[a-z]{1,8}/[a-z]{1,8}\.(bpmn|dmn|form)", fullmatch=True),
    st.binary(max_size=200),
    max_size=6,
)


@given(content=FILES)
def test_packing_and_unpacking_gives_the_same_files(content: dict[str, bytes]) -> None:
    assert bundle_files.unpack(bundle_files.pack(content)) == content


@given(content=FILES)
def test_the_order_of_the_files_does_not_matter(content: dict[str, bytes]) -> None:
    turned = dict(reversed(content.items()))
    assert bundle_files.pack(turned) == bundle_files.pack(content)
    assert bundle_files.digest(turned) == bundle_files.digest(content)


@given(one=FILES, other=FILES)
def test_other_files_give_another_digest(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    same = bundle_files.digest(one) == bundle_files.digest(other)
    assert same == (one == other)


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("groot.bpmn", bytes(bundle_files.MAX_UNPACKED + 1))
    with pytest.raises(Refused, match="groter"):
        bundle_files.unpack(buffer.getvalue())


def test_what_is_no_archive_is_refused() -> None:
    with pytest.raises(Refused, match="zip"):
        bundle_files.unpack(b"PK nee")


def test_an_unknown_municipality_names_the_known_ones() -> None:
    with pytest.raises(NotFound, match="midden-delfland"):
        bundle_files.read_bundled("nergenshuizen")


def test_a_folder_of_the_house_is_read_with_its_scenarios_tests_and_strays(tmp_path: Path) -> None:
    for name in (
        "processes/een/een.bpmn",
        "processes/een/scenarios/goed.toml",
        "processes/een/toetsen/tabel.toml",
        "processes/een/LEESMIJ.md",
        "processes/gemeenten/rijswijk.toml",
        "processes/.verborgen",
        "forms/een/taak.form",
        "gemeente.toml",
        "elders/iets.bpmn",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    assert sorted(bundle_files.read_folder(tmp_path)) == [
        "forms/een/taak.form",
        "gemeente.toml",
        "processes/een/LEESMIJ.md",
        "processes/een/een.bpmn",
        "processes/een/scenarios/goed.toml",
        "processes/een/toetsen/tabel.toml",
    ]
