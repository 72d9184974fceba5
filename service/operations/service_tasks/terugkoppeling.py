"""Gives the reporter neutral feedback: on their own page, and by mail if they gave an address."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import insert

from service.domain.errors import Incident
from service.operations.facts import note_facts
from service.operations.reporter_contact import tell_reporter
from service.operations.service_tasks.handler import Work, context
from service.storage import Feedback

TEXTS = {
    "ontvangen": "Wij hebben uw melding ontvangen.",
    "bekeken": "Wij hebben uw melding bekeken.",
    "afgerond": "Wij hebben uw melding afgerond. Dank dat u dit hebt gemeld.",
    "vervolg_zorg": "Wij hebben uw melding bekeken. Er volgt hulp.",
    "vervolg_veiligheid": "Wij hebben uw melding bekeken. Er volgt een controle of gesprek.",
    "geen_vervolg": "Wij hebben uw melding bekeken. Er is nu geen vervolg.",
}
"""The neutral standard texts, by the value of ``terugkoppeling.sjabloon``."""
_BODY = (
    "Er is nieuws over uw melding met kenmerk {reference}.\n\n"
    "Kijk in Meldroute bij 'Mijn signalen', of bij 'Terugkoppeling' met uw code.\n"
)


def send_feedback(work: Work) -> Mapping[str, Any]:
    """Makes the chosen standard text visible to the reporter; sets nothing."""
    answers = context(work.variables, "terugkoppeling")
    template = str(answers.get("sjabloon"))
    if template not in TEXTS:
        raise Incident(f"De gekozen standaardtekst bestaat niet; kies een van: {', '.join(TEXTS)}.")
    instance = work.case.instance
    work.session.execute(
        insert(Feedback),
        {
            "id": uuid4(),
            "municipality": instance.municipality,
            "instance_id": instance.id,
            "level": int(answers.get("niveau") or 1),
            "text": TEXTS[template],
            "given_at": work.now,
        },
    )
    note_facts(work.session, instance, {"terugkoppeling.gegeven": ["ja"]}, now=work.now)
    tell_reporter(
        work.session,
        work.collaborators,
        instance,
        subject="Er is nieuws over uw melding",
        body=_BODY.format(reference=instance.reference),
        now=work.now,
    )
    return {}
