"""The bundle that scenarios are played with: compiled once, for each municipality in turn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from service.domain.errors import NotFound
from service.domain.profile import Profile, read_profile, with_choices
from service.operations import bundle_files
from service.operations.published import Published, compile_files
from service.operations.scenario.script import Scenario

FOLDER: Final = "scenarios"
"""Beside a diagram: the scenarios of cases that begin there."""
_NOWHERE: Final = UUID(int=0)


@dataclass(frozen=True, kw_only=True)
class Repertoire:
    """All processes, and who can play them."""

    published: Published
    profiles: Mapping[str, Profile]

    def municipalities(self, scenario: Scenario) -> tuple[str, ...]:
        """Where a scenario is played.

        Raises:
            NotFound: it names a municipality of which there is no profile.
        """
        named = scenario.municipalities or tuple(self.profiles)
        for name in named:
            if name not in self.profiles:
                raise NotFound(
                    f"{scenario.file}: gemeente {name!r} is onbekend; bekend zijn: "
                    f"{', '.join(self.profiles)}."
                )
        return named

    def published_for(self, scenario: Scenario, municipality: str) -> Published:
        """What a scenario is played with in one of its municipalities."""
        return replace(self.published, profile=adjusted(self.profiles[municipality], scenario))


def adjusted(profile: Profile, scenario: Scenario) -> Profile:
    """The profile as a scenario wants it.

    Raises:
        NotFound: the scenario changes a setting that no profile has.
        InvalidInput: it changes what is no choice.
    """
    if not scenario.settings:
        return profile
    for path in _unknown(profile.as_context(), scenario.settings, ""):
        raise NotFound(
            f"{scenario.file}: instellingen.{path} bestaat niet in profiel {profile.id!r}; "
            "controleer de naam."
        )
    return with_choices(profile, scenario.settings)


def inbox_of(profile: Profile, role: str) -> str:
    """The role whose inbox gets the tasks of a role: itself, or that of the same people."""
    return profile.inboxes().get(role, role)


def _unknown(known: Mapping[str, Any], told: Mapping[str, Any], path: str) -> Iterator[str]:
    for name, value in told.items():
        here = f"{path}{name}"
        if name not in known:
            yield here
        elif isinstance(value, Mapping) and isinstance(known[name], Mapping):
            yield from _unknown(known[name], value, f"{here}.")


def read_repertoire(root: Path) -> Repertoire:
    """The processes, forms and profiles of a checkout or of an installed wheel.

    Raises:
        NotFound: there are no profiles.
        Refused: a diagram, table or form is wrong.
    """
    profiles = {
        path.stem: read_profile(path.read_bytes(), file=path.name)
        for path in sorted((root / "processes" / "gemeenten").glob("*.toml"))
    }
    if not profiles:
        raise NotFound(f"{root}: hier is geen profiel; verwacht processes/gemeenten/<naam>.toml.")
    first = root / "processes" / "gemeenten" / f"{next(iter(profiles))}.toml"
    content = {**bundle_files.read_folder(root), bundle_files.PROFILE: first.read_bytes()}
    return Repertoire(
        published=compile_files(content, id=_NOWHERE, number=0, checked=False), profiles=profiles
    )


def scenario_files(root: Path) -> list[Path]:
    """Every scenario file of a checkout or an installed wheel."""
    return sorted((root / "processes").glob(f"*/{FOLDER}/*.toml"))


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """``above`` over ``below``, contexts key by key."""
    result = dict(below)
    for name, value in above.items():
        old = result.get(name)
        both = isinstance(old, Mapping) and isinstance(value, Mapping)
        result[name] = laid_over(old, value) if both else value  # type: ignore[arg-type]
    return result
