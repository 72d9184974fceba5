"""Answers that name another case: there must be one that the actor may see."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import InvalidInput, NotFound
from service.forms.checks import CASE
from service.operations import rights
from service.operations.case import Case
from service.storage import CaseLink, Instance, Task
from service.storage.case_link import DUPLICATE
from service.storage.instance import ERASED


def require_named_cases(
    session: Session, case: Case, task: Task, answers: Mapping[str, Any], actor: Actor
) -> None:
    """Looks up every answer to a question with the check ``zaak``.

    Raises:
        InvalidInput: with a message per field: there is no such case, or it is this one, or one
            that is a duplicate of this one already.
    """
    form = case.published.form(task.process_id, task.form_id)
    keys = [field.key for field in form.fields if field.check == CASE] if form else []
    wrong = {
        key: [said]
        for key in keys
        for reference in _named(answers, key)
        if (said := _why_not(session, case, reference, actor))
    }
    if wrong:
        raise InvalidInput("Controleer de antwoorden: niet alles klopt.", wrong)


def _named(answers: Mapping[str, Any], key: str) -> Iterator[str]:
    value: Any = answers
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, str) and value.strip():
        yield value.strip().upper()


def _why_not(session: Session, case: Case, reference: str, actor: Actor) -> str:
    instance = case.instance
    if reference == instance.reference:
        return "Dit is het kenmerk van deze zaak zelf; vul dat van de andere zaak in."
    other = session.scalars(
        select(Instance).where(
            Instance.municipality == instance.municipality,
            Instance.reference == reference,
            Instance.status != ERASED,
        )
    ).one_or_none()
    if other is None or not _visible(session, case, other, actor):
        return (
            f"Zaak {reference} kennen wij niet in deze gemeente. Kijk of u het kenmerk goed hebt "
            "overgenomen; speelt het ergens anders, kies dan een andere gemeente."
        )
    back = session.scalar(
        select(CaseLink.to_id).where(
            CaseLink.from_id == other.id,
            CaseLink.to_id == instance.id,
            CaseLink.kind == DUPLICATE,
        )
    )
    if back is not None:
        return f"Zaak {reference} is al dubbel met deze zaak. Behandel dit signaal zelf."
    return ""


def _visible(session: Session, case: Case, other: Instance, actor: Actor) -> bool:
    try:
        rights.case_for(session, instance_id=other.id, actor=actor, profile=case.published.profile)
    except NotFound:
        return False
    return True
