"""What trials and kept scenarios are called."""

import re
import unicodedata

from service.domain.errors import WrongField

LONGEST_NAME = 120
_LONGEST_FILE = 60


def trial_name(name: str) -> str:
    """The name, tidied.

    Raises:
        WrongField: at ``name``, when it says nothing or too much.
    """
    cleaned = " ".join("".join(one for one in name if one.isprintable()).split())
    if not cleaned or len(cleaned) > LONGEST_NAME:
        raise WrongField(
            "Geef een naam.",
            fields={"name": [f"Zeg in ten hoogste {LONGEST_NAME} tekens wat u probeert."]},
        )
    return cleaned


def file_name(name: str) -> str:
    """``Geen vermoeden: één gesprek`` as the name of a file: ``geen_vermoeden_een_gesprek``."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return (words if words[:1].isalpha() else f"toets_{words}")[:_LONGEST_FILE].rstrip("_")
