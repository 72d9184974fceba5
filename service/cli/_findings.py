"""Prints findings, for people or as JSON."""

import json
from collections.abc import Iterable
from typing import Any

import click

from service.domain.findings import Finding, Severity

_WORDS = {Severity.ERROR: "fout", Severity.WARNING: "let op"}


def as_json(finding: Finding) -> dict[str, Any]:
    """One finding as a JSON object."""
    return {
        "file": finding.file,
        "element": finding.element_id,
        "others": list(finding.others),
        "line": finding.line,
        "code": finding.code,
        "severity": str(finding.severity),
        "reason": finding.reason,
        "way_out": finding.way_out,
    }


def print_findings(findings: Iterable[Finding], *, machine: bool) -> None:
    """All findings on standard output."""
    if machine:
        found = [as_json(finding) for finding in findings]
        click.echo(json.dumps({"findings": found}, ensure_ascii=False, indent=2))
        return
    for finding in findings:
        place = ":".join(str(p) for p in (finding.file, finding.line) if p is not None)
        element = f" {finding.element_id}" if finding.element_id else ""
        click.echo(f"{place}{element}: {_WORDS[finding.severity]} [{finding.code}]")
        click.echo(f"    {finding.reason}\n    {finding.way_out}")
