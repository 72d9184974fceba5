"""The file with test rows of a table: read strictly, written so that it reads back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import Refused, Unreadable
from service.operations.table_test_file import (
    TableTest,
    path_of_tests,
    read_table_tests,
    table_path,
    write_table_tests,
)

FILE = "processes/proef/toetsen/tabel.toml"
GOOD = """\
[[toets]]
naam = "Gevaar"
invoer = { "signaal.gevaar" = '"ja"' }
verwacht = '"acuut"'
"""
WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(str.strip)


def test_a_row_is_read_with_its_line() -> None:
    [row] = read_table_tests(GOOD.encode(), file=FILE)
    assert row == TableTest(
        name="Gevaar", inputs={"signaal.gevaar": '"ja"'}, expected='"acuut"', line=1
    )


def test_an_empty_file_has_no_rows() -> None:
    assert read_table_tests(b"", file=FILE) == ()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('tabel = "x"\n' + GOOD, 1, "'tabel' bestaat hier niet"),
        (GOOD + 'anders = "x"\n', 5, "'anders' bestaat hier niet"),
        (GOOD + '\n[[toets]]\nverwacht = "1"\n', 6, "'naam' ontbreekt"),
        (GOOD + '\n[[toets]]\nnaam = "Twee"\nverwacht = 1\n', 8, "'verwacht' is geen tekst"),
        (GOOD.replace("'\"ja\"'", "1"), 3, "invoer is geen tabel met teksten"),
        ("[toets]\nnaam = 'x'\n", 1, "onder een eigen [[toets]]"),
        ("toets = [1]\n", 1, "onder een eigen [[toets]]"),
    ],
)
def test_what_is_not_known_or_not_there_is_refused_with_its_line(
    text: str, line: int, reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        read_table_tests(text.encode(), file=FILE)
    [finding] = refused.value.findings
    assert reason in finding.reason
    assert finding.line == line


@pytest.mark.parametrize("content", [b"naam = ", b"\xff", GOOD.encode() + GOOD.encode()[9:]])
def test_what_is_no_toml_is_not_read(content: bytes) -> None:
    with pytest.raises(Unreadable, match="geen leesbaar TOML"):
        read_table_tests(content, file=FILE)


@given(
    rows=st.lists(
        st.builds(
            TableTest,
            name=WORDS,
            inputs=st.dictionaries(WORDS, WORDS, max_size=3),
            expected=WORDS,
            decision=st.one_of(st.just(""), WORDS),
        ),
        max_size=4,
    )
)
def test_what_is_written_reads_back(rows: list[TableTest]) -> None:
    written = read_table_tests(write_table_tests(rows), file=FILE)
    assert [(r.name, r.inputs, r.expected, r.decision) for r in written] == [
        (r.name, r.inputs, r.expected, r.decision) for r in rows
    ]


def test_the_rows_lie_in_a_folder_beside_their_table() -> None:
    assert path_of_tests("processes/proef/tabel.dmn") == FILE
    assert table_path(FILE) == "processes/proef/tabel.dmn"
