"""Checks a whole bundle: every file by itself, and everything that refers to something else."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from service import dmn, engine, forms
from service.domain.errors import WrongProfile
from service.domain.findings import Finding, Severity
from service.domain.profile import Profile, read_profile
from service.operations import bundle_files, known_data
from service.operations.file_kinds import strays
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
    tables = bundle_files.with_suffix(content, ".dmn")
    findings += dmn.check_together(tables, only=[path for path in tables if path in asked])
    for path, body in bundle_files.with_suffix(content, ".form").items():
        if path in asked:
            findings += forms.check_form(body, file=path)
    if not any(path in asked for path in diagrams):
        return findings
    known, fields = replace(_known(content, profile), now=now), known_data.form_fields(content)
    caught = engine.errors_caught_elsewhere(diagrams)
    for path, body in diagrams.items():
        if path not in asked:
            continue
        own = replace(_beside(fields, known, body), caught_errors=caught[path])
        findings += engine.check_bpmn(body, file=path, known=own)
    return findings


def known_for(content: bundle_files.Files, profile: Profile | None, body: bytes) -> engine.Known:
    """What the guard takes for granted around one diagram of a bundle."""
    return _beside(known_data.form_fields(content), _known(content, profile), body)


def _beside(
    fields: Mapping[str, Mapping[str, frozenset[str] | None]], known: engine.Known, body: bytes
) -> engine.Known:
    beside: dict[str, frozenset[str] | None] = {}
    for process_id in engine.process_ids(body):
        beside |= fields.get(process_id, {})
    return replace(
        known,
        forms=frozenset(beside),
        form_fields={form_id: keys for form_id, keys in beside.items() if keys is not None},
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
