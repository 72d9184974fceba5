"""Questions under one legend; may ask that at least one of them is answered."""

from typing import ClassVar

from service.forms.field_types.base import EVERY_COMPONENT, FieldType


class Group(FieldType):
    """``group``; ``properties.een_van`` names the paths of which one must be answered."""

    name = "group"
    contains = True
    attributes: ClassVar[frozenset[str]] = EVERY_COMPONENT | {
        "label",
        "components",
        "path",
        "showOutline",
        "verticalAlignment",
        "properties",
    }
    own_properties: ClassVar[frozenset[str]] = frozenset({"een_van", "verplicht_als", "melding"})
