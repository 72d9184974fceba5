"""Reads the tree of components in a form's JSON, and remarks on what does not fit."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.forms.component import Care, Component, Level
from service.forms.field_types import FIELD_TYPES
from service.forms.field_types.base import FieldType
from service.forms.field_types.choices import read_options
from service.forms.findings import Remarks
from service.forms.limits import MAX_COMPONENTS, MAX_DEPTH
from service.forms.parts import check_attributes, part_of, read_care, read_rule

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*")
Taken = dict[str, str]
"""The paths of one level, each with the id of its component."""


@dataclass(kw_only=True)
class TreeReader:
    """One pass over the tree of components of one file."""

    remarks: Remarks
    ids: set[str] = field(default_factory=set)
    count: int = 0

    def level(self, raws: list[Any], *, depth: int = 0) -> Level:
        """The components of one level, and all levels below; remarks are added on the way."""
        taken: Taken = {}
        level = Level(components=tuple(self._each(raws, "", taken, depth)))
        self._check_one_of(level)
        return level

    def _each(self, raws: list[Any], prefix: str, taken: Taken, depth: int) -> Iterator[Component]:
        if depth > MAX_DEPTH:
            self.remarks.error(
                "too-deep", "Groepen en lijsten staan te diep in elkaar.", "Haal er een laag uit."
            )
            return
        for raw in raws:
            self.count += 1
            if self.count > MAX_COMPONENTS:
                self._too_many()
                return
            component = self._component(raw, prefix, taken, depth)
            if component is not None:
                yield component

    def _too_many(self) -> None:
        if self.count == MAX_COMPONENTS + 1:
            self.remarks.error(
                "too-many", "Het formulier heeft te veel velden.", "Verdeel het over meer taken."
            )

    def _component(self, raw: Any, prefix: str, taken: Taken, depth: int) -> Component | None:
        kind = self._kind(raw)
        if kind is None:
            return None
        check_attributes(raw, kind, self.remarks)
        element = self._id(raw)
        tidy = {**raw, **{name: part_of(raw, name) for name in ("validate", "properties")}}
        for problem in kind.problems(tidy):
            self.remarks.error(problem.code, problem.reason, problem.way_out, element=element)
        path = self._path(raw, kind, prefix, taken, element)
        children = self._inside(raw, kind)
        rows = self.level(children, depth=depth + 1) if kind.repeats else None
        inner = () if kind.repeats else tuple(self._each(children, path, taken, depth + 1))
        return self._assemble(tidy, kind, element, path, inner, rows)

    def _assemble(
        self,
        raw: Mapping[str, Any],
        kind: FieldType,
        element: str,
        path: str,
        children: tuple[Component, ...],
        rows: Level | None,
    ) -> Component:
        own = part_of(raw, "properties")
        rules = {
            name: read_rule(source, where, raw, self.remarks)
            for name, source, where in (
                ("hide", part_of(raw, "conditional").get("hide"), "‘Verbergen als’"),
                ("required_if", own.get("verplicht_als"), "‘Verplicht als’"),
                ("demand", own.get("eis"), "‘Het antwoord moet voldoen aan’"),
                ("proposal", own.get("voorstel"), "‘Voorstel’"),
                ("choices", raw.get("valuesExpression"), "De formule van de keuzes"),
            )
        }
        label = kind.label(raw)
        if not label.strip() and (kind.is_input or kind.contains):
            self.remarks.error(
                "missing-label",
                "Een veld heeft geen label.",
                "Geef het een label.",
                element=element,
            )
        return Component(
            id=element,
            type=kind,
            path=path if kind.is_input or kind.repeats else "",
            label=label,
            description=str(raw.get("description") or ""),
            required=part_of(raw, "validate").get("required") is True,
            demand_message=str(own.get("eis_melding") or "Dit antwoord past niet."),
            readonly=self._readonly(raw, element),
            options=read_options(raw.get("values")),
            care=read_care(raw, self.remarks) if kind.is_input else Care(),
            children=children,
            level=rows,
            one_of=tuple(p.strip() for p in str(own.get("een_van") or "").split(",") if p.strip()),
            one_of_message=str(own.get("melding") or "Vul ten minste één van deze velden in."),
            columns=_columns(raw),
            raw=raw,
            **rules,
        )

    def _kind(self, raw: Any) -> FieldType | None:
        name = raw.get("type") if isinstance(raw, dict) else None
        kind = FIELD_TYPES.get(name) if isinstance(name, str) else None
        element = raw.get("id") if isinstance(raw, dict) else None
        if kind is not None and not kind.refused:
            return kind
        self.remarks.error(
            "unknown-type",
            f"Een veld van het type {name!r} wordt niet ondersteund.",
            kind.refused if kind else "Kies een ander soort veld.",
            element=element if isinstance(element, str) else None,
        )
        return None

    def _id(self, raw: Mapping[str, Any]) -> str:
        element = raw.get("id")
        if not isinstance(element, str) or not element:
            self.remarks.error("missing-id", "Een veld heeft geen id.", "Geef het een id.")
            return f"zonder_id_{self.count}"
        if element in self.ids:
            self.remarks.error(
                "duplicate-id",
                f"De id {element} komt twee keer voor.",
                "Geef elk veld een eigen id.",
                element=element,
            )
        self.ids.add(element)
        return element

    def _path(
        self, raw: Mapping[str, Any], kind: FieldType, prefix: str, taken: Taken, element: str
    ) -> str:
        if not kind.is_input and not kind.contains:
            return ""
        key = raw.get("key") if kind.is_input else raw.get("path")
        if not kind.is_input and key in (None, ""):
            return prefix
        if not isinstance(key, str) or _KEY.fullmatch(key) is None:
            self.remarks.error(
                "bad-key",
                f"De sleutel {key!r} is geen pad van letters, cijfers en _.",
                "Gebruik een sleutel zoals triage.urgentie.",
                element=element,
            )
            return f"fout.{element}"
        path = f"{prefix}.{key}" if prefix else key
        if kind.is_input or kind.repeats:
            self._claim(path, taken, element)
        return path

    def _claim(self, path: str, taken: Taken, element: str) -> None:
        clash = next(
            (
                other
                for other in taken
                if other == path or other.startswith(f"{path}.") or path.startswith(f"{other}.")
            ),
            None,
        )
        if clash is not None:
            self.remarks.error(
                "duplicate-key",
                f"De sleutel {path} botst met {clash} van {taken[clash]}.",
                "Geef elk veld een eigen sleutel.",
                element=element,
            )
        taken[path] = element

    def _inside(self, raw: Mapping[str, Any], kind: FieldType) -> list[Any]:
        inside = raw.get("components") if kind.contains else None
        return inside if isinstance(inside, list) else []

    def _readonly(self, raw: Mapping[str, Any], element: str) -> bool:
        value = raw.get("readonly")
        if value not in (None, "", True, False):
            self.remarks.error(
                "readonly-expression",
                "Alleen lezen kan hier niet van een expressie afhangen.",
                "Zet alleen lezen aan of uit.",
                element=element,
            )
        return value is True

    def _check_one_of(self, level: Level) -> None:
        known = {component.path for component in level.inputs}
        for group in level.groups:
            for path in group.one_of:
                if path not in known:
                    self.remarks.error(
                        "unknown-key",
                        f"een_van noemt {path}, maar dat veld is er niet.",
                        "Noem sleutels van velden in dit formulier, met komma's.",
                        element=group.id,
                    )


def _columns(raw: Mapping[str, Any]) -> int | None:
    columns = part_of(raw, "layout").get("columns")
    return columns if isinstance(columns, int) and 1 <= columns <= 16 else None
