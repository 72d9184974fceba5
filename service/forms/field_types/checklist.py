"""Several answers, all in view."""

from service.forms.field_types.choices import ManyChoices


class Checklist(ManyChoices):
    """``checklist``."""

    name = "checklist"
