"""``meldroute publish``: make diagrams, tables, forms and a profile what new cases start on."""

from pathlib import Path

import click

from service.cli._findings import print_findings
from service.cli._online import application
from service.domain.errors import InvalidInput, Refused
from service.operations import bundle_files
from service.operations.publish import merged, publish


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--gemeente", required=True, help="Voor welke gemeente.")
@click.option("--reden", default="Gepubliceerd vanaf de opdrachtregel", help="Waarom.")
@click.option("--door", default="opdrachtregel", help="Wie publiceert.")
@click.option("--geheel", is_flag=True, help="FOLDER is de hele bundel; de rest vervalt.")
def command(*, folder: Path, gemeente: str, reden: str, door: str, geheel: bool) -> None:
    """Publiceer wat in FOLDER staat, na dezelfde controle als 'meldroute check'.

    Wat er al gepubliceerd is, blijft staan; bestanden in FOLDER komen erbij of ervoor in de
    plaats. Lopende zaken houden hun eigen versie.
    """
    content = bundle_files.read_folder(folder)
    if not content:
        raise click.UsageError(f"In {folder} staan geen .bpmn-, .dmn- of .form-bestanden.")
    profile = folder / "processes" / "gemeenten" / f"{gemeente}.toml"
    if profile.is_file():
        content[bundle_files.PROFILE] = profile.read_bytes()
    with application() as running, running.sessions.begin() as session:
        bundle = content if geheel else merged(session, gemeente, content)
        if bundle_files.PROFILE not in bundle:
            bundle |= {bundle_files.PROFILE: _bundled_profile(gemeente)}
        try:
            result = publish(
                session, content=bundle, published_by=door, reason=reden, now=running.clock()
            )
        except Refused as refused:
            print_findings(refused.findings, machine=False)
            raise
        if result.municipality != gemeente:  # Raising undoes it.
            raise InvalidInput(
                f"Niet gepubliceerd: dit profiel is van {result.municipality!r}. "
                f"Verander `id` in het profiel in {gemeente!r}, of kies een andere --gemeente."
            )
    print_findings(result.warnings, machine=False)
    what = "gepubliceerd" if result.changed else "was al gepubliceerd"
    click.echo(f"Publicatie {result.number} van {result.municipality} {what}.")


def _bundled_profile(municipality: str) -> bytes:
    return bundle_files.read_bundled(municipality)[bundle_files.PROFILE]
