"""Earlier savings of a file of a draft, through the API."""

import pytest

from service.operations import bundle_files
from tests.api.conftest import ApiOffice
from tests.integration.publishing import OWNER

PATH = bundle_files.PROFILE


@pytest.fixture
def file(api: ApiOffice) -> str:
    """The address of a profile that was saved twice in a draft."""
    address = f"/drafts/{api.send(OWNER, '/drafts', {'title': 'Andere rollen'})['id']}"
    text = api.read(OWNER, f"{address}/file", path=PATH)["content"]
    for revision, line in enumerate(("# eerst", "# later")):
        told = {"path": PATH, "content": f"{text}{line}\n", "revision": revision}
        api.keep(OWNER, f"{address}/file", told)
    return address


def read(api: ApiOffice, file: str, **more: int) -> str:
    text: str = api.read(OWNER, f"{file}/file", path=PATH, **more)["content"]
    return text


def test_each_saving_is_listed_and_can_be_read(api: ApiOffice, file: str) -> None:
    kept = api.read(OWNER, f"{file}/versions", path=PATH)
    assert [version["revision"] for version in kept] == [2, 1, 0]
    assert kept[0]["by"] == api.person(OWNER).name
    assert read(api, file, revision=1).endswith("# eerst\n")
    assert read(api, file, revision=0).encode() == bundle_files.read_bundled(api.municipality)[PATH]


def test_an_earlier_saving_comes_back_as_a_new_one(api: ApiOffice, file: str) -> None:
    api.send(OWNER, f"{file}/versions", {"path": PATH, "revision": 1})
    assert read(api, file).endswith("# eerst\n")
    kept = api.read(OWNER, f"{file}/versions", path=PATH)
    assert [version["revision"] for version in kept] == [3, 2, 1, 0]


@pytest.mark.parametrize("revision", [9, -1, 2**40])
def test_what_is_not_kept_is_refused_and_changes_nothing(
    api: ApiOffice, file: str, revision: int
) -> None:
    told = {"path": PATH, "revision": revision}
    assert api.ask(OWNER, "POST", f"{file}/versions", json=told).status_code == 422
    assert api.ask(OWNER, "GET", f"{file}/file", query_string=told).status_code == 422
    assert read(api, file).endswith("# later\n")
