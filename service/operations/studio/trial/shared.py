"""Scenarios to go by: those kept in a bundle, and those that come with the product."""

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from types import MappingProxyType

from service.domain.errors import Refused
from service.operations import bundle_files
from service.operations.scenario.casting import FOLDER, scenario_files
from service.operations.scenario.kept import kept_scenarios
from service.operations.scenario.read import read_scenario
from service.operations.scenario.script import Scenario


@cache
def shared_scenarios() -> Mapping[str, Scenario]:
    """Under the paths that they would have in a bundle."""
    found = {
        f"processes/{path.parents[1].name}/{FOLDER}/{path.name}": path.read_bytes()
        for path in scenario_files(bundle_files.content_root())
    }
    return MappingProxyType(
        {path: read_scenario(content, file=path) for path, content in found.items()}
    )


def kept_in(files: bundle_files.Files) -> dict[str, Scenario]:
    """The scenarios of a bundle that can be read; of the others somebody hears who plays them."""
    found = {}
    for path in kept_scenarios(files):
        with suppress(Refused):
            found[path] = read_scenario(files[path], file=path)
    return found
