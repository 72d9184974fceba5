"""What goes along to another municipality: what was decided to share, and nothing else."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.domain.errors import Incident

_ALLOWED = ("toegestaan", "anoniem")
_ALWAYS = {
    "hoedanigheid": "ketenpartner",
    "anoniem": "nee",
    "terugkoppeling_gewenst": "nee",
    "veilig_terugbellen": "nee",
}
"""Who reports is the other municipality; the reporter stays where they reported."""
_CODES = (
    "acuut_gevaar",
    "gaat_over",
    "vorm",
    "vorm_aanvullend",
    "sector",
    "minderjarig",
    "betrokkene_veilig",
)
"""Answers that are codes and name nobody."""
_BY_DATA_FIELD: Mapping[str, tuple[str, ...]] = {
    "adres": ("adres",),
    "locatie": ("adres", "plaats_omschrijving", "online"),
    "signaal": ("omschrijving", "wanneer", "aantal_personen"),
}
"""What each choice of ``gegevensdeling.datavelden`` lets out of the signal."""


def handed_over_signal(
    *,
    signal: Mapping[str, Any],
    sharing: Mapping[str, Any],
    told: Mapping[str, Any],
    origin: Mapping[str, str],
) -> dict[str, Any]:
    """The signal as the other municipality gets it.

    ``sharing``: the decision of ``gegevensdeling``; ``told``: what was typed for the other
    municipality (``samenvatting``, ``gewenste_actie``); ``origin``: name and kenmerk here.

    Raises:
        Incident: nobody has decided yet that this may be shared.
    """
    if sharing.get("besluit") not in _ALLOWED:
        raise Incident(
            "Er is nog niet besloten dat dit gedeeld mag worden; weeg eerst de gegevensdeling af."
        )
    handed = {name: signal[name] for name in _CODES if signal.get(name) is not None}
    if sharing["besluit"] == "toegestaan":
        handed |= dict(_shared(signal, sharing))
    words = "\n\n".join(_words(told, handed))
    return {**_ALWAYS, **handed, "omschrijving": words, "herkomst": dict(origin)}


def _shared(signal: Mapping[str, Any], sharing: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for chosen in sharing.get("datavelden") or ():
        for name in _BY_DATA_FIELD.get(chosen, ()):
            if signal.get(name) is not None:
                yield name, signal[name]


def _words(told: Mapping[str, Any], handed: Mapping[str, Any]) -> Iterator[str]:
    for name in ("samenvatting", "gewenste_actie"):
        if told.get(name):
            yield str(told[name])
    if handed.get("omschrijving"):
        yield str(handed["omschrijving"])
