"""The render models of the registers of the network."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import format_date

from service import forms
from service.operations.network.fields import Choices, RegisterField
from service.operations.network.list_register import RegisterPage
from service.operations.network.registers import Register
from service.operations.network.show_entry import ChangeView, EntryPage
from service.web import words
from service.web.views import Labelled

STATES: Mapping[str, tuple[str, str]] = {
    "geldig": ("Geldig", "good"),
    "verloopt": ("Verloopt binnenkort", "soon"),
    "verlopen": ("Verlopen", "late"),
    "komt": ("Nog niet ingegaan", "info"),
    "ingetrokken": ("Ingetrokken", ""),
}
_DRAWN = {
    "text": "textarea",
    "choice": "select",
    "yesno": "radio",
    "codes": "checklist",
    "number": "number",
}
_TYPES = {"date": "date", "email": "email", "phone": "tel", "number": "number"}
_YES_NO = (("ja", "Ja"), ("nee", "Nee"))
_OWN = {"ended_on": "Telt mee tot", "ended_why": "Reden"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """An entry in a list."""

    name: str
    sub: str
    url: str
    cells: tuple[tuple[str, str], ...]
    """Label and text."""
    state: str
    state_kind: str


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A change in words."""

    at: datetime
    who: str
    lines: tuple[str, ...]


def rows(page: RegisterPage) -> Iterator[Row]:
    """The entries of a page of a list."""
    kind = next((f for f in page.register.fields if f.name == "kind"), None)
    for entry in page.entries:
        state, state_kind = STATES.get(page.states.get(entry.id, ""), ("", ""))
        values = entry.values
        yield Row(
            name=entry.name,
            sub=in_words(kind, values["kind"], page.choices) if kind else "",
            url=url_for("network.show", register_id=page.register.id, entry_id=entry.id),
            cells=tuple(
                (field.label, in_words(field, values[field.name], page.choices) or "–")
                for field in page.register.fields
                if field.listed
            ),
            state=state,
            state_kind=state_kind,
        )


def tabs(registers: Sequence[Register], shown: str) -> list[tuple[str, str, bool]]:
    """Name, address and whether it is shown, of each register that the viewer may read."""
    return [(r.name, url_for("network.index", register_id=r.id), r.id == shown) for r in registers]


def in_words(field: RegisterField, value: Any, choices: Choices) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return ""
    if field.kind == "yesno":
        return "Ja" if value else "Nee"
    if field.kind == "date":
        return _day(value)
    if field.group:
        known = dict(choices[field.group])
        each = value if isinstance(value, list | tuple) else [value]
        return ", ".join(known.get(str(one), str(one)) for one in each)
    return str(value)


def facts(page: EntryPage) -> list[Labelled]:
    """An entry that the viewer may only read."""
    if page.entry is None:
        return []
    return [
        Labelled(label=f.label, text=in_words(f, page.entry.values[f.name], page.choices))
        for f in page.register.fields
    ]


def form(
    page: EntryPage, typed: Mapping[str, Any] | None, errors: Mapping[str, Sequence[str]]
) -> forms.RenderModel:
    """The form, with what was typed or else what the entry holds."""
    asked = [f for f in page.register.fields if page.entry is None or not f.fixed]
    held = page.entry.values if page.entry else {}
    nodes = tuple(_node(f, page, typed, held, " ".join(errors.get(f.name, ()))) for f in asked)
    links = tuple(
        forms.ErrorLink(html_id=node.html_id, label=node.label, message=node.error)
        for node in nodes
        if node.error
    )
    return forms.RenderModel(
        form_id=page.register.id,
        title=page.register.singular,
        nodes=nodes,
        errors=links,
        reacts=False,
        has_files=False,
    )


def _node(
    field: RegisterField,
    page: EntryPage,
    typed: Mapping[str, Any] | None,
    held: Mapping[str, Any],
    error: str,
) -> forms.FieldNode:
    html_id = f"veld-{field.name}"
    value = typed.get(field.name) if typed is not None else held.get(field.name)
    shown = [(f"{html_id}-uitleg", field.help), (f"{html_id}-fout", error)]
    return forms.FieldNode(
        kind=_DRAWN.get(field.kind, "textfield"),
        html_id=html_id,
        name=field.name,
        label=field.label,
        description=field.help,
        required=field.required,
        value=_as_typed(value),
        options=tuple(_options(field, html_id, value, page.choices)),
        error=error,
        description_id=shown[0][0],
        error_id=shown[1][0],
        describedby=" ".join(key for key, text in shown if text),
        input_type=_TYPES.get(field.kind, "text"),
    )


def _options(
    field: RegisterField, html_id: str, value: Any, choices: Choices
) -> Iterator[forms.OptionNode]:
    if field.kind == "yesno":
        offered: Sequence[tuple[str, str]] = _YES_NO
        chosen = {value if isinstance(value, str) else "ja" if value else "nee"}
    else:
        offered = choices[field.group] if field.group else ()
        chosen = set(value) if isinstance(value, list | tuple) else {value}
    for number, (key, label) in enumerate(offered):
        yield forms.OptionNode(
            html_id=f"{html_id}-{number}", value=key, label=label, checked=key in chosen
        )


def _as_typed(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None or isinstance(value, list | tuple | bool) else str(value)


def history(page: EntryPage) -> list[Changed]:
    """Who changed what, newest first."""
    known = {field.name: field for field in page.register.fields}
    order = [*known, *_OWN]
    return [
        Changed(
            at=change.at,
            who=_who(change),
            lines=tuple(
                _line(name, *change.changes[name], known, page)
                for name in order
                if any(change.changes.get(name, ()))
            ),
        )
        for change in page.history
    ]


def _who(change: ChangeView) -> str:
    who = words.actor_in_words(change.actor_name)
    return f"{who}, in zaak {change.reference}" if change.reference else who


def _line(
    name: str, before: Any, after: Any, known: Mapping[str, RegisterField], page: EntryPage
) -> str:
    field = known.get(name) or RegisterField(
        name=name, label=_OWN.get(name, name), kind="date" if name == "ended_on" else "line"
    )
    was, became = (in_words(field, value, page.choices) or "leeg" for value in (before, after))
    label = field.label if field.label.endswith("?") else f"{field.label}:"
    if before in (None, "", [], False, 0):
        return f"{label} {became}"
    return f"{label} van {was} naar {became}"


def _day(value: Any) -> str:
    day = value if isinstance(value, date) else date.fromisoformat(str(value))
    return str(format_date(day, "d MMMM y"))
