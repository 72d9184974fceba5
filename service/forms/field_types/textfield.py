"""One line of text; may have to be an e-mail address, telephone number, BSN or KvK number."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from marshmallow import ValidationError

from service.feel import Environment
from service.forms.checks import CHECKS, check_email, check_phone
from service.forms.component import Component
from service.forms.field_types.base import EVERY_INPUT, EVERY_PROPERTY, Problem
from service.forms.field_types.words import WordsType
from service.forms.limits import MAX_LINE, MAX_PATTERN

_TYPES: dict[str, dict[str, Any]] = {
    "email": {"input_type": "email", "inputmode": "email"},
    "phone": {"input_type": "tel", "inputmode": "tel"},
}
_NUMBERS = ("bsn", "kvk")
_OF_NOBODY = (
    "naam@voorbeeld.example",
    "0612345678",
    "111222333",  # passes the eleven-test; the number that test data uses
    "12345678",
    "1234 AB",
    "1234AB",
    "12",
    "1",
    "2026-K7QF-3XDM",
)
"""Answers for fields that take no ordinary words."""
_REPEATED_GROUP = re.compile(r"\)(?:[*+]|\{\d*,)")
_REPEATS = re.compile(r"(?<!\\)[*+]|\{\d*,\d*\}")


class Textfield(WordsType):
    """``textfield``."""

    name = "textfield"
    longest = MAX_LINE
    attributes: ClassVar[frozenset[str]] = EVERY_INPUT | {"appearance"}
    rules: ClassVar[frozenset[str]] = WordsType.rules | {"pattern", "validationType"}
    own_properties: ClassVar[frozenset[str]] = EVERY_PROPERTY | {"controle", "autocomplete"}

    def problems(self, raw: Mapping[str, Any]) -> Iterator[Problem]:
        """Patterns must compile and stay cheap; checks must exist."""
        yield from super().problems(raw)
        rules = raw.get("validate") or {}
        if pattern := rules.get("pattern"):
            yield from _pattern_problems(pattern)
        if rules.get("validationType") not in (None, "", "custom", *_TYPES):
            yield Problem(
                code="unknown-validation",
                reason=f"validationType {rules['validationType']!r} bestaat niet.",
                way_out='Kies "email", "phone" of "custom".',
            )
        own = (raw.get("properties") or {}).get("controle")
        if own is not None and own not in CHECKS:
            yield Problem(
                code="unknown-check",
                reason=f"Controle {own!r} bestaat niet.",
                way_out=f"Kies een van: {', '.join(sorted(CHECKS))}.",
            )

    def checks(self, component: Component) -> list[Any]:
        """The pattern, the kind of address and the own check, as far as the form asks."""
        rules = component.validation
        found: list[Any] = []
        if pattern := rules.get("pattern"):
            found.append(_fits(re.compile(pattern), self.bounds(component)[1]))
        kind = rules.get("validationType")
        if kind == "email":
            found.append(check_email)
        elif kind == "phone":
            found.append(check_phone)
        if own := component.properties.get("controle"):
            found.append(CHECKS[own])
        return found

    def plainest(self, component: Component, env: Environment) -> Iterator[Any]:
        """Words, or what passes the checks and the usual patterns; of nobody."""
        yield from super().plainest(component, env)
        yield from _OF_NOBODY

    def control(self, component: Component) -> dict[str, Any]:
        """The keyboard that fits, and what stands before and after the box."""
        more = dict(_TYPES.get(str(component.validation.get("validationType")), {}))
        if component.properties.get("controle") in _NUMBERS:
            more["inputmode"] = "numeric"
        return {**more, **adorners(component)}


def adorners(component: Component) -> dict[str, str]:
    """What form-js writes before and after a box (a unit, a currency)."""
    appearance = component.raw.get("appearance") or {}
    return {
        "prefix": str(appearance.get("prefixAdorner") or ""),
        "suffix": str(appearance.get("suffixAdorner") or ""),
    }


def _fits(pattern: re.Pattern[str], longest: int) -> Callable[[str], str]:
    def check(value: str) -> str:
        """Long answers are refused by their length, and never cost the time of a match."""
        if len(value) <= longest and pattern.fullmatch(value) is None:
            raise ValidationError("Dit heeft niet de juiste vorm.")
        return value

    return check


def _pattern_problems(pattern: Any) -> Iterator[Problem]:
    way_out = "Maak het patroon eenvoudiger."
    if not isinstance(pattern, str) or len(pattern) > MAX_PATTERN:
        yield Problem(
            code="bad-pattern",
            reason=f"Het patroon is geen tekst van ten hoogste {MAX_PATTERN} tekens.",
            way_out=way_out,
        )
        return
    try:
        re.compile(pattern)
    except re.error as error:
        yield Problem(
            code="bad-pattern", reason=f"Het patroon is ongeldig: {error}.", way_out=way_out
        )
    if _REPEATED_GROUP.search(pattern) or len(_REPEATS.findall(pattern)) > 3:
        yield Problem(
            code="slow-pattern",
            reason="Het patroon kan te veel rekentijd kosten.",
            way_out="Gebruik ten hoogste drie herhalingen, en geen herhaling van een groep.",
        )
