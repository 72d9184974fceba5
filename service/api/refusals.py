"""What each refusal means, with an example: for the documentation of every operation."""

from typing import Any


def _said(code: int, status: str, message: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "status": status, "message": message, **more}


REFUSALS: dict[int, tuple[str, dict[str, Any]]] = {
    400: (
        "The content is no JSON.",
        _said(400, "Bad Request", "De inhoud is geen geldige JSON (regel 1, teken 14). …"),
    ),
    401: (
        "No token, or one that does not work any more.",
        _said(401, "Unauthorized", "Stuur een geldig token mee: 'Authorization: Bearer mr_…'."),
    ),
    403: (
        "You may see it, and not do this with it.",
        _said(403, "Forbidden", "Uw rol mag geen berichten naar zaken sturen."),
    ),
    404: (
        "It does not exist, or is not for you; a refusal sounds like absence and is logged.",
        _said(404, "Not Found", "Deze taak bestaat niet, of is niet voor u."),
    ),
    409: (
        "Somebody was first, or the case cannot go on; the message says who did what, and when.",
        _said(
            409,
            "Conflict",
            "Anna Voorbeeld heeft deze taak al afgerond, om 14:05 op 03-03-2026.",
        ),
    ),
    415: (
        "The content is something else than was asked for.",
        _said(415, "Unsupported Media Type", "Stuur JSON, met de kopregel 'Content-Type: …'."),
    ),
    422: (
        "Something does not fit, is missing or was not asked for; ``errors`` names the fields.",
        _said(
            422,
            "Unprocessable Entity",
            "Controleer de antwoorden: niet alles klopt.",
            errors={"json": {"answers": {"triage.urgentie": ["Kies een antwoord."]}}},
        ),
    ),
    503: (
        "The database cannot be reached; try again after the seconds in ``Retry-After``.",
        _said(
            503,
            "Service Unavailable",
            "De database is even niet bereikbaar; probeer het zo opnieuw.",
        ),
    ),
}
