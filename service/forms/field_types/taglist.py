"""Several answers out of a long list."""

from service.forms.field_types.choices import ManyChoices


class Taglist(ManyChoices):
    """``taglist``."""

    name = "taglist"
