"""``meldroute publish``: how a fifth municipality comes into an installation."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from service.operations import bundle_files
from service.storage import Municipality, Publication
from tests.integration.commands import ROOT, said, said_by_a_process
from tests.integration.conftest import Office


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What comes with the product, and a copy of one profile under another name."""
    there = tmp_path / "map" / "processes" / "gemeenten"
    there.mkdir(parents=True)
    shutil.copy(ROOT / "processes" / "gemeenten" / "maashorst.toml", there / "voorbeeldstad.toml")
    for kind in ("processes", "forms"):
        shutil.copytree(ROOT / kind, tmp_path / "map" / kind, dirs_exist_ok=True)
    return tmp_path / "map"


def published(office: Office) -> dict[str, int]:
    with office.application.sessions() as session:
        rows = session.execute(
            select(Municipality.id, Publication.number).join(
                Publication, Municipality.publication_id == Publication.id
            )
        )
        return {row.id: row.number for row in rows}


def test_a_fifth_municipality_is_a_copy_of_one_file_with_its_own_name(
    office: Office, folder: Path
) -> None:
    profile = folder / "processes" / "gemeenten" / "voorbeeldstad.toml"
    code, told = said(office, "publish", str(folder), "--gemeente", "voorbeeldstad")
    assert code != 0
    assert "dit profiel is van 'maashorst'" in told
    assert published(office).keys() == {"midden-delfland"}, "nothing was published for the other"

    text = profile.read_text().replace('id = "maashorst"', 'id = "voorbeeldstad"', 1)
    profile.write_text(text.replace('naam = "Maashorst"', 'naam = "Voorbeeldstad"', 1))
    code, told = said_by_a_process(office, "publish", str(folder), "--gemeente", "voorbeeldstad")
    assert (code, told.strip()) == (0, "Publicatie 1 van voorbeeldstad gepubliceerd.")
    assert published(office)["voorbeeldstad"] == 1


def test_a_bundle_from_the_studio_is_published_for_the_municipality_of_its_profile(
    office: Office, tmp_path: Path
) -> None:
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(bundle_files.pack(bundle_files.read_bundled("rijswijk")))
    code, told = said(office, "publish", str(bundle), "--reden", "Eerste inrichting")
    assert (code, told.strip()) == (0, "Publicatie 1 van rijswijk gepubliceerd.")
    code, told = said(office, "publish", str(bundle), "--gemeente", "maashorst")
    assert code != 0
    assert "dit profiel is van 'rijswijk'" in told
    strange = {**bundle_files.read_bundled("rijswijk"), "../../etc/cron.d/x": b"x"}
    bundle.write_bytes(bundle_files.pack(strange))
    code, told = said(office, "publish", str(bundle))
    assert code != 0
    assert "../../etc/cron.d/x: fout [bundle-refused]" in told
    assert "Dit pad wijst buiten de bundel." in told
    assert published(office) == {"midden-delfland": 1, "rijswijk": 1}


def test_a_profile_with_a_fault_is_refused_with_the_line(office: Office, folder: Path) -> None:
    profile = folder / "processes" / "gemeenten" / "voorbeeldstad.toml"
    text = profile.read_text().replace('achtervang = "jz"', 'achtervang = "niemand"')
    profile.write_text(text)
    line = text[: text.index('achtervang = "niemand"')].count("\n") + 1
    code, told = said(office, "publish", str(folder), "--gemeente", "voorbeeldstad")
    assert code != 0
    assert f"gemeente.toml:{line}: fout [profile]" in told
    assert "rollen.privacy.achtervang: rol 'niemand' bestaat niet" in told
