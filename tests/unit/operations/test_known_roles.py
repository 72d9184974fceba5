"""Nobody is given a role whose tasks nobody would see."""

import pytest

from service.domain.errors import InvalidInput
from service.domain.profile import read_profile
from service.operations import bundle_files
from service.operations.known_roles import require_known_roles

RIJSWIJK = read_profile(
    bundle_files.read_bundled("rijswijk")[bundle_files.PROFILE], file=bundle_files.PROFILE
)


def test_roles_of_the_municipality_are_taken() -> None:
    require_known_roles(RIJSWIJK, ["af-zorg", "oov"])


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("af-zorgt", "bestaat niet in Rijswijk; kies uit: af-achtervang, af-zorg"),
        ("af-veiligheid", "geen eigen werkvoorraad; geef 'af-zorg'"),
    ],
)
def test_another_role_is_refused_with_what_to_give_instead(role: str, told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        require_known_roles(RIJSWIJK, ["oov", role])
