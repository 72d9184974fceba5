"""Uploads: known by their content, never by their name."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from service.domain.errors import InvalidInput
from service.operations.files import Upload, _cleaned


@given(content=st.binary(max_size=300))
def test_bytes_of_no_known_kind_are_refused_at_the_field(content: bytes) -> None:
    if content.startswith(b"%PDF-"):
        return
    with pytest.raises(InvalidInput) as refused:
        _cleaned("signaal.bijlagen", Upload(name="foto.jpg", content=content))
    assert list(refused.value.fields) == ["signaal.bijlagen"]


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "WEBP"])
def test_other_pictures_are_refused_whatever_they_are_called(kind: str) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, kind)
    with pytest.raises(InvalidInput):
        _cleaned("veld", Upload(name="foto.png", content=buffer.getvalue()))


def test_a_picture_of_too_many_points_is_refused_before_it_is_drawn() -> None:
    buffer = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(buffer, "PNG")
    with pytest.raises(InvalidInput, match="beeldpunten"):
        _cleaned("veld", Upload(name="groot.png", content=buffer.getvalue()))


@given(cut=st.integers(min_value=1, max_value=400))
def test_a_picture_that_breaks_off_is_refused_or_read(cut: int) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (30, 30), "red").save(buffer, "PNG")
    whole = buffer.getvalue()
    try:
        media_type, _ = _cleaned("veld", Upload(name="a.png", content=whole[:-cut] or b"x"))
    except InvalidInput:
        return
    assert media_type == "image/png"
