"""What a sentence about one file takes from others: names of roles, norm times, who sees what."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from service.domain.errors import Unreadable
from service.domain.xml import read_xml
from service.operations import bundle_files

_NORM = re.compile(r"gemeente\.normtijden\.(\w+)")


@dataclass(frozen=True, kw_only=True)
class Around:
    """One version of a bundle. What cannot be read, is not known."""

    files: bundle_files.Files

    @cached_property
    def _profile(self) -> Mapping[str, Any]:
        try:
            return tomllib.loads(self.files.get(bundle_files.PROFILE, b"").decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            return {}

    @cached_property
    def norms(self) -> Mapping[str, str]:
        """The norm times of the profile."""
        return {name: str(norm) for name, norm in self._table("normtijden").items()}

    @cached_property
    def domains(self) -> Mapping[str, frozenset[str]]:
        """What each role sees."""
        roles = self._table("rollen")
        return {
            key: frozenset(map(str, role.get("domeinen", ["algemeen"])))
            for key, role in roles.items()
            if isinstance(role, dict)
        }

    def role(self, key: str) -> str | None:
        """The name of a role."""
        role = self._table("rollen").get(key)
        return str(role["naam"]) if isinstance(role, dict) and "naam" in role else None

    def who_sees(self, domain: str) -> frozenset[str]:
        """The names of the roles that see a domain."""
        return frozenset(
            self.role(key) or key for key, domains in self.domains.items() if domain in domains
        )

    def domains_of_form(self, process_id: str, form_id: str) -> Mapping[str, tuple[str, ...]]:
        """The questions of a form by the domain of their answer."""
        try:
            form = orjson.loads(self.files.get(f"forms/{process_id}/{form_id}.form", b""))
        except orjson.JSONDecodeError:
            return {}
        found: dict[str, list[str]] = {}
        for one in _components(form):
            if "key" in one:
                domain = str(_in(one, "properties").get("domein", "algemeen"))
                label = str(one.get("label") or one.get("dateLabel") or one["key"])
                found.setdefault(domain, []).append(label)
        return {domain: tuple(labels) for domain, labels in found.items()}

    @cached_property
    def steps_by_norm(self) -> Mapping[str, tuple[str, ...]]:
        """The names of the steps whose time is a norm of the profile."""
        found: dict[str, dict[str, None]] = {}
        for path, body in bundle_files.with_suffix(self.files, ".bpmn").items():
            for norm, step in _norms_in(path, body):
                found.setdefault(norm, {})[step] = None
        return {norm: tuple(steps) for norm, steps in found.items()}

    def _table(self, name: str) -> Mapping[str, Any]:
        return _in(self._profile, name)


def _in(table: Any, name: str) -> Mapping[str, Any]:
    found = table.get(name) if isinstance(table, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _components(form: Any) -> Iterator[Mapping[str, Any]]:
    for one in form.get("components", ()) if isinstance(form, Mapping) else ():
        if isinstance(one, Mapping):
            yield one
            yield from _components(one)


def _norms_in(path: str, body: bytes) -> Iterator[tuple[str, str]]:
    try:
        root = read_xml(body, file=path)
    except Unreadable:
        return
    for element in root.iter():
        for text in (element.text or "", *map(str, element.attrib.values())):
            for norm in _NORM.findall(text):
                named = [
                    str(up.get("name"))
                    for up in (element, *element.iterancestors())
                    if up.get("name")
                ]
                if named:
                    yield norm, " ".join(named[0].split())
