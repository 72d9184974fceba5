"""``meldroute tck``: the conformance tests of the DMN standard."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from service.dmn.conformance import CaseResult, run_kit
from service.domain.working_days import AMSTERDAM


@click.command(name="tck")
@click.argument(
    "folder", metavar="MAP", type=click.Path(file_okay=False, exists=True, path_type=Path)
)
@click.option("--json", "machine", is_flag=True, help="Schrijf de uitslag als JSON.")
@click.pass_context
def command(ctx: click.Context, folder: Path, *, machine: bool) -> None:
    """Draai de tests van de DMN Technology Compatibility Kit in MAP.

    Afsluitcode 1: er zijn tests mislukt.
    """
    results = list(run_kit(folder, now=datetime.now(AMSTERDAM)))
    failures = [result for result in results if not result.passed]
    if machine:
        _print_json(results, failures)
    else:
        for failure in failures:
            click.echo(f"{failure.file} {failure.case} {failure.node}")
            click.echo(f"    verwacht: {failure.expected}\n    gekregen: {failure.actual}")
        click.echo(f"{len(results) - len(failures)} geslaagd van {len(results)}")
    ctx.exit(1 if failures else 0)


def _print_json(results: list[CaseResult], failures: list[CaseResult]) -> None:
    listed = [
        {key: value for key, value in asdict(failure).items() if key != "passed"}
        for failure in failures
    ]
    summary = {
        "passed": len(results) - len(failures),
        "total": len(results),
        "failures": listed,
    }
    click.echo(json.dumps(summary, ensure_ascii=False, indent=2))
