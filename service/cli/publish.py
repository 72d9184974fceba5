"""``meldroute publish``: make diagrams, tables, forms and a profile what new cases start on."""

from pathlib import Path

import click

from service.cli._findings import print_findings
from service.cli._online import application
from service.domain.errors import InvalidInput, Refused
from service.domain.profile import read_profile
from service.operations import bundle_files
from service.operations.publish import merged, publish
from service.operations.studio.publishing.bundle_zip import open_bundle


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--gemeente", help="Voor welke gemeente; een zip-bestand zegt dat zelf.")
@click.option("--reden", default="Gepubliceerd vanaf de opdrachtregel", help="Waarom.")
@click.option("--door", default="opdrachtregel", help="Wie publiceert.")
@click.option("--geheel", is_flag=True, help="FOLDER is de hele bundel; de rest vervalt.")
def command(*, folder: Path, gemeente: str | None, reden: str, door: str, geheel: bool) -> None:
    """Publiceer wat in FOLDER staat, na dezelfde controle als 'meldroute check'.

    Wat er al gepubliceerd is, blijft staan; bestanden in FOLDER komen erbij of ervoor in de
    plaats. Lopende zaken houden hun eigen versie. FOLDER mag ook een bundel uit de studio zijn
    (één zip-bestand): die is altijd de hele bundel, voor de gemeente van haar profiel.
    """
    if folder.is_file():
        content, gemeente, geheel = _opened(folder, gemeente)
    elif gemeente is None:
        raise click.UsageError("Noem de gemeente met --gemeente.")
    else:
        content = _in_folder(folder, gemeente)
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


def _opened(file: Path, municipality: str | None) -> tuple[dict[str, bytes], str, bool]:
    """The files of a zip, whose they are, and that they are all."""
    try:
        content = open_bundle(file.read_bytes())
    except Refused as refused:
        print_findings(refused.findings, machine=False)
        raise
    if bundle_files.PROFILE not in content:
        raise click.UsageError(
            f"In {file} staat geen gemeente.toml; dan is niet te zeggen voor wie."
        )
    found = read_profile(content[bundle_files.PROFILE], file=bundle_files.PROFILE).id
    return content, municipality or found, True


def _in_folder(folder: Path, municipality: str) -> dict[str, bytes]:
    content = bundle_files.read_folder(folder)
    if not content:
        raise click.UsageError(f"In {folder} staan geen .bpmn-, .dmn- of .form-bestanden.")
    profile = folder / "processes" / "gemeenten" / f"{municipality}.toml"
    if profile.is_file():
        content[bundle_files.PROFILE] = profile.read_bytes()
    return content


def _bundled_profile(municipality: str) -> bytes:
    return bundle_files.read_bundled(municipality)[bundle_files.PROFILE]
