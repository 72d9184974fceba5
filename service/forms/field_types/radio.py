"""One answer out of several, all in view."""

from service.forms.field_types.choices import OneChoice


class Radio(OneChoice):
    """``radio``."""

    name = "radio"
