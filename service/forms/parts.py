"""Reads the parts of one component's JSON: attributes, rules, properties, conditions."""

from collections.abc import Mapping
from typing import Any

from service.domain.errors import ExpressionError
from service.domain.profile import DOMAINS
from service.feel import certain_faults
from service.forms.component import Care
from service.forms.field_types.base import FieldType
from service.forms.findings import Remarks
from service.forms.rules import Rule, compile_rule

SENSITIVITIES = ("gewoon", "bijzonder", "strafrechtelijk", "gevoelig")
_NO_MEANING: tuple[Any, ...] = (None, "", False)
"""Values with which an attribute says nothing; editors leave them behind."""


def check_attributes(raw: Mapping[str, Any], kind: FieldType, remarks: Remarks) -> None:
    """Whatever the product would ignore is refused by name."""
    element = _id(raw)
    for where, allowed in (
        ("", kind.attributes),
        ("validate", kind.rules),
        ("properties", kind.own_properties),
        ("layout", frozenset({"row", "columns"})),
        ("conditional", frozenset({"hide"})),
    ):
        part = raw if not where else raw.get(where)
        if part is None:
            continue
        if not isinstance(part, dict):
            remarks.error(
                "bad-attribute",
                f"{where} is geen object.",
                "Sla het formulier opnieuw op in de editor.",
                element=element,
            )
            continue
        for name in sorted(set(part) - allowed):
            if part[name] not in _NO_MEANING:
                remarks.error(
                    "unknown-attribute",
                    f"{f'{where}.' if where else ''}{name} heeft bij {kind.name} geen werking.",
                    "Haal deze instelling weg.",
                    element=element,
                )


def read_rule(source: Any, where: str, raw: Mapping[str, Any], remarks: Remarks) -> Rule | None:
    """The compiled rule, None when there is none or when it is refused."""
    if source in _NO_MEANING:
        return None
    try:
        rule = compile_rule(source if isinstance(source, str) else "")
    except ExpressionError as error:
        place = "" if error.position is None else f" (teken {error.position + 1})"
        remarks.error(
            "bad-expression",
            f"{where}{place}: {error}",
            "Verbeter de expressie.",
            element=_id(raw),
        )
        return None
    for fault in certain_faults(rule.expression.tree, rule.source[1:]):
        remarks.error(
            "bad-expression",
            f"{where} (teken {fault.position + 2}) heeft nooit een uitkomst: {fault.message}",
            "Verbeter de expressie.",
            element=_id(raw),
        )
    return rule


def read_care(raw: Mapping[str, Any], remarks: Remarks) -> Care:
    """How carefully the answer must be handled; unknown words are refused."""
    properties = part_of(raw, "properties")
    known = (("domein", DOMAINS), ("gevoeligheid", SENSITIVITIES))
    for name, allowed in known:
        value = properties.get(name)
        if value in (None, ""):
            remarks.warning(
                "missing-care",
                f"Het veld zegt niets over {name}; het telt als {allowed[0]!r}.",
                f"Vul bij de eigenschappen {name} in: {', '.join(allowed)}.",
                element=_id(raw),
            )
        elif value not in allowed:
            remarks.error(
                "unknown-care",
                f"{name} {value!r} bestaat niet.",
                f"Kies een van: {', '.join(allowed)}.",
                element=_id(raw),
            )
    for name in ("doel", "bewaren"):
        if not properties.get(name):
            remarks.warning(
                "missing-care",
                f"Het veld zegt niets over {name}.",
                f"Vul bij de eigenschappen {name} in.",
                element=_id(raw),
            )
    return Care(
        domain=str(properties.get("domein") or DOMAINS[0]),
        sensitivity=str(properties.get("gevoeligheid") or SENSITIVITIES[0]),
        purpose=str(properties.get("doel") or ""),
        retention=str(properties.get("bewaren") or ""),
    )


def part_of(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A part of the JSON that should be an object; empty when it is not."""
    part = raw.get(name)
    return part if isinstance(part, dict) else {}


def _id(raw: Mapping[str, Any]) -> str | None:
    value = raw.get("id")
    return value if isinstance(value, str) else None
