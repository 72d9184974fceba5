"""Reports a signal: starts a case and completes its first task in one transaction.

Who reports goes into the melderkluis and never into the case. An anonymous reporter leaves
nothing behind: no account, no address, a rounded time, and a code that only they have.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from service import engine, forms
from service.domain.actor import REPORTER_ROLE, Actor, anonymous_reporter
from service.domain.errors import NotFound
from service.operations.anonymity import as_reporter, to_the_hour
from service.operations.case import Case
from service.operations.collaborators import Collaborators
from service.operations.files import Uploads, as_answers, keep_uploads
from service.operations.history import Happening
from service.operations.published import Published
from service.operations.settle import settle
from service.operations.start_instance import earlier_case, new_case, registration
from service.storage import Instance, Reporter
from service.storage.vault import Vault

REPORTING_PROCESS = "meldroute_signaal"
_CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_VAULT_DOMAIN = "melder"
_TYPED = frozenset({"textfield", "textarea", "datetime", "number"})
"""Kinds of questions whose answer can tell who somebody is. What was chosen from a list cannot,
and the diagrams need it (``signaal.terugkoppeling_gewenst``): it stays in the case, where only
roles with the domain ``melder`` see it."""


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What a reporter gets to see."""

    reference: str
    code: str | None
    """The one-time terugkoppelcode of a reporter without an account."""
    acute: bool


def reporting_form(
    session: Session, collaborators: Collaborators, municipality: str
) -> tuple[Published, forms.FormDefinition]:
    """The form of *Signaal melden*.

    Raises:
        NotFound: the municipality has published no route for signals.
    """
    published = collaborators.publications.current(session, municipality)
    first = _first_task(published)
    form = published.form(REPORTING_PROCESS, first.form_id)
    if form is None:
        raise NotFound(f"Het meldformulier van gemeente {municipality!r} ontbreekt.")
    return published, form


def report_signal(
    session: Session,
    collaborators: Collaborators,
    *,
    actor: Actor | None,
    municipality: str,
    answers: Mapping[str, Any],
    submission_id: UUID,
    now: datetime,
    uploads: Uploads | None = None,
) -> Reported:
    """Starts the case of a signal; sending the same submission again changes nothing.

    ``actor`` is the reporter with an account, or ``None``.

    Raises:
        InvalidInput: the answers do not fit the form; ``fields`` says where.
    """
    published, form = reporting_form(session, collaborators, municipality)
    earlier = earlier_case(session, submission_id)
    if earlier is not None:
        return _told_again(session, collaborators, earlier, submission_id)
    told = forms.validate(
        form,
        {**answers, **as_answers(uploads or {})},
        scope=published.scope({}),
        env=published.environment(now),
    )
    known = _unless_anonymous(actor, told)
    who = as_reporter(known) if known else anonymous_reporter(municipality)
    moment = now if known else to_the_hour(now)
    case = new_case(
        session,
        collaborators,
        published,
        REPORTING_PROCESS,
        actor=who,
        now=moment,
        reported_by=known.user_id if known else None,
        submission_id=submission_id,
    )
    keep_uploads(session, case, uploads or {}, actor=who, now=moment)
    contact = _take_out_contact(form, told)
    if known:
        contact.setdefault("signaal.naam", known.name)
    code = None if known else feedback_code(collaborators.vault, submission_id)
    _keep_reporter(session, collaborators, case, {} if _is_anonymous(told) else contact, told, code)
    _walk_to_triage(session, collaborators, case, told, who, moment)
    return Reported(reference=case.instance.reference, code=code, acute=_is_acute(told))


def feedback_code(vault: Vault, submission_id: UUID) -> str:
    """The terugkoppelcode of a submission, such as ``K7QF-3XDM-9TPA-HWC2``.

    Derived, not kept: sending the form twice shows the same code twice, and the database
    holds only its digest.
    """
    bits = int.from_bytes(vault.digest("feedback code", str(submission_id)), "big")
    letters = [_CODE_LETTERS[(bits >> (5 * place)) & 31] for place in range(16)]
    return "-".join("".join(letters[i : i + 4]) for i in range(0, 16, 4))


def code_digest(vault: Vault, code: str) -> bytes:
    """What the database keeps of a code; spaces, dashes and case do not matter."""
    letters = "".join(c for c in code.upper() if c.isalnum())
    return vault.digest("feedback code digest", letters)


def _first_task(published: Published) -> engine.StepInfo:
    for step in published.process(REPORTING_PROCESS).steps:
        if step.type == "userTask":
            return step
    raise NotFound(f"Proces {REPORTING_PROCESS!r} begint niet met een formulier.")


def _take_out_contact(form: forms.FormDefinition, told: dict[str, Any]) -> dict[str, Any]:
    """The fields of the melderkluis; what was typed there leaves the answers."""
    contact = {}
    for field in form.fields:
        *path, name = field.key.split(".")
        holder: Any = told
        for part in path:
            holder = holder.get(part, {})
        if field.domain == _VAULT_DOMAIN and name in holder:
            contact[field.key] = holder.pop(name) if field.type in _TYPED else holder[name]
    return contact


def _is_anonymous(answers: Mapping[str, Any]) -> bool:
    return bool(answers.get("signaal", {}).get("anoniem") == "ja")


def _unless_anonymous(actor: Actor | None, answers: Mapping[str, Any]) -> Actor | None:
    """The reporter, unless they chose to stay unknown."""
    return None if _is_anonymous(answers) else actor


def _is_acute(answers: Mapping[str, Any]) -> bool:
    return bool(answers.get("signaal", {}).get("acuut_gevaar") == "ja")


def _keep_reporter(
    session: Session,
    collaborators: Collaborators,
    case: Case,
    contact: Mapping[str, Any],
    answers: Mapping[str, Any],
    code: str | None,
) -> None:
    wants = answers.get("signaal", {}).get("terugkoppeling_gewenst") == "ja"
    session.execute(
        insert(Reporter),
        {
            "instance_id": case.instance.id,
            "municipality": case.instance.municipality,
            "contact": collaborators.vault.seal_reporter(case.instance.id, dict(contact))
            if contact
            else None,
            "code_digest": code_digest(collaborators.vault, code) if code else None,
            "wants_feedback": wants,
        },
    )


def _walk_to_triage(
    session: Session,
    collaborators: Collaborators,
    case: Case,
    signal: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    around = case.published.around(now)
    started = engine.start(
        case.published.bundle,
        REPORTING_PROCESS,
        variables=registration(case.instance),
        around=around,
    )
    settle(session, collaborators, case, started, Happening(kind="gestart", actor=actor), now=now)
    form_task = next(task for task in started.opened if REPORTER_ROLE in task.roles)
    advance = engine.complete_task(
        case.published.bundle,
        started.state,
        task_id=form_task.task_id,
        answers=signal,
        around=around,
    )
    happening = Happening(
        kind="taak_afgerond",
        actor=actor,
        element_id=form_task.element_id,
        element_name=form_task.name,
        roles=form_task.roles,
        detail={
            "process_id": form_task.process_id,
            "form_id": form_task.form_id,
            "answers": signal,
        },
    )
    settle(session, collaborators, case, advance, happening, now=now)


def _told_again(
    session: Session, collaborators: Collaborators, earlier: Instance, submission_id: UUID
) -> Reported:
    reporter = session.get_one(Reporter, earlier.id)
    code = feedback_code(collaborators.vault, submission_id) if reporter.code_digest else None
    return Reported(reference=earlier.reference, code=code, acute=earlier.urgency == "acuut")
