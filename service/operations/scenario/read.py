"""Reads a scenario file: TOML in the words of the field, and nothing that would be ignored."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from service.domain.errors import InvalidInput, Refused, Unreadable
from service.domain.findings import Finding, Severity
from service.domain.working_days import WorkingCalendar
from service.operations.scenario.moments import in_dutch_time, later
from service.operations.scenario.script import (
    DoTask,
    Earlier,
    Ending,
    Expect,
    Place,
    Scenario,
    Step,
    Tell,
    Wait,
)
from service.operations.service_tasks import HANDLERS

ALL: Final = "alle"
_STEP_HEAD = re.compile(r"^\s*\[\[\s*stap\s*\]\]", re.MULTILINE)
_STEP_KEYS: Final = {
    "taak": {"rol", "antwoorden", "bij"},
    "wacht": set[str](),
    "bericht": {"sleutel", "inhoud"},
    "open": set[str](),
}
"""What a step is about, and what else may stand in it."""
WEEKS_BEFORE: Final = 5
"""How long before a scenario another case began, when it does not say so."""
_REQUIRED: Final[dict[str, Any]] = {
    "required": "Deze sleutel ontbreekt.",
    "null": "Deze sleutel is leeg.",
}


def _table() -> fields.Dict:
    return fields.Dict(
        keys=fields.String(),
        load_default=dict,
        error_messages={"invalid": "Dit is geen tabel: schrijf { naam = waarde }."},
    )


def _word(*, required: bool = False) -> fields.String:
    return fields.String(
        required=required,
        validate=validate.Length(min=1, error="Deze tekst is leeg."),
        error_messages={**_REQUIRED, "invalid": "Dit is geen tekst."},
    )


def _words(*, required: bool = False) -> fields.List[str]:
    return fields.List(
        _word(),
        required=required,
        error_messages={**_REQUIRED, "invalid": "Dit is geen lijst van teksten."},
    )


class _Strict(Schema):
    error_messages = {  # noqa: RUF012 - as marshmallow asks for it
        "unknown": "Deze sleutel bestaat hier niet.",
        "type": "Dit is geen tabel.",
    }

    class Meta:
        unknown = RAISE


class _StepSchema(_Strict):
    rol = _word()
    taak = _word()
    antwoorden = _table()
    bij = _table()
    wacht = _word()
    bericht = _word()
    sleutel = _word()
    inhoud = _table()
    open = _words()


class _EndingSchema(_Strict):
    namen = _words()
    uitkomst = _table()


class _EarlierSchema(_Strict):
    scenario = fields.String(
        required=True,
        validate=validate.Regexp(r"[^/]+/[^/]+\Z", error="Dit noemt geen scenario."),
        error_messages={**_REQUIRED, "invalid": "Dit is geen tekst."},
    )
    weken = fields.Integer(
        strict=True,
        load_default=WEEKS_BEFORE,
        validate=validate.Range(min=1, max=2000, error="Schrijf een aantal weken van 1 tot 2000."),
        error_messages={"invalid": "Dit is geen geheel getal."},
    )


class _ScenarioSchema(_Strict):
    naam = _word(required=True)
    gemeente = fields.Raw(required=True, error_messages=_REQUIRED)
    proces = _word(required=True)
    begin = fields.Raw(required=True, error_messages=_REQUIRED)
    start = _word()
    gegevens = _table()
    instellingen = _table()
    servicetaken = _table()
    nagerekend = _table()
    eerder = _table()
    stap = fields.List(
        fields.Nested(_StepSchema),
        required=True,
        validate=validate.Length(min=1, error="Er is geen enkele stap."),
        error_messages={**_REQUIRED, "invalid": "Schrijf elke stap onder [[stap]]."},
    )
    einde = fields.Nested(_EndingSchema)


class _UnfinishedSchema(_ScenarioSchema):
    stap = fields.List(fields.Nested(_StepSchema), load_default=list)


def read_scenario(content: bytes, *, file: str, finished: bool = True) -> Scenario:
    """The scenario in a TOML file; one that is not ``finished`` need not have steps and an ending.

    Raises:
        Unreadable: it is no TOML.
        Refused: with everything that is wrong in it, by step and line.
    """
    try:
        text = content.decode()
        raw = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:  # No TOML, no text, too long or too deep.
        reason = f"Dit is geen leesbaar TOML: {error}."
        found = _finding(file, "not-toml", None, reason, "Herstel de genoemde plaats.")
        raise Unreadable(f"{file}: {reason}", [found]) from error
    lines = [text.count("\n", 0, m.end()) + 1 for m in _STEP_HEAD.finditer(text)]
    return _Reading(file, lines, finished=finished).scenario(in_dutch_time(raw))


def check_scenario(content: bytes, *, file: str) -> list[Finding]:
    """Everything that is wrong with a scenario file, as far as the file alone can tell.

    Raises:
        Unreadable: it is no TOML.
    """
    try:
        read_scenario(content, file=file)
    except Unreadable:
        raise
    except Refused as error:
        return list(error.findings)
    return []


class _Reading:
    def __init__(self, file: str, lines: list[int], *, finished: bool) -> None:
        self.file, self.lines, self.finished = file, lines, finished
        self.findings: list[Finding] = []

    def scenario(self, raw: Mapping[str, Any]) -> Scenario:
        try:
            told = (_ScenarioSchema if self.finished else _UnfinishedSchema)().load(raw)
        except ValidationError as error:
            self._tell(error.messages_dict)
            told = {}
        found = None if self.findings else self._scenario(told)
        if found is None or self.findings:
            first = self.findings[0]
            place = f", {first.element_id}" if first.element_id else ""
            raise Refused(f"{self.file}{place}: {first.reason} {first.way_out}", self.findings)
        return found

    def _scenario(self, told: Mapping[str, Any]) -> Scenario:
        steps = tuple(self._step(self._place(i), step) for i, step in enumerate(told["stap"]))
        for kind in sorted(told["servicetaken"].keys() & told["nagerekend"].keys()):
            self._wrong(
                None,
                f"{kind} staat onder servicetaken en onder nagerekend.",
                "Kies: aannemen (servicetaken) of nagaan (nagerekend).",
            )
        ending = told.get("einde", {})
        if self.finished and not ending and "open" not in told["stap"][-1]:
            self._wrong(
                None,
                "Dit scenario zegt niet waar het op uitloopt.",
                "Voeg [einde] toe, of een laatste stap met open.",
            )
        return Scenario(
            file=self.file,
            name=told["naam"],
            municipalities=self._municipalities(told["gemeente"]),
            process_id=told["proces"],
            begin=self._begin(told["begin"]),
            start=told.get("start"),
            variables=told["gegevens"],
            settings=told["instellingen"],
            jobs=self._jobs("servicetaken", told),
            reckoned=self._jobs("nagerekend", told),
            earlier=self._earlier(told["eerder"]),
            steps=tuple(step for step in steps if step is not None),
            ending=Ending(names=tuple(ending.get("namen", ())), outcome=ending.get("uitkomst", {})),
        )

    def _municipalities(self, told: Any) -> tuple[str, ...] | None:
        if told == ALL:
            return None
        names = [told] if isinstance(told, str) else told
        if isinstance(names, list) and names and all(isinstance(name, str) for name in names):
            return tuple(names)
        self._wrong(
            None,
            "gemeente is geen lijst.",
            'Schrijf gemeente = ["rijswijk"], of gemeente = "alle".',
        )
        return ()

    def _begin(self, told: Any) -> datetime:
        if isinstance(told, datetime):
            return told
        self._wrong(None, "begin is geen moment.", "Schrijf bijvoorbeeld 2026-03-02T09:30:00.")
        return datetime.min.replace(tzinfo=UTC)

    def _earlier(self, told: Mapping[str, Any]) -> Mapping[str, Earlier]:
        found = {}
        for kenmerk, value in told.items():
            try:
                one = _EarlierSchema().load(
                    {"scenario": value} if isinstance(value, str) else value
                )
            except ValidationError as error:
                for key, reason in _flat(error.messages):
                    self._wrong(
                        None,
                        f"eerder.{kenmerk}.{key}: {reason}",
                        'Schrijf "2026-AAAA-BBBB" = "meldroute_signaal/geen_vermoeden", of een '
                        'tabel: { scenario = "meldroute_signaal/geen_vermoeden", weken = 60 }.',
                    )
            else:
                found[kenmerk] = Earlier(scenario=one["scenario"], weeks=one["weken"])
        return found

    def _jobs(self, key: str, told: Mapping[str, Any]) -> Mapping[str, Any]:
        for kind, results in told[key].items():
            each = results if isinstance(results, list) else [results]
            if not all(isinstance(result, Mapping) for result in each):
                self._wrong(
                    None,
                    f"{key}.{kind} is geen tabel.",
                    "Schrijf { naam = waarde }, of een lijst met zo'n tabel per keer.",
                )
            if kind not in HANDLERS:
                known = ", ".join(sorted(HANDLERS))
                self._wrong(
                    None, f"{key}.{kind}: deze servicetaak bestaat niet.", f"Kies: {known}."
                )
        return told[key]  # type: ignore[no-any-return]

    def _step(self, place: Place, told: Mapping[str, Any]) -> Step | None:
        about = [key for key in _STEP_KEYS if key in told]
        if len(about) != 1:
            self._wrong(
                place,
                "Een stap gaat over één ding.",
                "Kies taak (met rol), wacht, bericht of open; maak van de rest een eigen stap.",
            )
            return None
        self._refuse_others(place, about[0], told)
        match about[0]:
            case "taak":
                return self._task(place, told)
            case "wacht":
                return self._wait(place, told["wacht"])
            case "bericht":
                return Tell(
                    place=place,
                    message=told["bericht"],
                    key=told.get("sleutel"),
                    payload=told["inhoud"],
                )
            case _:
                return Expect(place=place, open=tuple(sorted(told["open"])))

    def _refuse_others(self, place: Place, about: str, told: Mapping[str, Any]) -> None:
        strange = {key for key, value in told.items() if value} - {about} - _STEP_KEYS[about]
        for key in sorted(strange):
            self._wrong(place, f"{key} hoort niet bij {about}.", "Haal deze sleutel weg.")

    def _task(self, place: Place, told: Mapping[str, Any]) -> DoTask:
        if "rol" not in told:
            self._wrong(place, "Wie doet deze taak?", 'Voeg toe: rol = "af-zorg".')
        return DoTask(
            place=place,
            role=told.get("rol", ""),
            task=told["taak"],
            answers=told["antwoorden"],
            about=told["bij"],
        )

    def _wait(self, place: Place, span: str) -> Wait:
        try:
            later(datetime(2026, 1, 1, tzinfo=UTC), span, WorkingCalendar())
        except InvalidInput as error:
            self._wrong(place, f"wacht: {error}", "Herstel de duur.")
        return Wait(place=place, span=span)

    def _place(self, index: int) -> Place:
        line = self.lines[index] if index < len(self.lines) else None
        return Place(number=index + 1, line=line)

    def _tell(self, messages: Mapping[Any, Any]) -> None:
        for key, inner in messages.items():
            if key == "stap" and isinstance(inner, Mapping):
                for index, wrong in inner.items():
                    self._tell_in(self._place(index), wrong)
            else:
                self._tell_in(None, {key: inner})

    def _tell_in(self, place: Place | None, wrong: Any) -> None:
        for key, reason in _flat(wrong):
            known: type[Schema] = _ScenarioSchema if place is None else _StepSchema
            if key.startswith("einde."):
                known = _EndingSchema
            names = ", ".join(sorted(known().fields))
            self._wrong(place, f"{key}: {reason}", f"Sleutels zijn hier: {names}.")

    def _wrong(self, place: Place | None, reason: str, way_out: str) -> None:
        self.findings.append(_finding(self.file, "scenario", place, reason, way_out))


def _flat(wrong: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every message of marshmallow with the key that it is about."""
    if isinstance(wrong, Mapping):
        for key, inner in wrong.items():
            yield from _flat(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(wrong, list):
        yield path, " ".join(str(one) for one in wrong)


def _finding(file: str, code: str, place: Place | None, reason: str, way_out: str) -> Finding:
    return Finding(
        file=file,
        element_id=str(place) if place else None,
        code=code,
        severity=Severity.ERROR,
        reason=reason,
        way_out=way_out,
        line=place.line if place else None,
    )
