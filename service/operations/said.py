"""A reason that somebody must give; it is kept with what they do."""

from service.domain.errors import WrongField

MAX_REASON = 2000


def said(reason: str, *, shortest: int = 1) -> str:
    """The reason without the space around it.

    Raises:
        InvalidInput: nothing is said, too little or too much.
    """
    told = reason.strip()
    if not told:
        raise WrongField(
            "Zeg waarom u dit doet; dat blijft bewaard.",
            {"reason": ["Vul een reden in."]},
        )
    if len(told) < shortest:
        text = f"Leg het uit in ten minste {shortest} tekens."
        raise WrongField(text, {"reason": [text]})
    if len(told) > MAX_REASON:
        raise WrongField(
            f"De reden is langer dan {MAX_REASON} tekens; maak haar korter.",
            {"reason": [f"Hoogstens {MAX_REASON} tekens."]},
        )
    return told
