"""``meldroute decide``: ask one decision of a DMN file."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from service.cli._models import models_for
from service.cli._values import JsonObject, to_json
from service.dmn import Definitions, read_dmn
from service.domain.errors import NotFound
from service.domain.working_days import AMSTERDAM
from service.feel import Environment


@click.command(name="decide")
@click.argument(
    "file", metavar="BESTAND", type=click.Path(dir_okay=False, exists=True, path_type=Path)
)
@click.argument("decision", metavar="BESLISSING")
@click.option("--context", type=JsonObject(), default="{}", help="Invoer als JSON, of @bestand.")
@click.option(
    "--with",
    "others",
    metavar="PAD",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Model of map met modellen die dit model importeert; die ernaast vindt het vanzelf.",
)
@click.option("--json", "machine", is_flag=True, help="Ook regels en diagnoses, als JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    decision: str,
    context: dict[str, Any],
    *,
    others: tuple[Path, ...],
    machine: bool,
) -> None:
    """Laat een beslissing (id of naam) uitrekenen.

    Afsluitcode 1: er is geen uitkomst, en waarom staat erbij.
    """
    content = file.read_bytes()
    definitions = read_dmn(content, file=str(file), imported=models_for(file, content, others))
    env = Environment(now=datetime.now(AMSTERDAM))
    outcome = definitions.decide(_id_of(definitions, decision), context, env)
    reasons = [item.message for item in outcome.diagnoses]
    if machine:
        click.echo(
            to_json({"value": outcome.value, "matched": outcome.matched, "diagnoses": reasons})
        )
    else:
        click.echo(to_json(outcome.value))
        for item in outcome.diagnoses:
            if outcome.value is None or not item.minor:
                click.echo(item.message, err=True)
    ctx.exit(1 if outcome.value is None and reasons else 0)


def _id_of(definitions: Definitions, decision: str) -> str:
    if decision in definitions.decisions:
        return decision
    if decision in definitions.by_name:
        return definitions.by_name[decision].id
    known = ", ".join(definitions.decisions) or "geen"
    raise NotFound(f"Beslissing {decision!r} bestaat niet; wel: {known}.")
