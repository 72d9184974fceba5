"""A line between questions."""

from service.forms.component import Component
from service.forms.field_types.base import FieldType, Spot
from service.forms.nodes import Node


class Separator(FieldType):
    """``separator``."""

    name = "separator"

    def node(self, component: Component, spot: Spot) -> Node:
        """A line."""
        return Node(
            kind=self.name,
            html_id=spot.html_id,
            hidden=spot.hidden,
            hide_when=component.hide.source if component.hide else "",
            columns=component.columns,
        )
