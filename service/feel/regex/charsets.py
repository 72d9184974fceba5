"""Sets of characters: ranges, Unicode categories and blocks, classes with subtraction."""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

_BLOCKS = {
    "BasicLatin": (0x0000, 0x007F),
    "Latin-1Supplement": (0x0080, 0x00FF),
    "LatinExtended-A": (0x0100, 0x017F),
    "LatinExtended-B": (0x0180, 0x024F),
    "GreekandCoptic": (0x0370, 0x03FF),
    "Greek": (0x0370, 0x03FF),
    "Cyrillic": (0x0400, 0x04FF),
    "Hebrew": (0x0590, 0x05FF),
    "Arabic": (0x0600, 0x06FF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "CurrencySymbols": (0x20A0, 0x20CF),
}
_CATEGORIES = frozenset(
    {"L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No"}
    | {"P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z", "Zs", "Zl", "Zp"}
    | {"S", "Sm", "Sc", "Sk", "So", "C", "Cc", "Cf", "Co", "Cn"}
)

Holds = Callable[[str], bool]


@dataclass(frozen=True, slots=True, eq=False)
class CharSet:
    """A class between square brackets, a single character or an escape."""

    lows: tuple[str, ...]
    """The first characters of its ranges, in order."""
    highs: tuple[str, ...]
    """The last characters of the same ranges."""
    escapes: tuple[Holds, ...]
    negated: bool
    without: "CharSet | None"
    any_case: bool
    extra: int
    """Steps that one question costs on top of the instruction itself."""

    def holds(self, char: str) -> bool:
        """Whether the set has this character."""
        inside = self._within(char)
        if not inside and self.any_case:
            inside = self._within(char.lower()) or self._within(char.upper())
        inside = inside or any(holds(char) for holds in self.escapes)
        return inside is not self.negated and not (self.without and self.without.holds(char))

    def _within(self, form: str) -> bool:
        place = bisect_right(self.lows, form)
        return place > 0 and len(form) == 1 and form <= self.highs[place - 1]


@lru_cache(maxsize=1024)
def single(char: str, *, any_case: bool) -> CharSet:
    """The set of one character."""
    return CharSet((char,), (char,), (), False, None, any_case, int(any_case))


def char_set(
    ranges: Sequence[tuple[str, str]],
    escapes: Sequence[Holds] = (),
    *,
    negated: bool = False,
    without: CharSet | None = None,
    any_case: bool = False,
) -> CharSet:
    """The set of all these ranges and escapes, or of everything else."""
    joined: list[tuple[str, str]] = []
    for low, high in sorted(ranges):
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return CharSet(
        tuple(low for low, _ in joined),
        tuple(high for _, high in joined),
        tuple(escapes),
        negated,
        without,
        any_case,
        len(escapes) // 2 + (1 + without.extra if without else 0) + any_case,
    )


def property_of(name: str) -> Holds | None:
    """What ``\\p{name}`` holds, or nothing if there is no such property."""
    if name in _CATEGORIES:
        return lambda char: unicodedata.category(char).startswith(name)
    bounds = _BLOCKS.get(name.removeprefix("Is")) if name.startswith("Is") else None
    if bounds is None:
        return None
    low, high = bounds
    return lambda char: low <= ord(char) <= high


def escape_of(letter: str) -> Holds | None:
    """What ``\\d``, ``\\s``, ``\\w``, ``\\i`` or ``\\c`` holds; in capitals everything else."""
    holds = _ESCAPES.get(letter.lower())
    if holds is None or letter.islower():
        return holds
    opposite = holds
    return lambda char: not opposite(char)


def _is_name_start(char: str) -> bool:
    return char in "_:" or char.isalpha()


_ESCAPES: dict[str, Holds] = {
    "d": lambda char: unicodedata.category(char) == "Nd",
    "s": lambda char: char in " \t\n\r",
    "w": lambda char: unicodedata.category(char)[0] not in "PZC",
    "i": _is_name_start,
    "c": lambda char: _is_name_start(char) or char in "-.·" or char.isdigit(),
}
