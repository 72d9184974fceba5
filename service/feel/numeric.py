"""FEEL numbers: decimals of 34 digits, as the IEEE 754 decimal128 format has them."""

from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

NUMBERS = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
ZERO, ONE = Decimal(0), Decimal(1)


def number_of(text: str) -> Decimal:
    """The number that ``text`` spells, rounded to 34 digits.

    Raises:
        ArithmeticError: it spells none, or one too large.
    """
    return NUMBERS.create_decimal(text)


def whole(number: Decimal) -> bool:
    """Whether ``number`` has no fraction."""
    return number == number.to_integral_value()


def number_text(number: Decimal) -> str:
    """``number`` in plain digits, without an exponent or needless zeros."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
