"""``meldroute``, whose demo municipality has a past year of only a few cases: sooner ready."""

from functools import partial

from service.cli import main, run

CASES = 3

if __name__ == "__main__":
    run.load_cases = partial(run.load_cases, cases=CASES)
    main(prog_name="meldroute")
