"""The command line: one command per file, imported only when it is called."""

from importlib import import_module
from pkgutil import iter_modules

import click

from service.domain.errors import MeldrouteError, Unreadable


class LazyCommands(click.Group):
    """Finds a command in the module of its name, so that offline commands load no database."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The modules of this package; those that begin with ``_`` are no commands."""
        del ctx
        return sorted(
            module.name.replace("_", "-")
            for module in iter_modules(__path__)
            if not module.name.startswith("_")
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The ``command`` of the module called ``cmd_name``, with ``_`` for ``-``."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name.replace('-', '_')}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an error of ours becomes a sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except MeldrouteError as error:
            raise _Failure(str(error), 2 if isinstance(error, Unreadable) else 1) from error


class _Failure(click.ClickException):
    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click calls it a class variable


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="meldroute", prog_name="meldroute")
def main() -> None:
    """Meldroute: procesregie voor gemeenten die handelen op signalen van mensenhandel."""
