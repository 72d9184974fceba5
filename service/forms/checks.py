"""Checks of single answers that form-js does not know: addresses and Dutch numbers."""

import re
from collections.abc import Callable

from marshmallow import ValidationError, validate

_NO_ADDRESS = "Vul een geldig e-mailadres in, zoals naam@voorbeeld.nl."
_REFERENCE = re.compile(r"\d{4}-[0-9A-Z]{3,4}-[0-9A-Z]{3,4}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{6,28}")


def check_email(value: str) -> str:
    """An e-mail address as RFC 5321 lets mail servers accept it."""
    if len(value) > 254:
        raise ValidationError(_NO_ADDRESS)
    return validate.Email(error=_NO_ADDRESS)(value)


def check_phone(value: str) -> str:
    """A telephone number: 8 to 15 digits (E.164), with the signs people write between them."""
    digits = sum(character.isdigit() for character in value)
    if _PHONE.fullmatch(value) is None or not 8 <= digits <= 15:
        raise ValidationError("Vul een geldig telefoonnummer in, zoals 06 12345678.")
    return value


def check_bsn(value: str) -> str:
    """A burgerservicenummer: 9 digits that pass the eleven-test."""
    if not (value.isascii() and value.isdigit() and len(value) == 9 and int(value) > 0):
        raise ValidationError("Vul een BSN van 9 cijfers in.")
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, value, strict=True))
    if total % 11:
        raise ValidationError("Dit BSN klopt niet. Controleer de cijfers.")
    return value


def check_kvk(value: str) -> str:
    """A number of the Kamer van Koophandel: 8 digits."""
    if not (value.isascii() and value.isdigit() and len(value) == 8):
        raise ValidationError("Vul een KvK-nummer van 8 cijfers in.")
    return value


def check_reference(value: str) -> str:
    """The kenmerk of a case, in capitals or not; whether there is one is not asked here."""
    if _REFERENCE.fullmatch(value.strip().upper()) is None:
        raise ValidationError("Vul een kenmerk in, zoals 2026-K7QF-3XDM.")
    return value


CASE = "zaak"
"""The check of an answer that names another case (``links.named_cases`` looks it up)."""
CHECKS: dict[str, Callable[[str], str]] = {
    "bsn": check_bsn,
    "kvk": check_kvk,
    CASE: check_reference,
}
"""What ``properties.controle`` may name."""
