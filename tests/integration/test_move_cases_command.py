"""``meldroute move-cases …`` on a real database."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from service.cli import main
from tests.integration import drawn, moves
from tests.integration.conftest import DEMO, Office
from tests.integration.drawn import FOR_CARE
from tests.integration.moves import FOR_SAFETY, published, steps
from tests.unit.engine.diagrams import user


def run(office: Office, folder: Path, *words: str) -> Result:
    address = office.application.engine.url.render_as_string(hide_password=False)
    return CliRunner().invoke(
        main,
        ["move-cases", *words, "--as", f"{moves.PUBLISHER}@{DEMO}.example"],
        env={
            "MELDROUTE_DATABASE_URL": address,
            "MELDROUTE_DATA_DIR": str(folder),
            "MELDROUTE_SECRET_KEY": "ab" * 32,
            "MELDROUTE_MASTER_KEY": "cd" * 32,
        },
    )


def test_a_plan_in_a_file_is_previewed_started_followed_and_undone(
    office: Office, tmp_path: Path
) -> None:
    first = published(office, steps(user("doen", FOR_CARE), user("daarna", FOR_CARE)))
    instance = drawn.begun(office)
    second = published(office, steps(user("anders", FOR_SAFETY), user("daarna", FOR_CARE)))
    file = tmp_path / "plan.json"
    made = run(
        office, tmp_path, "plan", "--from", str(first), "--to", str(second), "--out", str(file)
    )
    assert "1 zonder plek" in made.output, made.output
    assert "proces doen (Taak doen): gone" in made.output

    to = ("--to", str(second), "--plan", str(file))
    shown = run(office, tmp_path, "preview", *to)
    assert f"0 van 1 zaken kunnen over naar publicatie {second}." in shown.output
    assert "De zaak staat bij Taak doen; dat heeft geen plek meer." in shown.output
    plan = json.loads(file.read_text())
    for move in plan["moves"]:
        if move["element"] == "doen":
            move["to"] = "anders"
    file.write_text(json.dumps(plan))
    shown = run(office, tmp_path, "preview", *to)
    assert "doen gaat naar anders" in shown.output, shown.output
    assert "taak Taak doen: niet meer voor af-zorg" in shown.output
    machine = json.loads(run(office, tmp_path, "preview", *to, "--json").output)
    assert [case["reference"] for case in machine["cases"]] == [instance.reference]

    begun = run(office, tmp_path, "start", *to, "--reden", "Andere naam")
    assert begun.exit_code == 0, begun.output
    batch_id = begun.output.strip()
    assert "waiting 1" in run(office, tmp_path, "status", batch_id).output
    [key] = [one.id for one in moves.listed(office)]
    moves.worked_off(office, key)
    assert office.open_tasks(instance.reference) == ["anders"]
    assert (
        f"{batch_id}  publicatie {second}  done  moved 1" in run(office, tmp_path, "status").output
    )
    assert run(office, tmp_path, "stop", batch_id).exit_code == 1
    undone = run(office, tmp_path, "undo", batch_id, "--zaak", instance.reference)
    assert undone.output == "De zaak is teruggezet.\n"
    assert office.open_tasks(instance.reference) == ["doen"]


def test_a_file_that_is_no_plan_is_refused_with_the_way_to_make_one(
    office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "plan.json"
    file.write_text('{"moves": "alle"}')
    told = run(office, tmp_path, "preview", "--to", "1", "--plan", str(file))
    assert told.exit_code == 1
    assert "meldroute move-cases plan" in told.output
