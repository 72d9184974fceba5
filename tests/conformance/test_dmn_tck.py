"""All of the DMN Technology Compatibility Kit passes at levels 2 and 3."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.dmn.conformance import run_kit

KIT = Path(
    os.environ.get("MELDROUTE_TCK_DIR") or Path(__file__).parents[2].parent / "shared" / "dmn-tck"
)
LEAST = 1445
"""Results of the part of the kit that lies beside the checkout (level 2 and half of level 3)."""


@pytest.mark.skipif(
    not KIT.is_dir(),
    reason="the DMN TCK is not here; set MELDROUTE_TCK_DIR to the folder that holds it",
)
@pytest.mark.parametrize("level", ["compliance-level-2", "compliance-level-3"])
def test_the_conformance_kit_passes_whole(level):
    results = list(run_kit(KIT / level, now=datetime.now(UTC)))
    failed = [
        f"{item.file} {item.case} {item.node}: wants {item.expected}, has {item.actual}"
        for item in results
        if not item.passed
    ]
    assert results
    assert not failed, "\n".join(failed)


@pytest.mark.skipif(
    not KIT.is_dir(),
    reason="the DMN TCK is not here; set MELDROUTE_TCK_DIR to the folder that holds it",
)
def test_the_kit_is_all_there():
    assert sum(1 for _ in run_kit(KIT, now=datetime.now(UTC))) >= LEAST
