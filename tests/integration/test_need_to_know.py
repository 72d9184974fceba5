"""Who is asked to do one thing in a case reads no more of it than that thing needs."""

import pytest

from tests.integration import steps
from tests.integration.conftest import SIGNAL, Office
from tests.integration.test_rights import as_role, told


@pytest.mark.parametrize(
    "role", ["burgerzaken", "inkomen", "wonen", "vergunningen", "toezicht", "interventieteam"]
)
def test_who_does_one_thing_in_a_case_does_not_read_what_was_reported(
    office: Office, role: str
) -> None:
    reference = office.report().reference
    steps.triaged(office)
    assert told(as_role(office, reference, role)) == ""
    for handling in ("af-veiligheid", "oov", "sociaal-domein"):
        assert SIGNAL["omschrijving"] in told(as_role(office, reference, handling))
