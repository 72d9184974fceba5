"""Empty room between questions."""

from typing import ClassVar

from service.forms.component import Component
from service.forms.field_types.base import EVERY_COMPONENT, FieldType, Spot
from service.forms.field_types.words import whole
from service.forms.nodes import Node, SpacerNode


class Spacer(FieldType):
    """``spacer``."""

    name = "spacer"
    attributes: ClassVar[frozenset[str]] = EVERY_COMPONENT | {"height"}

    def node(self, component: Component, spot: Spot) -> Node:
        """Room of so many pixels."""
        return SpacerNode(
            kind=self.name,
            html_id=spot.html_id,
            hidden=spot.hidden,
            hide_when=component.hide.source if component.hide else "",
            columns=component.columns,
            height=min(whole(component.raw.get("height")) or 60, 500),
        )
