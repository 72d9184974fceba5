"""References to groups in patterns: what they match, and that they cannot hang."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.feel import Environment, compile_expression
from tests.pace import costs_at_most

FRIDAY = datetime(2026, 3, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "pattern", "flags", "matched"),
    [
        ("abab", r"^(ab)\1$", "", True),
        ("abba", r"^(ab)\1$", "", False),
        ("aA", r"^(a)\1$", "i", True),
        ("aA", r"^(a)\1$", "", False),
        ("b", r"^(a)?b\1$", "", True),
        ("abcabc1", r"^(a)(b)(c)\1\2\31$", "", True),
        ("aaaa", r"^(a|aa)\1$", "", True),
    ],
)
def test_a_reference_reads_what_its_group_read(feel, text, pattern, flags, matched):
    assert feel("matches(t, p, f)", t=text, p=pattern, f=flags) is matched


def test_a_reference_works_in_replacing_too(feel):
    assert feel("replace(t, p, r)", t="aabbcd", p=r"(.)\1", r="[$1]") == "[a][b]cd"


@pytest.mark.parametrize("length", [30, 5_000])
def test_a_reference_cannot_hang(env, length):
    scope = {"t": "a" * length + "!", "p": r"(a*)*(a|b)\2+\1$"}
    with costs_at_most(0.75):
        assert compile_expression("matches(t, p)").evaluate(scope, env).value in (None, False)


pieces = st.sampled_from(["a", "b", "(a)", "(b|a)", "(a*)", "(?:ab)?", r"\1", r"\2", "."])


@given(st.lists(pieces, max_size=5).map("".join), st.text("ab", max_size=6))
def test_it_agrees_with_another_matcher(pattern, text):
    env = Environment(now=FRIDAY)
    outcome = compile_expression("matches(t, p)").evaluate({"t": text, "p": pattern}, env)
    try:
        theirs = re.search(pattern, text) is not None
    except re.error:
        assert outcome.value is None
        return
    if outcome.value is not None:
        assert outcome.value is theirs
