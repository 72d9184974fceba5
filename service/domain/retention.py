"""How long a case is kept after it has ended: terms as D16 writes them."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import datetime, timedelta

from service.domain.errors import InvalidInput
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
    whole = local.year * 12 + local.month - 1 - years * 12 - months
    if whole // 12 < _SAFE_YEAR:
        raise InvalidInput(f"Bewaartermijn {term!r} is te lang; schrijf {FOR_EVER!r}.")
    moved = _on(local, whole // 12, whole % 12 + 1)
    back = moved.date() - timedelta(days=days)
    return datetime.combine(back, moved.time(), AMSTERDAM)


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


def _on(local: datetime, year: int, month: int) -> datetime:
    """The same day and time in another month, or its last day."""
    last = monthrange(year, month)[1]
    return local.replace(year=year, month=month, day=min(local.day, last))
