"""``meldroute trace``: walk a diagram in memory, without a database."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from service.cli._bundle import Files, gather
from service.cli._values import JsonFile, JsonObject, to_json
from service.domain.errors import Misconfigured, Refused, Unreadable
from service.domain.profile import Profile, read_profile
from service.domain.working_days import AMSTERDAM, WorkingCalendar

_WORDS = {"completed": "afgerond", "waiting": "wacht", "error": "fout"}


@click.command(name="trace")
@click.argument("file", metavar="BESTAND", type=click.Path(exists=True, path_type=Path))
@click.option("--process", help="Id van het proces, als er meer zijn.")
@click.option(
    "--variables", type=JsonObject(), default="{}", help="Beginwaarden (JSON of @bestand)."
)
@click.option(
    "--answers",
    type=JsonFile(),
    help="Bestand met antwoorden: per taak een object, of een lijst met één object per keer. "
    "Zonder dit bestand wordt elke taak leeg afgerond.",
)
@click.option("--jobs", type=JsonFile(), help="Idem: uitkomsten per soort servicetaak.")
@click.option("--messages", type=JsonFile(), help="Idem: inhoud per bericht waarop wordt gewacht.")
@click.option(
    "--gemeente",
    "profile",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Profiel (.toml).",
)
@click.option("--now", "moment", help="Begin van de klok, bijvoorbeeld 2026-03-02T09:00.")
@click.option("--json", "machine", is_flag=True, help="Schrijf het verloop als JSON.")
@click.pass_context
def command(  # noqa: PLR0913  # one argument per option
    ctx: click.Context,
    file: Path,
    *,
    process: str | None,
    variables: dict[str, Any],
    answers: dict[str, Any] | None,
    jobs: dict[str, Any] | None,
    messages: dict[str, Any] | None,
    profile: Path | None,
    moment: str | None,
    machine: bool,
) -> None:
    """Doorloop een diagram (of een map) in het geheugen, op een klok die vooruit springt.

    Tabellen naast het diagram en processen die het aanroept, worden erbij gezocht. Afsluitcode
    0: afgerond of wachtend, 1: fout, 2: een bestand is niet te lezen.
    """
    files = gather(file)
    try:
        outcome = _walk(
            files,
            files.process(process),
            now=_moment(moment),
            profile=_profile(profile, beside=file),
            variables=variables,
            answers=answers,
            jobs=jobs,
            messages=messages,
        )
    except Unreadable:
        raise
    except Refused as error:
        outcome = _refused(error)
    if machine:
        click.echo(to_json(outcome))
    else:
        _print(outcome)
    ctx.exit(1 if outcome["status"] == "error" else 0)


def _walk(
    files: Files, process: str, *, now: datetime, profile: Profile | None, **given: Any
) -> dict[str, Any]:
    from service import engine  # noqa: PLC0415  # the engine loads slowly

    bundle = engine.compile_bundle(files.processes, files.decisions)
    around = engine.Surroundings(
        now=now,
        gemeente={} if profile is None else profile.as_context(),
        calendar=WorkingCalendar() if profile is None else profile.calendar,
        inboxes={} if profile is None else profile.inboxes(),
    )
    return engine.trace(bundle, process, around=around, assume_jobs=True, **given)


def _refused(error: Refused) -> dict[str, Any]:
    """The outcome of a diagram that the guard does not let through."""
    first = error.findings[0] if error.findings else None
    return {
        "status": "error",
        "completed": [],
        "waiting": [],
        "variables": {},
        "error": {
            "message": str(error),
            "element_id": None if first is None else first.element_id,
        },
    }


def _moment(text: str | None) -> datetime:
    if text is None:
        return datetime.now(AMSTERDAM)
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is geen moment.", param_hint="--now") from error
    return found if found.tzinfo is not None else found.replace(tzinfo=AMSTERDAM)


def _profile(path: Path | None, *, beside: Path) -> Profile | None:
    """The profile that was given, else the only one in a folder ``gemeenten`` near the diagram."""
    if path is None:
        home = beside.resolve()
        near = [
            found
            for folder in (home, home.parent, home.parent.parent)
            for found in sorted((folder / "gemeenten").glob("*.toml"))
        ]
        if len(near) != 1:
            return None
        path = near[0]
    try:
        return read_profile(path.read_bytes(), file=str(path))
    except OSError as error:
        raise Misconfigured(f"{path}: {error.strerror}.") from error


def _print(outcome: dict[str, Any]) -> None:
    click.echo(f"Verloop: {_WORDS.get(outcome['status'], outcome['status'])}")
    for element in outcome["completed"]:
        click.echo(f"  ✓ {element}")
    for element in outcome["waiting"]:
        click.echo(f"  … {element}")
    if outcome["error"]:
        click.echo(f"  ✗ {outcome['error']['element_id']}: {outcome['error']['message']}")
    click.echo(to_json(outcome["variables"]))
