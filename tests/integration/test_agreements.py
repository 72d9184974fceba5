"""An agreement that is missing, over or withdrawn blocks what rests on it, and says why."""

from datetime import timedelta

import pytest

from tests.integration.conftest import Office
from tests.integration.networking import (
    TODAY,
    YESTERDAY,
    agreement_for,
    change,
    end,
    partner,
    run,
    until,
)

COVENANT = "convenant_controleren"


@pytest.fixture
def case(office: Office) -> str:
    return office.report().reference


def to_zvh(office: Office, case: str) -> dict[str, str]:
    return dict(run(office, case, COVENANT, overdracht={"ontvanger": "zvh"})["convenant_controle"])


def test_a_handover_to_the_zvh_rests_on_an_agreement_of_the_register(
    office: Office, case: str
) -> None:
    told = to_zvh(office, case)
    assert told["geldig"] == "ja"
    assert "Veiligheidshuisconvenant" in told["reden"]


def test_on_its_last_day_an_agreement_still_counts_and_the_day_after_it_does_not(
    office: Office, case: str
) -> None:
    until(office, agreement_for(office, "zvh"), TODAY)
    assert to_zvh(office, case)["geldig"] == "ja"
    until(office, agreement_for(office, "zvh"), YESTERDAY)
    told = to_zvh(office, case)
    assert told["geldig"] == "nee"
    assert "verlopen op 01-03-2026" in told["reden"]
    assert "Netwerk" in told["reden"]


def test_an_agreement_without_an_end_counts(office: Office, case: str) -> None:
    until(office, agreement_for(office, "zvh"), None)
    assert to_zvh(office, case)["geldig"] == "ja"


def test_a_withdrawn_agreement_blocks(office: Office, case: str) -> None:
    agreement = agreement_for(office, "zvh")
    end(office, "afspraken", agreement.id, agreement.revision)
    told = to_zvh(office, case)
    assert told["geldig"] == "nee"
    assert "ingetrokken op 02-03-2026" in told["reden"]


def test_of_several_agreements_one_that_counts_is_enough(office: Office, case: str) -> None:
    until(office, agreement_for(office, "zvh"), YESTERDAY)
    change(
        office,
        "afspraken",
        None,
        0,
        name="Nieuw convenant",
        kind="convenant",
        parties=["zvh", "riec"],
        valid_from=TODAY.isoformat(),
    )
    assert to_zvh(office, case)["geldig"] == "ja"


def test_one_that_begins_tomorrow_does_not_count_yet(office: Office, case: str) -> None:
    until(office, agreement_for(office, "zvh"), YESTERDAY)
    change(
        office,
        "afspraken",
        None,
        0,
        name="Nieuw convenant",
        kind="convenant",
        parties=["zvh"],
        valid_from=(TODAY + timedelta(days=1)).isoformat(),
    )
    told = to_zvh(office, case)
    assert told["geldig"] == "nee"
    assert "geldt pas vanaf 03-03-2026" in told["reden"]


def test_without_personal_data_no_agreement_is_needed(office: Office, case: str) -> None:
    told = run(
        office,
        case,
        COVENANT,
        overdracht={"ontvanger": "zvh"},
        gegevensdeling={"besluit": "anoniem", "grondslag": "wgs_convenant"},
    )
    assert told["convenant_controle"]["geldig"] == "niet_nodig"


def test_a_report_to_the_police_needs_none(office: Office, case: str) -> None:
    told = run(office, case, COVENANT, overdracht={"ontvanger": "politie-avim"})
    assert told["convenant_controle"]["geldig"] == "niet_nodig"


def test_who_chooses_the_ground_of_an_agreement_needs_one(office: Office, case: str) -> None:
    sharing = {"partner": "comensha", "grondslag": "wgs_convenant", "besluit": "toegestaan"}
    told = run(office, case, COVENANT, gegevensdeling=sharing)["convenant_controle"]
    assert told["geldig"] == "nee"
    assert "CoMensha" in told["reden"]


def test_a_partner_that_left_the_register_gets_nothing(office: Office, case: str) -> None:
    zvh = partner(office, "zvh")
    end(office, "partners", zvh.id, zvh.revision)
    told = to_zvh(office, case)
    assert told["geldig"] == "nee"
    assert "staat niet als partner in het register" in told["reden"]


def test_what_regie_convenant_names_must_count_for_who_takes_over(
    office: Office, case: str
) -> None:
    change(
        office,
        "afspraken",
        None,
        0,
        name="Zorgtafelconvenant 18-/18+",
        kind="convenant",
        parties=["zorgcoordinator"],
        valid_from="2024-01-01",
        valid_until=YESTERDAY.isoformat(),
    )
    told = run(
        office,
        case,
        COVENANT,
        overdracht={"ontvanger": "zorgcoordinator"},
        regie_convenant={"regie": "zorgcoordinator", "convenant": "Zorgtafelconvenant 18-/18+"},
    )
    assert told["convenant_controle"]["geldig"] == "nee"
    told = run(
        office,
        case,
        COVENANT,
        overdracht={"ontvanger": "zorgcoordinator"},
        regie_convenant={"regie": "zorgcoordinator", "convenant": "Wmo of Jeugdwet"},
    )
    assert told["convenant_controle"]["geldig"] == "niet_nodig"


def test_a_table_rests_on_the_agreement_that_the_profile_names_for_it(
    office: Office, case: str
) -> None:
    table = {"ontvanger": "ondermijningstafel-district-e"}
    told = run(office, case, COVENANT, overdracht=table)["convenant_controle"]
    assert told["geldig"] == "ja"
    until(office, agreement_for(office, "riec"), YESTERDAY)
    told = run(office, case, COVENANT, overdracht=table)["convenant_controle"]
    assert (told["geldig"], "verlopen op" in told["reden"]) == ("nee", True)


def test_a_colleague_needs_none_and_a_stranger_gets_nothing(office: Office, case: str) -> None:
    told = run(office, case, COVENANT, overdracht={"ontvanger": "procesregisseur"})
    assert told["convenant_controle"]["geldig"] == "niet_nodig"
    told = run(office, case, COVENANT, overdracht={"ontvanger": "de-buren"})
    assert told["convenant_controle"]["geldig"] == "nee"


def test_a_participant_whose_decision_is_over_is_blocked_by_name(office: Office, case: str) -> None:
    plan = {"deelnemers": ["toezicht", "politie-avim"]}
    told = run(office, case, "aanwijzing_controleren", controleplan=plan)["aanwijzing_controle"]
    assert (told["geldig"], told["geblokkeerd"]) == ("ja", [])
    until(office, agreement_for(office, "toezicht"), YESTERDAY)
    told = run(office, case, "aanwijzing_controleren", controleplan=plan)["aanwijzing_controle"]
    assert (told["geldig"], told["geblokkeerd"]) == ("nee", ["toezicht"])
    assert "Toezicht en handhaving" in told["reden"]


def test_one_participant_can_be_checked_alone(office: Office, case: str) -> None:
    told = run(office, case, "aanwijzing_controleren", deelnemer={"rol": "politie-avim"})
    assert told["aanwijzing_controle"]["geldig"] == "niet_nodig"
    told = run(
        office,
        case,
        "aanwijzing_controleren",
        deelnemer={"rol": "wonen", "aanwijzingsbesluit": "ja"},
    )["aanwijzing_controle"]
    assert told["geldig"] == "nee"
    assert "Er staat geen aanwijzingsbesluit voor Wonen in het register" in told["reden"]
