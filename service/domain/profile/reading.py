"""Reads a profile from its file; every fault is told with its line."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from marshmallow import ValidationError

from service.domain.by_content import by_content
from service.domain.errors import WrongProfile
from service.domain.findings import Finding, Severity
from service.domain.profile.building import profile_of
from service.domain.profile.consistency import Fault, faults_in
from service.domain.profile.lines import Path, line_of, lines_of
from service.domain.profile.model import Profile
from service.domain.profile.schema import ProfileSchema

_TABLES = ("rollen", "normtijden", "instellingen", "cyclus")
"""Sections with keys of their own; marshmallow puts ``key`` or ``value`` under each."""
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)")
_WAY_OUT = "Herstel de genoemde sleutel en publiceer opnieuw."


@by_content
def read_profile(content: bytes, *, file: str) -> Profile:
    """The profile in a TOML file.

    Raises:
        WrongProfile: with the file, line and key of everything that is wrong.
    """
    try:
        text = content.decode()
        raw = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise _wrong(file, [(1, "", "dit bestand is geen tekst in UTF-8")]) from error
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        reason = f"dit is geen geldig TOML-bestand: {_AT_LINE.sub('', str(error))}"
        raise _wrong(file, [(int(found[1]) if found else 1, "", reason)]) from error
    try:
        loaded = ProfileSchema().load(raw)
    except ValidationError as error:
        raise _located(file, text, _flat(error.messages_dict)) from error
    faults = list(faults_in(loaded))
    if faults:
        raise _located(file, text, faults)
    return profile_of(loaded)


def _located(file: str, text: str, faults: Iterable[Fault]) -> WrongProfile:
    lines = lines_of(text)
    return _wrong(
        file,
        sorted({(line_of(lines, path), _shown(path), reason) for path, reason in faults}),
    )


def _wrong(file: str, faults: Iterable[tuple[int, str, str]]) -> WrongProfile:
    findings = [
        Finding(
            file=file,
            element_id=None,
            code="profile",
            severity=Severity.ERROR,
            reason=f"{key}: {reason}" if key else f"{reason}.",
            way_out=_WAY_OUT,
            line=line,
        )
        for line, key, reason in faults
    ]
    told = "\n".join(f"{file}, regel {found.line}: {found.reason}" for found in findings)
    return WrongProfile(told, findings)


def _shown(path: Path) -> str:
    """``overleggen[2].voorzitter``: positions are counted from 1, as people do."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).removeprefix(".")


def _flat(messages: Mapping[Any, Any], path: Path = ()) -> Iterator[Fault]:
    for key, inside in messages.items():
        here = path if _is_a_side(path, key) else (*path, key)
        if isinstance(inside, Mapping):
            yield from _flat(inside, here)
        else:
            yield from ((here, str(reason)) for reason in inside)


def _is_a_side(path: Path, key: Any) -> bool:
    """Whether this key is not of the file but of marshmallow."""
    if key == "_schema":
        return True
    return len(path) == 2 and path[0] in _TABLES and key in ("key", "value")
