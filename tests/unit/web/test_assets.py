"""Looking up what the front-end build made."""

import json
from pathlib import Path

from service.web.assets import Asset, asset, manifest


def test_an_entry_of_the_build_is_found_by_its_plain_name(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    dist.mkdir()
    entry = {"js": "base-ABC.js", "css": "base-DEF.css", "preload": ["chunk-1.js"]}
    (dist / "manifest.json").write_text(json.dumps({"base": entry}))

    found = manifest(tmp_path)["base"]

    assert found == Asset(
        js="dist/base-ABC.js", css="dist/base-DEF.css", preload=("dist/chunk-1.js",)
    )


def test_an_entry_without_styles_has_none(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "manifest.json").write_text(
        json.dumps({"api": {"js": "a.js", "css": None, "preload": []}})
    )

    assert manifest(tmp_path)["api"] == Asset(js="dist/a.js")


def test_without_a_build_pages_still_work(tmp_path: Path) -> None:
    assert manifest(tmp_path) == {}


def test_an_unknown_entry_is_empty() -> None:
    assert asset("bestaat-niet") == Asset()
