"""Coverage-guided fuzzing of FEEL with atheris; run by hand, as atheris is no dependency.

    pip install atheris
    python tests/fuzz/fuzz_feel.py WORK_FOLDER [-max_total_time=3600]

Each input is compiled as an expression and as a cell, evaluated, printed and read back. What is
no FEEL fails with a reason; anything else is a finding: a foreign exception, a tree that does not
survive printing, a value that cannot be written, or an expression that takes more than 100 ms of
processor time or 64 MiB. The instruments make everything some ten times slower, so evaluations get
a tenth of their budget here, and what takes long for its steps is measured again by a process that
has no instruments and the whole budget.
Findings are written to ``WORK_FOLDER/findings`` (one file per kind and place) and the run goes
on. Those worth keeping become files in ``tests/fuzz/seeds``, which the ordinary tests run.
"""

import hashlib
import json
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import atheris

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.unit.feel.attacks import CORPUS, scope  # noqa: E402 - only now it can be found

with atheris.instrument_imports(include=["service"]):
    from service.domain.errors import ExpressionError
    from service.feel import (
        Environment,
        certain_faults,
        compile_expression,
        compile_unary_tests,
        feel_text,
    )
    from service.feel.functions import BUILT_INS
    from service.feel.limits import MAX_STEPS
    from service.feel.parse import parse_expression, parse_unary_tests
    from service.feel.printer import print_tree
    from service.feel.run import Exceeded
    from service.feel.tokens import KEYWORDS

LONG = 15 * 10**7
"""Nanoseconds that most inputs take less than, with instruments and a tenth of the budget."""
LONGEST = 400
SEEDS = Path(__file__).parent / "seeds"
ENV = Environment(now=datetime(2026, 3, 6, 15, 0, tzinfo=UTC), budget=MAX_STEPS // 10)
SCOPE = scope()
VALUES = (None, 3, "x", [1, "x"], {"a": 1})


def read_or_none(read: Callable[[str], Any], source: str) -> Any:
    """The tree, or nothing for what is no FEEL."""
    try:
        return read(source)
    except ExpressionError:
        return None


def try_expression(source: str) -> None:
    """Compile, evaluate, write down, print and read back; raises only what is a finding."""
    tree = read_or_none(parse_expression, source)
    if tree is None:
        return
    assert read_or_none(parse_expression, print_tree(tree)) == tree, "printed otherwise"
    certain_faults(tree, source)
    value = compile_expression(source).evaluate(SCOPE, ENV).value
    with suppress(Exceeded):
        feel_text(value)


def try_cell(source: str) -> None:
    """The same for the cell of a decision table."""
    tree = read_or_none(parse_unary_tests, source)
    if tree is None:
        return
    assert read_or_none(parse_unary_tests, print_tree(tree)) == tree, "printed otherwise"
    certain_faults(tree, source)
    cell = compile_unary_tests(source)
    for value in VALUES:
        assert cell.matches(value, SCOPE, ENV).value in (True, False, None)


def one_input(data: bytes) -> None:
    """What the fuzzer calls."""
    source = data.decode("utf-8", "ignore")
    for attempt in (try_expression, try_cell):
        began = time.process_time_ns()
        try:
            attempt(source)
        except Exception as error:  # noqa: BLE001 - finding those is what this is for
            place = traceback.extract_tb(error.__traceback__)[-1]
            keep(f"{type(error).__name__} {Path(place.filename).name}:{place.lineno}", source)
        if time.process_time_ns() - began > LONG and costs_too_much(source):
            keep(f"slow {hashlib.sha256(data).hexdigest()[:8]}", source)


def costs_too_much(source: str) -> bool:
    """Whether compiling and evaluating takes over 100 ms or 64 MiB without the instruments."""
    assert MEASURING.stdin
    assert MEASURING.stdout
    MEASURING.stdin.write(json.dumps(source) + "\n")
    MEASURING.stdin.flush()
    cost = json.loads(MEASURING.stdout.readline())
    return bool(cost["trouble"] or cost["seconds"] > 0.1 or cost["bytes"] > 64 * 2**20)


def keep(kind: str, source: str) -> None:
    """Write a finding down, the shortest of its kind."""
    file = FINDINGS / (kind.replace("/", "_") + ".feel")
    if not file.exists() or len(source) < len(file.read_text()):
        file.write_text(source)
        sys.stderr.write(f"FINDING {kind}: {source[:200]!r}\n")


def prepare(work: Path) -> tuple[Path, Path]:
    """The folder of findings, the corpus of seeds and attacks, and a dictionary of the language."""
    corpus, dictionary = work / "corpus", work / "words.dict"
    for folder in (FINDINGS, corpus):
        folder.mkdir(parents=True, exist_ok=True)
    for seed in SEEDS.glob("*.feel"):
        (corpus / seed.name).write_bytes(seed.read_bytes())
    for place, attack in enumerate(CORPUS.values()):
        if len(attack) <= LONGEST:
            (corpus / f"attack-{place}").write_text(attack)
    more = {"instance of", '@\\"', "**", "..", "item", "partial", *SCOPE}
    words = sorted({*BUILT_INS, *KEYWORDS, *more})
    dictionary.write_text("".join(f'"{word}"\n' for word in words))
    return corpus, dictionary


if __name__ == "__main__":
    MEASURING = subprocess.Popen(
        [sys.executable, "-m", "tests.unit.feel.measured", "-"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    FINDINGS = Path(sys.argv[1]) / "findings"
    corpus, dictionary = prepare(Path(sys.argv[1]))
    options = [f"-max_len={LONGEST}", "-timeout=120", "-rss_limit_mb=2048", f"-dict={dictionary}"]
    atheris.Setup([sys.argv[0], str(corpus), *options, *sys.argv[2:]], one_input)
    atheris.Fuzz()
