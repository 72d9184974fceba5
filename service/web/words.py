"""What codes and kinds are in words: states of cases, events, domains."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import format_datetime

from service.operations.show_case import HistoryLine
from service.storage import Instance

STATUS: Mapping[str, tuple[str, str]] = {
    "active": ("Lopend", "info"),
    "incident": ("Storing", "late"),
    "suspended": ("Stilgezet", "soon"),
    "completed": ("Afgerond", "good"),
    "cancelled": ("Geannuleerd", ""),
    "erased": ("Vernietigd", ""),
}
"""The status of a case: a word and its colour."""

URGENCY: Mapping[str, str] = {
    "acuut": "Acuut",
    "hoog": "Hoog",
    "normaal": "Normaal",
    "laag": "Laag",
}

DOMAIN: Mapping[str, str] = {
    "algemeen": "Iedereen die aan deze zaak werkt",
    "signaal": "Alleen wie het signaal behandelt",
    "zorg": "Alleen wie zorggegevens mag zien",
    "voorziening": "Alleen wie voorzieningen regelt of zorggegevens mag zien",
    "straf": "Alleen wie strafrechtelijke gegevens mag zien",
    "bestuurlijk": "Alleen wie bestuurlijke gegevens mag zien",
    "melder": "Alleen wie de gegevens van de melder mag zien",
}
"""Who reads what is kept in a domain."""

_EVENT: Mapping[str, str] = {
    "gestart": "De zaak is begonnen door ‘{element}’.",
    "taak_afgerond": "‘{element}’ is afgerond.",
    "taak_uitgevoerd": "‘{element}’ is uitgevoerd.",
    "tijd_verstreken": "Een termijn is verstreken; de zaak is verder gegaan.",
    "bericht_ontvangen": "Er is een bericht binnengekomen: {element}.",
    "signaal_gehoord": "Het signaal ‘{element}’ is gehoord.",
    "bericht_mislukt": "Een bericht van deze zaak kon na vijf dagen proberen niet weg.",
    "incident": "De zaak kon niet verder: er was een storing.",
    "opnieuw_geprobeerd": "De zaak is na een storing opnieuw geprobeerd.",
    "notitie": "Er is een notitie toegevoegd.",
    "geescaleerd": "De norm voor ‘{element}’ is verstreken; de achtervang ziet de taak nu ook.",
    "gemigreerd": "De zaak is overgezet naar een nieuwere versie van het proces ({element}).",
    "migratie_ongedaan": "Het overzetten van de zaak is ongedaan gemaakt ({element}).",
    "taak_teruggenomen": "‘{element}’ ligt weer open: wie haar had opgepakt, mag haar niet meer.",
    "antwoorden_bewaard": "Wat bij ‘{element}’ was ingevuld en niet verstuurd, is hier bewaard.",
    "stilgezet": "De zaak is stilgezet.",
    "hervat": "De zaak is hervat.",
    "geannuleerd": "De zaak is geannuleerd.",
    "verplaatst": "De zaak is van ‘{element}’ naar een andere stap verplaatst.",
    "overgeslagen": "‘{element}’ is overgeslagen.",
    "opnieuw_geopend": "‘{element}’ moet opnieuw worden gedaan.",
    "gegeven_gewijzigd": "Het gegeven ‘{element}’ is door beheer ingevuld.",
    "bericht_bewaard": "Er is een bericht binnengekomen: {element}. Het wacht tot de zaak is "
    "hervat.",
    "bericht_niet_verwacht": "Het bericht {element} heeft gewacht; niets wachtte er nog op.",
    "verstrekking": "Een verstrekking van gegevens is vastgelegd.",
    "zaak_gekoppeld": "Het signaal is gekoppeld aan een andere zaak.",
    "noodtoegang": "Een collega mag deze zaak in nood lezen, tot {element}.",
    "noodtoegang_beeindigd": "{element} mag deze zaak niet langer in nood lezen.",
    "vergrendeld": "De zaak is extra vergrendeld.",
    "ontgrendeld": "De extra vergrendeling is opgeheven.",
    "gemeenteoverdracht": "Het signaal is overgedragen aan een andere gemeente: {element}.",
}

_NAMELESS: Mapping[str, str] = {
    "systeem": "Meldroute",
    "anoniem": "Anonieme melder",
    "melder": "Melder",
}

_EVENT_WITHOUT_ELEMENT: Mapping[str, str] = {
    "gestart": "De zaak is gestart.",
    "taak_uitgevoerd": "Een automatische stap is uitgevoerd.",
    "bericht_ontvangen": "Er is een bericht binnengekomen.",
}


def repair_sentence(kind: str, element: str | None) -> str:
    """A repair as a sentence."""
    return _EVENT[kind].format(element=element or "een stap")


def case_status(instance: Instance) -> tuple[str, str]:
    """The status of a case and its colour."""
    return STATUS[instance.status]


_LINK: Mapping[tuple[str, bool], str] = {
    ("dubbel", True): "Dubbel met {reference}",
    ("dubbel", False): "{reference} is dubbel met deze zaak",
    ("gerelateerd", True): "Hoort bij {reference}",
    ("gerelateerd", False): "{reference} hoort bij deze zaak",
    ("vervolg", True): "Vervolg op {reference}",
    ("vervolg", False): "{reference} is een vervolg op deze zaak",
}


def link_sentence(kind: str, reference: str, *, outward: bool) -> str:
    """How another case belongs to this one."""
    return _LINK.get((kind, outward), "{reference}").format(reference=reference)


def sentence(line: HistoryLine) -> str:
    """One event of a case as a sentence."""
    if line.element_name is None and line.kind in _EVENT_WITHOUT_ELEMENT:
        return _EVENT_WITHOUT_ELEMENT[line.kind]
    known = _EVENT.get(line.kind, "{element}")
    return known.format(element=line.element_name or line.kind.replace("_", " "))


def reason(line: HistoryLine) -> str:
    """Why somebody repaired a case, and whether its diagram did not bear that out."""
    return (
        f"{line.reason} (Bevestigd zonder steun van het diagram.)" if line.against else line.reason
    )


def actor_in_words(name: str) -> str:
    """Who did it; the engine and an anonymous reporter have no name of their own."""
    return {
        "systeem": "Meldroute",
        "anoniem": "Anonieme melder",
        "melder": "Melder",
    }.get(name, name)


def day(moment: datetime) -> str:
    """A date as people write it."""
    return str(format_datetime(moment, "EEE d MMM y"))


def moment(at: datetime) -> str:
    """A date and a time as people write them."""
    return str(format_datetime(at, "EEE d MMM y, HH:mm"))
