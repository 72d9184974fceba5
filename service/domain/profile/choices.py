"""Which values a setting of a municipality may have, for those that a diagram or table compares."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

YES_NO = ("ja", "nee")
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "af_model": ("enkel", "gesplitst", "dubbel"),
        "af_afwezig": YES_NO,
        "bibob_automatisch": ("arbeidsmigrantenpand", "seksinrichting"),
        "bibob_volgens_beleid": (
            "bouwvergunning",
            "seksinrichting",
            "exploitatie",
            "verhuur",
            "subsidie",
            "vastgoed",
            "opdracht",
            "anders",
        ),
        "burgemeester_bij_acuut": YES_NO,
        "controleteam": ("toezicht", "interventieteam", "heit", "politie-avim", "nla"),
        "meldcode_toezicht_contracten": YES_NO,
        "opvang_financier": ("den_haag", "zvh", "gemeente"),
        "seksinrichting_nulbeleid": (*YES_NO, "niet_genoemd"),
        "shop_regel": ("aan", "uit"),
        "tafel_zorg": ("zvh", "zorgtafel", "zorgcoordinator"),
        "tafel_zorgstraf": ("zvh", "procesregisseur"),
        "terugkoppeling_plicht": ("ja", "niet_genoemd"),
    }
)
"""By setting; a setting that is not here is free text, a number, a term or a list."""


def wrong_choices(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each setting with a value it does not know, and why that is wrong."""
    for name, value in settings.items():
        allowed = CHOICES.get(name)
        if allowed is None:
            continue
        for one in listed(value):
            if one not in allowed:
                yield name, f"{one!r} is geen keuze; kies uit: {', '.join(allowed)}."


def listed(value: Any) -> list[str]:
    """The texts in a setting that is one text or a list of them."""
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
