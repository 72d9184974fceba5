"""``meldroute feel``: try one expression."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import click

from service.cli._values import JsonObject
from service.domain.errors import ExpressionError
from service.domain.working_days import AMSTERDAM
from service.feel import Environment, compile_expression, feel_text


@click.command(name="feel")
@click.argument("expression", metavar="EXPRESSIE")
@click.option(
    "--context", type=JsonObject(), default="{}", help="Variabelen als JSON, of @bestand."
)
@click.pass_context
def command(ctx: click.Context, expression: str, context: dict[str, Any]) -> None:
    """Reken een FEEL-expressie uit, met of zonder = ervoor, en toon de waarde als FEEL.

    Afsluitcode 1: er is geen uitkomst; de plaats en de reden staan erbij.
    """
    source = expression.removeprefix("=")
    try:
        click.echo(_value(source, context))
    except ExpressionError as error:
        place = error.expression or source
        if error.position is not None and "\n" not in place:
            click.echo(place, err=True)
            click.echo(" " * error.position + "^", err=True)
        where = "" if error.position is None else f"Teken {error.position + 1}: "
        click.echo(f"{where}{error}", err=True)
        ctx.exit(1)


def _value(source: str, context: Mapping[str, Any]) -> str:
    env = Environment(now=datetime.now(AMSTERDAM))
    return feel_text(compile_expression(source, names=context.keys()).value(context, env))
