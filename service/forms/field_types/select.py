"""One answer out of several, in a list that opens."""

from typing import ClassVar

from service.forms.field_types.choices import OneChoice


class Select(OneChoice):
    """``select``."""

    name = "select"
    attributes: ClassVar[frozenset[str]] = OneChoice.attributes | {"searchable"}
    """A native list can always be searched with the keyboard."""
