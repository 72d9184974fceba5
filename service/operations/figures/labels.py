"""What codes are called: as the forms of the publication ask for them."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.operations.published import Published

_WORDS = {
    "niet_vastgelegd": "Niet vastgelegd",
    "in_behandeling": "Nog in behandeling",
    "geen_vermoeden": "Geen vermoeden",
    "onvoldoende": "Onvoldoende informatie",
    "route_A": "Aanpak: alleen zorg (route A)",
    "route_B": "Aanpak: zorg en strafrecht (route B)",
    "route_C": "Aanpak: ondermijning (route C)",
    "anders": "Anders afgerond",
}
_OUTCOMES = {
    "overdracht.uitkomst": ("geaccepteerd", "geweigerd", "geblokkeerd"),
    "controle.uitkomst": ("slachtoffersignaal", "overtreding", "strafbaar", "geen_bijzonderheden"),
    "bibob.uitkomst": ("verleend", "voorschriften", "geweigerd", "geen_toets"),
    "dadergerichte_aanpak.uitkomst": (
        "barriere_geplaatst",
        "niet_haalbaar",
        "overgenomen_strafrecht",
    ),
    "terugkoppeling.gegeven": ("ja",),
}
"""What processes, not people, give as a code."""
_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The choices of each question, by its key: code and label."""

    choices: Mapping[str, Mapping[str, str]]

    def complete(self, key: str, counted: Mapping[str, int]) -> Mapping[str, int]:
        """The counts with a zero for each choice that nobody made: what is absent tells too."""
        known = [*self.choices.get(key, ()), *_OUTCOMES.get(key, ())]
        return {**dict.fromkeys(known, 0), **counted}

    def word(self, key: str, code: str) -> str:
        """A code in words."""
        if key == "maand":
            return f"{_MONTHS[int(code[5:]) - 1]} {code[:4]}"
        if known := self.choices.get(key, {}).get(code) or _WORDS.get(code):
            return known
        plain = code.replace("_", " ")
        return plain[:1].upper() + plain[1:]


def labels_of(published: Published) -> Labels:
    """The labels of every choice in the forms of a publication; the first form counts."""
    found: dict[str, Mapping[str, str]] = {}
    for form in published.forms.values():
        for field in form.fields:
            if field.options and not field.readonly:
                found.setdefault(field.key, {o.value: o.label for o in field.options})
    return Labels(choices=found)
