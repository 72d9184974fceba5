"""``meldroute coverage``: how much of each diagram the scenarios walk."""

from pathlib import Path

import click

from service.cli._values import to_json
from service.operations import bundle_files
from service.operations.scenario.casting import read_repertoire, scenario_files
from service.operations.scenario.coverage import DiagramCoverage, coverage, percentage
from service.operations.scenario.walk_all import walk_all


@click.command(name="coverage")
@click.argument(
    "root",
    metavar="[MAP]",
    required=False,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--json", "machine", is_flag=True, help="Schrijf de dekking als JSON.")
def command(root: Path | None, *, machine: bool) -> None:
    """Toon per diagram welke pijlen en randgebeurtenissen de scenario's doorlopen.

    MAP is een map met processes/ en forms/; zonder map: wat bij Meldroute hoort. De laatste regel
    is het percentage van alle diagrammen samen.
    """
    place = root or bundle_files.content_root()
    repertoire = read_repertoire(place)
    walked, failed = walk_all(repertoire, scenario_files(place))
    found = coverage(repertoire.published.bundle.processes.values(), walked)
    if machine:
        click.echo(to_json({"diagrams": [vars(one) for one in found], "total": percentage(found)}))
        return
    for error in failed:
        click.echo(f"✗ {error}", err=True)
    for one in found:
        _print(one)
    click.echo(f"Totaal: {percentage(found):g} %")


def _print(one: DiagramCoverage) -> None:
    sign = "…" if one.missing else "✓"
    click.echo(f"{sign} {one.process_id}: {one.walked} van {one.total}")
    for missing in one.missing:
        click.echo(f"    niet doorlopen: {missing}")
