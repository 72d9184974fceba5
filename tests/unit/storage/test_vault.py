"""Encryption at rest."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import Misconfigured
from service.storage.vault import Vault, chain

VAULT = Vault(bytes(range(32)))


@given(st.binary(max_size=2000), st.text(max_size=20))
def test_what_is_sealed_opens_again(plain: bytes, purpose: str) -> None:
    case_id = uuid4()
    case = VAULT.case(case_id, VAULT.new_case_key(case_id))
    sealed = case.seal(purpose, plain)
    assert case.open(purpose, sealed) == plain


def test_nothing_readable_is_left_in_a_sealed_value() -> None:
    case_id = uuid4()
    case = VAULT.case(case_id, VAULT.new_case_key(case_id))
    assert b"busje" not in case.seal_json("event", {"omschrijving": "wit busje bij het pand"})


def test_a_value_cannot_be_moved_to_another_place_or_another_case() -> None:
    one, other = uuid4(), uuid4()
    case = VAULT.case(one, VAULT.new_case_key(one))
    stranger = VAULT.case(other, VAULT.new_case_key(other))
    sealed = case.seal("state", b"x")
    with pytest.raises(Misconfigured):
        case.open("draft", sealed)
    with pytest.raises(Misconfigured):
        stranger.open("state", sealed)


def test_a_changed_byte_is_noticed() -> None:
    case_id = uuid4()
    case = VAULT.case(case_id, VAULT.new_case_key(case_id))
    sealed = bytearray(case.seal("state", b"x"))
    sealed[-1] ^= 1
    with pytest.raises(Misconfigured, match="MELDROUTE_MASTER_KEY"):
        case.open("state", bytes(sealed))


def test_another_master_key_opens_nothing() -> None:
    case_id = uuid4()
    wrapped = VAULT.new_case_key(case_id)
    with pytest.raises(Misconfigured):
        Vault(bytes(32)).case(case_id, wrapped)


def test_the_key_of_a_case_does_not_open_the_melderkluis() -> None:
    case_id = uuid4()
    sealed = VAULT.seal_reporter(case_id, {"signaal.naam": "Jo"})
    case = VAULT.case(case_id, VAULT.new_case_key(case_id))
    with pytest.raises(Misconfigured):
        case.open_json("reporter", sealed)
    assert VAULT.open_reporter(case_id, sealed) == {"signaal.naam": "Jo"}


def test_a_master_key_of_the_wrong_length_is_refused_by_name() -> None:
    with pytest.raises(Misconfigured, match="MELDROUTE_MASTER_KEY"):
        Vault(b"short")


@given(st.lists(st.binary(max_size=8), max_size=5), st.lists(st.binary(max_size=8), max_size=5))
def test_a_chain_tells_different_parts_apart(one: list[bytes], other: list[bytes]) -> None:
    assert (chain(b"", *one) == chain(b"", *other)) == (one == other)
