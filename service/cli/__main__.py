"""``python -m service.cli`` is the command ``meldroute``, also where that is not on the path."""

from service.cli import main

main(prog_name="meldroute")
