"""Functions about text; a position counts characters from 1, or from the end if negative."""

from decimal import Decimal

from service.feel.functions import built_in
from service.feel.run import Problem, Run

_LONG, _COMPARED_PER_STEP = 2_500, 2_048


def _search(run: Run, string: str, match: str) -> None:
    """Pay for looking up a text in another: at worst all of it is compared at each place."""
    most = len(match) if len(string) < _LONG else min(len(match), 100)
    run.spend(len(string) * most // _COMPARED_PER_STEP)


@built_in("substring", "string: string, start position: number, length?: number | null")
def substring(_run: Run, string: str, start: Decimal, length: Decimal | None = None) -> str:
    """``length`` characters from a position, or all the rest."""
    if not 1 <= abs(start) <= len(string):
        raise Problem(f"substring: de tekst heeft geen positie {start}.")
    first = int(start) - 1 if start > 0 else len(string) + int(start)
    if length is None:
        return string[first:]
    if length < 1:
        raise Problem("substring: de lengte moet ten minste 1 zijn.")
    return string[first : first + int(min(length, Decimal(len(string))))]


@built_in("string length", "string: string")
def string_length(_run: Run, string: str) -> Decimal:
    """The number of characters."""
    return Decimal(len(string))


@built_in("upper case", "string: string")
def upper_case(run: Run, string: str) -> str:
    """The text in capitals."""
    run.spend_text(3 * len(string))  # one letter may become three
    return string.upper()


@built_in("lower case", "string: string")
def lower_case(run: Run, string: str) -> str:
    """The text in small letters."""
    run.spend_text(3 * len(string))
    return string.lower()


@built_in("trim", "string: string")
def trim(_run: Run, string: str) -> str:
    """The text without white space at both ends."""
    return string.strip()


@built_in("substring before", "string: string, match: string")
def substring_before(run: Run, string: str, match: str) -> str:
    """What comes before the first match; nothing if there is none."""
    _search(run, string, match)
    found = string.find(match)
    return string[:found] if found > 0 else ""


@built_in("substring after", "string: string, match: string")
def substring_after(run: Run, string: str, match: str) -> str:
    """What comes after the first match; nothing if there is none."""
    _search(run, string, match)
    found = string.find(match)
    return string[found + len(match) :] if found >= 0 else ""


@built_in("contains", "string: string, match: string")
def contains(run: Run, string: str, match: str) -> bool:
    """Whether the match occurs in the text."""
    _search(run, string, match)
    return match in string


@built_in("starts with", "string: string, match: string")
def starts_with(_run: Run, string: str, match: str) -> bool:
    """Whether the text begins with the match."""
    return string.startswith(match)


@built_in("ends with", "string: string, match: string")
def ends_with(_run: Run, string: str, match: str) -> bool:
    """Whether the text ends with the match."""
    return string.endswith(match)
