"""A small municipality with one process, in a folder as the house has it, and scenarios for it."""

import json
from pathlib import Path
from typing import Any

from service.operations.scenario.casting import Repertoire, read_repertoire
from service.operations.scenario.memory import MemoryStage
from service.operations.scenario.play import Course, play
from service.operations.scenario.read import read_scenario
from tests.unit.engine.diagrams import (
    END,
    START,
    boundary,
    bpmn,
    chain,
    flow,
    gateway,
    job,
    message,
    on_message,
    timer,
    user,
)
from tests.unit.forms.form_builder import a_part, options

_PROFILE = """
id = "proef"
naam = "Proefgemeente"
[rollen.af-zorg]
naam = "Aandachtsfunctionaris zorg"
achtervang = "af-achtervang"
[rollen.af-achtervang]
naam = "Achtervang"
[rollen.oov]
naam = "Openbare orde en veiligheid"
[normtijden]
kiezen = "2wd"
[instellingen]
kleur = "rood"
"""
_FOR_CARE = (
    '<zeebe:formDefinition formId="{0}"/><zeebe:assignmentDefinition candidateGroups="{1}"/>'
    '<zeebe:taskSchedule dueDate="=na_normtijd(now(), gemeente.normtijden.kiezen)"/>{2}'
)
_CHECKED = (
    '<zeebe:properties><zeebe:property name="vierOgenMet" value="kiezen"/></zeebe:properties>'
)
PROCESS = bpmn(
    START
    + user("kiezen", _FOR_CARE.format("kiezen", "af-zorg", ""))
    + boundary("te_laat", "kiezen", timer("P10D"))
    + boundary("roep", "kiezen", on_message("m"), interrupting=False)
    + gateway("exclusive", "doen", default="niet_doen")
    + job("vastleggen", "verstrekking_vastleggen")
    + user("nakijken", _FOR_CARE.format("nakijken", "oov,af-zorg", _CHECKED))
    + END
    + '<endEvent id="verlopen" name="Verlopen"/><endEvent id="gehoord" name="Gehoord"/>'
    + chain("begin", "kiezen", "doen")
    + flow("doen", "vastleggen", when="=keuze.doen = &quot;ja&quot;", key="wel_doen")
    + flow("doen", "einde", key="niet_doen")
    + chain("vastleggen", "nakijken", "einde")
    + chain("te_laat", "verlopen")
    + chain("roep", "gehoord"),
    message("m", "roep_bericht", "=registratie.kenmerk"),
    "proef",
)
HEAD = """naam = "Proef"
gemeente = "alle"
proces = "proef"
begin = 2026-03-02T09:30:00
"""
CHOSEN = """
[[stap]]
rol = "af-zorg"
taak = "kiezen"
antwoorden = { keuze = { doen = "ja" } }
"""
CHECKED = """
[[stap]]
rol = "oov"
taak = "nakijken"
"""
ENDED = """
[einde]
namen = ["Einde"]
"""


def municipality(root: Path) -> Path:
    """Writes the folder."""
    _write(root / "processes" / "gemeenten" / "proef.toml", _PROFILE.encode())
    _write(root / "processes" / "proef" / "proef.bpmn", PROCESS)
    choice = a_part("radio", "keuze.doen", values=options("ja", "nee"), validate={"required": True})
    note = a_part("textfield", "nakijken.oordeel", validate={"required": True})
    for name, question in (("kiezen", choice), ("nakijken", note)):
        _write(root / "forms" / "proef" / f"{name}.form", _form(name, question))
    return root


def scenario_file(root: Path, text: str, name: str = "proef") -> Path:
    """Writes a scenario beside the diagram."""
    return _write(root / "processes" / "proef" / "scenarios" / f"{name}.toml", text.encode())


def played(found: Repertoire, text: str) -> Course:
    """The course of a scenario in memory."""
    scenario = read_scenario(text.encode(), file="proef.toml")
    return play(scenario, MemoryStage.of(found.published_for(scenario, "proef"), scenario))


def repertoire(root: Path) -> Repertoire:
    """The small municipality, compiled."""
    return read_repertoire(municipality(root))


def _form(name: str, question: dict[str, Any]) -> bytes:
    form = {"type": "default", "id": name, "schemaVersion": 19, "components": [question]}
    return json.dumps(form).encode()


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
