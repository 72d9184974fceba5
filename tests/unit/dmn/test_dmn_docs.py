"""The page about decision models names every finding, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "dmn.md").read_text()


def test_every_finding_is_documented():
    source = "".join(path.read_text() for path in (ROOT / "service" / "dmn").rglob("*.py"))
    made = set(re.findall(r'(?:finding|_note)\(\s*(?:compiling,\s*)?"([a-z-]+)"', source))
    made |= set(re.findall(r'code(?: =|=)\s*"([a-z-]+)"', source))
    made |= {"input-count", "output-count"} - {"not-dmn"}
    written = {
        code for line in PAGE.splitlines() if line.startswith("| `") for code in _codes(line)
    }
    assert made - {"not-dmn"} == written


def _codes(line):
    return re.findall(r"`([a-z-]+)`", line.split("|")[1])
