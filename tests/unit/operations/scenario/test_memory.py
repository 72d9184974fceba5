"""A scenario in memory: the real engine, forms and roles, and a clock of its own."""

import pytest

from service.domain.errors import InvalidInput, NotFound
from service.operations.scenario.casting import Repertoire
from service.operations.scenario.script import ScenarioFailed
from tests.unit.operations.scenario.small import CHECKED, CHOSEN, ENDED, HEAD, played


def failure(found: Repertoire, text: str) -> ScenarioFailed:
    with pytest.raises(ScenarioFailed) as failed:
        played(found, text)
    return failed.value


def test_a_case_goes_from_task_to_task_to_its_end(found: Repertoire) -> None:
    course = played(found, HEAD + CHOSEN + CHECKED + ENDED)
    assert course.ended == "Einde"
    assert course.variables["verstrekking"] == {"kenmerk": "2026-K7Q-3XD-V1"}


def test_a_question_that_the_scenario_does_not_mention_gets_the_plainest_answer(
    found: Repertoire,
) -> None:
    course = played(found, HEAD + '[[stap]]\nrol = "af-zorg"\ntaak = "kiezen"\n' + ENDED)
    assert course.variables["keuze"] == {"doen": "nee"}


def test_only_a_role_of_the_task_may_do_it(found: Repertoire) -> None:
    wrong = failure(found, HEAD + CHOSEN.replace("af-zorg", "oov") + ENDED)
    assert "stap 1 (regel 6)" in str(wrong)
    assert "'kiezen' is niet voor 'oov', maar voor: af-zorg" in str(wrong)


def test_the_stand_in_may_do_it_once_the_norm_time_is_over(found: Repertoire) -> None:
    by_stand_in = CHOSEN.replace("af-zorg", "af-achtervang")
    failure(found, HEAD + by_stand_in + CHECKED + ENDED)
    late = HEAD + '[[stap]]\nwacht = "2wd"\n'
    assert played(found, late + by_stand_in + CHECKED + ENDED).ended == "Einde"


def test_who_did_a_task_is_not_the_second_pair_of_eyes(found: Repertoire) -> None:
    wrong = failure(found, HEAD + CHOSEN + CHECKED.replace("oov", "af-zorg") + ENDED)
    assert "stap 2" in str(wrong)
    assert "kijkt een ander" in str(wrong)


def test_an_answer_to_a_question_that_the_form_does_not_have_is_refused(found: Repertoire) -> None:
    wrong = failure(found, HEAD + CHOSEN.replace("doen =", "niets =") + ENDED)
    assert "keuze.niets: Dit veld hoort niet bij dit formulier." in str(wrong)


def test_a_task_that_is_not_open_is_told_with_those_that_are(found: Repertoire) -> None:
    assert "wel: kiezen" in str(failure(found, HEAD + CHECKED + ENDED))


def test_timers_fire_at_their_own_moment(found: Repertoire) -> None:
    waits = HEAD + '[[stap]]\nwacht = "P9D"\n[[stap]]\nopen = ["kiezen"]\n'
    too_late = waits + '[[stap]]\nwacht = "P1D"\n[einde]\nnamen = ["Verlopen"]\n'
    assert ("proef", "te_laat") in played(found, too_late).walked


def test_a_message_reaches_the_case_by_its_kenmerk(found: Repertoire) -> None:
    heard = '[[stap]]\nbericht = "roep_bericht"\n'
    assert played(found, HEAD + heard + CHOSEN + CHECKED + ENDED).ends == ("Gehoord", "Einde")
    stray = heard + 'sleutel = "2020-XXX-XXX"\n'
    assert "wacht niet op bericht" in str(failure(found, HEAD + stray + CHOSEN + ENDED))


def test_other_open_tasks_than_expected_are_told_with_both(found: Repertoire) -> None:
    wrong = failure(found, HEAD + '[[stap]]\nopen = ["nakijken"]\n')
    assert (wrong.expected, wrong.found) == (("nakijken",), ("kiezen",))


def test_another_end_than_expected_is_told_with_both(found: Repertoire) -> None:
    wrong = failure(found, HEAD + CHOSEN + CHECKED + '[einde]\nnamen = ["Verlopen"]\n')
    assert (wrong.expected, wrong.found) == (("Verlopen",), ("Einde",))


def test_a_case_that_has_not_ended_is_told(found: Repertoire) -> None:
    assert "open: nakijken" in str(failure(found, HEAD + CHOSEN + ENDED))


def test_an_outcome_is_compared_as_far_as_it_is_named(found: Repertoire) -> None:
    played(found, HEAD + CHOSEN + CHECKED + ENDED + 'uitkomst = { keuze = { doen = "ja" } }\n')
    wrong = failure(
        found, HEAD + CHOSEN + CHECKED + ENDED + 'uitkomst = { keuze = { doen = "nee" } }\n'
    )
    assert "keuze.doen is anders" in str(wrong)


def test_a_setting_is_changed_for_one_scenario(found: Repertoire) -> None:
    shorter = HEAD + '[instellingen]\nnormtijden = { kiezen = "PT1H" }\n[[stap]]\nwacht = "PT2H"\n'
    late = shorter + CHOSEN.replace("af-zorg", "af-achtervang") + CHECKED + ENDED
    assert played(found, late).ended == "Einde"


def test_a_setting_that_no_profile_has_is_refused(found: Repertoire) -> None:
    with pytest.raises(NotFound, match=r"instellingen\.klaur"):
        played(found, HEAD + '[instellingen]\nklaur = "geel"\n' + CHOSEN + ENDED)


def test_what_a_municipality_is_called_is_no_choice(found: Repertoire) -> None:
    with pytest.raises(InvalidInput, match="naam is geen keuze"):
        played(found, HEAD + '[instellingen]\nnaam = "Elders"\n' + CHOSEN + ENDED)


def test_what_is_reckoned_must_be_asked_for(found: Repertoire) -> None:
    reckoned = "[nagerekend.registreren.registratie]\nontvangen_op = 2026-03-02\n"
    wrong = failure(found, HEAD + reckoned + CHOSEN + CHECKED + ENDED)
    assert "nagerekend.registreren: zo vaak komt" in str(wrong)


def test_a_result_of_a_service_task_is_as_the_scenario_says(found: Repertoire) -> None:
    told = '[servicetaken]\nverstrekking_vastleggen = [{ verstrekking = { kenmerk = "X" } }]\n'
    for also in (told, told.replace("servicetaken", "nagerekend")):
        course = played(found, HEAD + also + CHOSEN + CHECKED + ENDED)
        assert course.variables["verstrekking"] == {"kenmerk": "X"}
