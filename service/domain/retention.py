"""How long a case is kept after it has ended: terms as D16 writes them."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from service.domain.errors import InvalidInput
from service.domain.rounds import Every
from service.domain.working_days import AMSTERDAM

FOR_EVER = "blijvend"
"""The term of what is never destroyed."""
_TERM = re.compile(
    r"P(?=\d)(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<days>\d{1,5})D)?"
)
_SAFE_YEAR = 1000


def cutoff(term: str, now: datetime) -> datetime | None:
    """What ended at or before this moment has been kept for the term; ``None`` for ever.

    Counted on the Dutch calendar. A day that a month does not have becomes its last one, so
    that nothing goes too early.

    Raises:
        InvalidInput: the term is not "blijvend" and no ISO 8601 duration of whole days or more.
    """
    if term == FOR_EVER:
        return None
    match = _TERM.fullmatch(term)
    if not match:
        raise InvalidInput(
            f"Bewaartermijn {term!r} is onbekend; schrijf bijvoorbeeld 'P1Y', 'P6M', 'P42D' of "
            f"{FOR_EVER!r}, in de tabel bewaartermijn."
        )
    years, months, days = (int(part or 0) for part in match.groups())
    local = now.astimezone(AMSTERDAM)
    months += years * 12
    if (local.year * 12 + local.month - 1 - months) // 12 < _SAFE_YEAR:
        raise InvalidInput(f"Bewaartermijn {term!r} is te lang; schrijf {FOR_EVER!r}.")
    day = Every(months=months).after(local.date(), -1) if months else local.date()
    return datetime.combine(day - timedelta(days=days), local.time(), AMSTERDAM)


def longest(terms: Iterable[str], now: datetime) -> str:
    """The term that keeps longest: data of several kinds stays as long as its last part.

    Raises:
        InvalidInput: there is no term, or one that cannot be read.
    """
    ends = {term: cutoff(term, now) for term in terms}
    if not ends:
        raise InvalidInput("Er is geen bewaartermijn om uit te kiezen; vul de tabel bewaartermijn.")
    if FOR_EVER in ends:
        return FOR_EVER
    return min(ends, key=lambda term: (ends[term] or now, term))
