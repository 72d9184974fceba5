"""Checks a whole bundle: every file by itself, and everything that refers to something else."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from service import dmn, engine, forms
from service.domain.by_content import by_content
from service.domain.errors import WrongProfile
from service.domain.findings import Finding, Severity
from service.domain.profile import Profile, read_profile
from service.operations import bundle_files, known_data
from service.operations.file_kinds import strays
from service.operations.published import form_key
from service.operations.service_tasks import HANDLERS, OUTPUTS
from service.operations.table_tests import table_test_findings


def check_bundle(
    content: bundle_files.Files,
    *,
    now: datetime | None = None,
    only: Container[str] | None = None,
) -> list[Finding]:
    """All findings of a bundle; those of severity ``error`` keep it from being published.

    ``now`` is when it would be published; without it, fixed moments may lie in the past.
    ``only``: the findings of these files alone, in the light of all others.
    """
    asked = {*content, bundle_files.PROFILE} if only is None else only
    findings: list[Finding] = []
    diagrams = bundle_files.with_suffix(content, ".bpmn")
    needed = any(path in asked for path in (bundle_files.PROFILE, *diagrams))
    profile = _profile(content, findings) if needed else None
    if profile and bundle_files.PROFILE in asked:
        findings += _unknown_starts(content, profile)
    findings += strays(content)
    findings = [finding for finding in findings if finding.file in asked]
    findings += table_test_findings(content, only=asked, now=now)
    findings += _of_tables(bundle_files.with_suffix(content, ".dmn"), asked)
    for path, body in bundle_files.with_suffix(content, ".form").items():
        if path in asked:
            findings += forms.check_form(body, file=path)
    if not any(path in asked for path in diagrams):
        return findings
    known = replace(_known(content, profile), now=now)
    caught = engine.errors_caught_elsewhere(diagrams)
    for path, body in diagrams.items():
        if path not in asked:
            continue
        own = replace(_beside(content, known, body), caught_errors=caught[path])
        findings += engine.check_bpmn(body, file=path, known=own)
    return findings


@by_content
def _of_table(body: bytes, /, path: str) -> tuple[Finding, ...]:
    return tuple(dmn.check_together({path: body}))


def _of_tables(tables: Mapping[str, bytes], asked: Container[str]) -> list[Finding]:
    """Tables that import one another are checked together, others each by itself."""
    if any(dmn.imports_others(body) for body in tables.values()):
        return dmn.check_together(tables, only=[path for path in tables if path in asked])
    return [one for path, body in tables.items() if path in asked for one in _of_table(body, path)]


def known_for(content: bundle_files.Files, profile: Profile | None, body: bytes) -> engine.Known:
    """What the guard takes for granted around one diagram of a bundle."""
    return _beside(content, _known(content, profile), body)


def _beside(content: bundle_files.Files, known: engine.Known, body: bytes) -> engine.Known:
    process_ids = engine.process_ids(body)
    return replace(
        known,
        forms=_forms_of(content, process_ids),
        form_fields=known_data.form_fields(content, process_ids),
    )


def _profile(content: bundle_files.Files, findings: list[Finding]) -> Profile | None:
    if bundle_files.PROFILE not in content:
        findings.append(
            Finding(
                file=bundle_files.PROFILE,
                element_id=None,
                code="profile-missing",
                severity=Severity.ERROR,
                reason="De bundel heeft geen profiel van een gemeente.",
                way_out="Voeg gemeente.toml toe.",
            )
        )
        return None
    try:
        return read_profile(content[bundle_files.PROFILE], file=bundle_files.PROFILE)
    except WrongProfile as error:
        findings += error.findings
        return None


def _unknown_starts(content: bundle_files.Files, profile: Profile) -> Iterator[Finding]:
    there = _process_ids(content)
    for role in profile.roles.values():
        for process_id in sorted(role.starts - there):
            yield Finding(
                file=bundle_files.PROFILE,
                element_id=None,
                code="profile-wrong",
                severity=Severity.ERROR,
                reason=f"Rol {role.id!r} start {process_id!r}, en dat proces is er niet.",
                way_out=f"Verbeter rollen.{role.id}.start, of voeg het proces toe.",
            )


def _process_ids(content: bundle_files.Files) -> frozenset[str]:
    return frozenset(
        process_id
        for body in bundle_files.with_suffix(content, ".bpmn").values()
        for process_id in engine.process_ids(body)
    )


def _known(content: bundle_files.Files, profile: Profile | None) -> engine.Known:
    return engine.Known(
        processes=_process_ids(content),
        decisions=frozenset(
            decision_id
            for body in bundle_files.with_suffix(content, ".dmn").values()
            for decision_id in dmn.decision_ids(body)
        ),
        roles=frozenset(profile.roles) if profile else None,
        job_types=frozenset(HANDLERS),
        inputs=known_data.inputs(content),
        job_outputs=OUTPUTS,
        decision_inputs=known_data.decision_inputs(content),
    )


def _forms_of(content: bundle_files.Files, process_ids: tuple[str, ...]) -> frozenset[str]:
    """The forms that user tasks of these processes can name: a form lies beside its process."""
    keys = map(form_key, bundle_files.with_suffix(content, ".form"))
    return frozenset(form_id for process_id, form_id in keys if process_id in process_ids)
