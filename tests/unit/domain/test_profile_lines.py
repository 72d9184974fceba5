"""On which line of a TOML file something stands."""

from textwrap import dedent

import pytest

from service.domain.profile.lines import Path, line_of, lines_of

TEXT = dedent(
    """\
    # Een opmerking met [haken] en een = teken.
    id = "voorbeeld"
    lijst = [
      "een",  # [niet.een.tabel]
      "twee",
    ]

    [rollen.oov]
    naam = "OOV"
    tekst = '''
    [rollen.geen]
    naam = 1
    '''

    [[overleggen]]
    id = "a"
    [[overleggen]]

    id = "b"
    wie = { rol = "oov", ook = ["x"] }
    [overleggen.meer]
    hoe."met punt.er".in = 3
    ["een.naam"]
    x = 1
    """
)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 2),
        (("lijst",), 3),
        (("lijst", 1), 3),
        (("rollen",), 8),
        (("rollen", "oov", "naam"), 9),
        (("rollen", "oov", "tekst"), 10),
        (("rollen", "oov", "ontbreekt"), 8),
        (("overleggen", 0), 15),
        (("overleggen", 0, "id"), 16),
        (("overleggen", 1), 17),
        (("overleggen", 1, "id"), 19),
        (("overleggen", 1, "wie", "rol"), 20),
        (("overleggen", 1, "meer", "hoe", "met punt.er", "in"), 22),
        (("een.naam", "x"), 24),
        (("onbekend",), 1),
        ((), 1),
    ],
)
def test_everything_has_the_line_on_which_it_begins(path: Path, line: int) -> None:
    assert line_of(lines_of(TEXT), path) == line


def test_only_a_line_end_of_toml_ends_a_line() -> None:
    text = "# Een regel\u2028[geen.tabel]\nid = 'a\u2029b'\nnaam = 1\n"
    assert lines_of(text) == {("id",): 2, ("naam",): 3}


def test_a_file_with_the_line_ends_of_windows_counts_the_same() -> None:
    assert lines_of(TEXT.replace("\n", "\r\n")) == lines_of(TEXT)
