"""Cuts FEEL source into tokens; knows names with spaces and symbols when it is told them."""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from service.domain.errors import ExpressionError
from service.feel.limits import MAX_SOURCE

KEYWORDS = frozenset(
    {"for", "in", "return", "if", "then", "else", "some", "every", "satisfies"}
    | {"and", "or", "between", "instance", "of", "function", "external", "true", "false", "null"}
)
_WITH_KEYWORDS = (
    "date and time",
    "years and months duration",
    "days and time duration",
    "day of week",
    "day of year",
    "month of year",
    "week of year",
    "index of",
)
"""Names of the standard that contain a keyword; all others are plain words in a row."""
_LETTER = r"[^\W\d]|[\U00010000-\U000EFFFF]"
_PLAIN = re.compile(rf"(?:{_LETTER})(?:\w|[\U00010000-\U000EFFFF])*")
_REST = (
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r'|(?P<string>"(?:[^"\\]|\\.)*")'
    rf"|(?P<name>(?:{_LETTER})(?:\w|[\U00010000-\U000EFFFF])*|\?)"
    r"|(?P<sign>\*\*|\.\.\.|\.\.|<=|>=|!=|->|[-+*/=<>()\[\]{},:.@])"
)
_SKIP = r"(?P<skip>(?:[\s\uFEFF]+|//[^\n]*|/\*[\s\S]*?\*/)+)"
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|([\s\S]))")
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "'": "'", "/": "/"}


class Token(NamedTuple):
    """One word, number, string or sign; ``text`` is decoded for strings."""

    kind: str
    """``name``, ``keyword``, ``number``, ``string``, ``sign`` or ``end``."""
    text: str
    at: int
    end: int


def one_space(name: str) -> str:
    """``name`` with every run of white space made one space."""
    return " ".join(name.split())


def tokenize(source: str, names: Collection[str] = ()) -> list[Token]:
    """The tokens of ``source``, closed by one of kind ``end``.

    Raises:
        ExpressionError: the source is too long, or has a character that fits nowhere.
    """
    if len(source) > MAX_SOURCE:
        raise ExpressionError(
            f"De expressie is {len(source)} tekens lang; meer dan {MAX_SOURCE} wordt niet gelezen.",
            expression=source[:80],
            position=MAX_SOURCE,
        )
    special = frozenset(one_space(name) for name in names if not _PLAIN.fullmatch(name))
    match = _pattern(special).match
    tokens: list[Token] = []
    at = 0
    while at < len(source):
        found = match(source, at)
        if found is None:
            raise ExpressionError(_odd(source, at), expression=source, position=at)
        kind, end = str(found.lastgroup), found.end()
        if source.startswith("/*", at) and kind != "skip":
            raise ExpressionError(
                "Deze toelichting wordt niet afgesloten met */.", expression=source, position=at
            )
        if kind != "skip":
            tokens.append(_token(kind, found.group(), at, end, source))
        at = end
    tokens.append(Token("end", "", len(source), len(source)))
    return tokens


@lru_cache(maxsize=256)
def _pattern(special: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted({*_WITH_KEYWORDS, *special} - {""}, key=len, reverse=True)
    known = "|".join(
        r"\s+".join(re.escape(word) for word in name.split())
        + (r"(?!\w)" if name[-1].isalnum() else "")
        for name in longest_first
    )
    return re.compile(rf"{_SKIP}|(?P<known>{known}){_REST}")


def _token(kind: str, text: str, at: int, end: int, source: str) -> Token:
    if kind == "known":
        return Token("name", one_space(text), at, end)
    if kind == "name" and text in KEYWORDS:
        return Token("keyword", text, at, end)
    if kind == "string":
        return Token(kind, _decode(text[1:-1], at, source), at, end)
    return Token(kind, text, at, end)


def _decode(text: str, at: int, source: str) -> str:
    if "\\" not in text:
        return text
    try:
        decoded = _ESCAPE.sub(_escape, text)
        # Two escapes may spell one character outside the basic plane.
        return decoded.encode("utf-16", "surrogatepass").decode("utf-16")
    except ValueError as error:
        raise ExpressionError(
            "De tekst bevat een ongeldige \\-code.", expression=source, position=at
        ) from error


def _escape(match: re.Match[str]) -> str:
    short, long, plain = match.groups()
    if plain is not None:
        return _PLAIN_ESCAPES.get(plain, "\\" + plain)
    return chr(int(short or long, 16))


def _odd(source: str, at: int) -> str:
    if source[at] == '"':
        return "Deze tekst heeft geen sluitend aanhalingsteken."
    return f"Het teken {source[at]!r} hoort hier niet."


def is_plain_name(name: str) -> bool:
    """Whether ``name`` is one word that FEEL reads as a name without further knowledge."""
    return bool(_PLAIN.fullmatch(name)) and name not in KEYWORDS
