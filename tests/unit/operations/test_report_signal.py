"""The terugkoppelcode: theirs alone, the same when the form is sent again, hard to mistype."""

import re
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from service.operations.report_signal import code_digest, feedback_code
from service.storage.vault import Vault

VAULT, OTHER = Vault(b"k" * 32), Vault(b"m" * 32)


@given(submission=st.uuids())
def test_a_code_is_four_groups_of_four_that_nobody_confuses(submission: UUID) -> None:
    code = feedback_code(VAULT, submission)
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){3}", code)
    assert code == feedback_code(VAULT, submission)
    assert code != feedback_code(OTHER, submission), "it hangs on the key of the installation"


@given(one=st.uuids(), other=st.uuids())
def test_another_report_has_another_code(one: UUID, other: UUID) -> None:
    assert (feedback_code(VAULT, one) == feedback_code(VAULT, other)) == (one == other)


@given(submission=st.uuids(), gap=st.sampled_from(["", " ", "-", " - ", ". "]))
def test_how_a_code_is_typed_does_not_matter(submission: UUID, gap: str) -> None:
    code = feedback_code(VAULT, submission)
    typed = code.lower().replace("-", gap)
    assert code_digest(VAULT, typed) == code_digest(VAULT, code)
