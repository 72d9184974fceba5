"""What follows from a content alone is found out once."""

from collections.abc import Callable

import pytest

from service.domain.by_content import KEPT, by_content


def reader() -> tuple[list[bytes], Callable[..., tuple[int, str]]]:
    read: list[bytes] = []

    @by_content
    def length(content: bytes, *, file: str) -> tuple[int, str]:
        read.append(content)
        if not content:
            raise ValueError(file)
        return len(content), file

    return read, length


def test_the_same_content_is_read_once_and_another_again() -> None:
    read, length = reader()
    assert [length(body, file="a") for body in (b"xy", b"x" + b"y", b"z")] == [
        (2, "a"),
        (2, "a"),
        (1, "a"),
    ]
    assert read == [b"xy", b"z"]


def test_the_name_of_a_file_counts_too() -> None:
    _read, length = reader()
    assert length(b"xy", file="a") != length(b"xy", file="b")


def test_what_cannot_be_read_is_tried_again() -> None:
    read, length = reader()
    for _ in range(2):
        with pytest.raises(ValueError, match="leeg"):
            length(b"", file="leeg")
    assert read == [b"", b""]


def test_what_was_read_longest_ago_is_forgotten() -> None:
    read, length = reader()
    for number in range(KEPT + 1):
        length(b"%d" % number, file="a")
    length(b"%d" % KEPT, file="a")
    assert len(read) == KEPT + 1
    length(b"0", file="a")
    assert len(read) == KEPT + 2
