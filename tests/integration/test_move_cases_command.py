"""``meldroute move-cases …`` on a real database."""

import json
from pathlib import Path

from click.testing import Result

from tests.integration import drawn, moves
from tests.integration.commands import command
from tests.integration.conftest import DEMO, Office
from tests.integration.drawn import FOR_CARE
from tests.integration.moves import FOR_SAFETY, published, steps
from tests.unit.engine.diagrams import user


def run(office: Office, *words: str) -> Result:
    return command(office, "move-cases", *words, "--as", f"{moves.PUBLISHER}@{DEMO}.example")


def test_a_plan_in_a_file_is_previewed_started_followed_and_undone(
    office: Office, tmp_path: Path
) -> None:
    first = published(office, steps(user("doen", FOR_CARE), user("daarna", FOR_CARE)))
    instance = drawn.begun(office)
    second = published(office, steps(user("anders", FOR_SAFETY), user("daarna", FOR_CARE)))
    file = tmp_path / "plan.json"
    made = run(office, "plan", "--from", str(first), "--to", str(second), "--out", str(file))
    assert "1 zonder plek" in made.output, made.output
    assert "proces doen (Taak doen): gone" in made.output

    to = ("--to", str(second), "--plan", str(file))
    shown = run(office, "preview", *to)
    assert f"0 van 1 zaken kunnen over naar publicatie {second}." in shown.output
    assert "De zaak staat bij Taak doen; dat heeft geen plek meer." in shown.output
    plan = json.loads(file.read_text())
    for move in plan["moves"]:
        if move["element"] == "doen":
            move["to"] = "anders"
    file.write_text(json.dumps(plan))
    shown = run(office, "preview", *to)
    assert "doen gaat naar anders" in shown.output, shown.output
    assert "taak Taak doen: niet meer voor af-zorg" in shown.output
    machine = json.loads(run(office, "preview", *to, "--json").output)
    assert [case["reference"] for case in machine["cases"]] == [instance.reference]

    begun = run(office, "start", *to, "--reden", "Andere naam")
    assert begun.exit_code == 0, begun.output
    batch_id = begun.output.strip()
    assert "waiting 1" in run(office, "status", batch_id).output
    [key] = [one.id for one in moves.listed(office)]
    moves.worked_off(office, key)
    assert office.open_tasks(instance.reference) == ["anders"]
    assert f"{batch_id}  publicatie {second}  done  moved 1" in run(office, "status").output
    assert run(office, "stop", batch_id).exit_code == 1
    undone = run(office, "undo", batch_id, "--zaak", instance.reference)
    assert undone.output == "De zaak is teruggezet.\n"
    assert office.open_tasks(instance.reference) == ["doen"]


def test_a_file_that_is_no_plan_is_refused_with_the_way_to_make_one(
    office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "plan.json"
    file.write_text('{"moves": "alle"}')
    told = run(office, "preview", "--to", "1", "--plan", str(file))
    assert told.exit_code == 1
    assert "meldroute move-cases plan" in told.output
