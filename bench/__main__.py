"""``python -m bench [--quick] [--json FILE] [--strict]``."""

import argparse
import json
import sys
from pathlib import Path

from bench import (
    completion,
    engine_step,
    expressions,
    impact,
    inbox,
    insight,
    kept_in_memory,
    long_case,
    over_http,
    publishing,
)
from bench.figures import Figure, as_json, table
from bench.place import place


def measured(*, quick: bool) -> list[Figure]:
    """All figures, in one run on one machine."""
    cases, repeat = (8, 40) if quick else (40, 200)
    figures = engine_step.measure(repeat=repeat)
    figures += kept_in_memory.measure(repeat=repeat)
    figures += expressions.measure(repeat=repeat)
    with place() as at:
        figures += publishing.measure(at, repeat=max(repeat // 40, 3))
        found, steps = completion.measure(at, cases=cases)
        figures += found
        figures += over_http.measure(at, steps, cases=cases)
        figures += long_case.measure(at, repeat=repeat // 4)
        figures += inbox.measure(at, repeat=repeat)
        figures += insight.measure(at, repeat=5)
        figures += impact.measure(at, cases=100 if quick else impact.CASES)
    return figures


def main() -> None:
    """Prints the table; leaves with 1 when a goal is missed and that was asked for."""
    arguments = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="fewer repetitions")
    arguments.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    arguments.add_argument("--strict", action="store_true", help="leave with 1 on a missed goal")
    given = arguments.parse_args()
    figures = measured(quick=given.quick)
    print(table(figures))
    if given.json:
        given.json.write_text(json.dumps(as_json(figures), indent=2) + "\n")
    if given.strict and any(figure.met is False for figure in figures):
        sys.exit(1)


if __name__ == "__main__":
    main()
