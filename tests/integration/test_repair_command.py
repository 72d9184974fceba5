"""``meldroute repair``: the same repairs, with the rights of the account that is named."""

from click.testing import Result

from tests.integration import repairing
from tests.integration.commands import command
from tests.integration.conftest import DEMO, Office
from tests.integration.repairing import LINE, REPAIRER, open_now, started, status


def run(office: Office, *words: str, role: str = REPAIRER) -> Result:
    return command(office, "repair", *words, "--as", f"{role}@{DEMO}.example")


def test_a_case_is_stopped_mended_and_set_going_from_the_command_line(office: Office) -> None:
    instance = started(office, LINE)
    case, why = str(instance.id), ("--reason", "Op verzoek.")
    assert run(office, "suspend", case, *why).output == "Stilgezet.\n"
    where = repairing.token(office, instance, "eerst")
    shown = run(office, "show", case).output
    assert f"{where}  eerst  Taak eerst" in shown
    assert "Op verzoek." in shown
    moved = run(office, "move", case, *why, "--token", str(where), "--to", "slot")
    assert moved.output == "Verplaatst.\n"
    assert open_now(office, instance) == ["slot"]
    put = run(office, "set", case, *why, "--path", "triage.urgentie", "--value", '"hoog"')
    assert put.output == "Ingevuld.\n"
    assert office.instance(instance.reference).urgency == "hoog"
    assert run(office, "resume", case, *why).output == "Hervat.\n"
    assert run(office, "cancel", case, *why).output == "Geannuleerd.\n"
    assert status(office, instance) == "cancelled"


def test_what_must_be_confirmed_is_said_and_done_with_an_option(office: Office) -> None:
    instance = started(office, LINE)
    words = ("redo", str(instance.id), "--reason", "Nog eens.", "--element", "eerst")
    refused = run(office, *words)
    assert refused.exit_code == 1
    assert "keer tegelijk" in refused.output
    assert run(office, *words, "--confirm").exit_code == 0
    assert open_now(office, instance) == ["eerst", "eerst"]


def test_who_may_not_repair_gets_a_sentence(office: Office) -> None:
    instance = started(office, LINE)
    refused = run(office, "suspend", str(instance.id), "--reason", "x", role="af-zorg")
    assert refused.exit_code == 1
    assert "bestaat niet, of is niet voor u" in refused.output


def test_a_bare_word_as_value_is_explained(office: Office) -> None:
    instance = started(office, LINE)
    words = ("set", str(instance.id), "--reason", "x", "--path", "a", "--value", "hoog")
    assert "niet te lezen" in run(office, *words).output
