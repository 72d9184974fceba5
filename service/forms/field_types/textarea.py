"""Several lines of text."""

from typing import ClassVar

from service.forms.field_types.base import EVERY_PROPERTY
from service.forms.field_types.words import WordsType
from service.forms.limits import MAX_TEXT


class Textarea(WordsType):
    """``textarea``."""

    name = "textarea"
    lines = True
    longest = MAX_TEXT
    own_properties: ClassVar[frozenset[str]] = EVERY_PROPERTY | {"autocomplete"}
