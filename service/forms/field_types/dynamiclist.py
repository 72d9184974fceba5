"""Questions that repeat; the answer is a list of contexts."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from service.forms.component import Component
from service.forms.field_types.base import EVERY_COMPONENT, FieldType, Problem
from service.forms.field_types.words import whole
from service.forms.limits import MAX_ROWS, MAX_ROWS_EVER


class Dynamiclist(FieldType):
    """``dynamiclist``; ``properties.minimaal`` and ``maximaal`` bound the number of rows,
    ``enkelvoud`` is what one row is called."""

    name = "dynamiclist"
    contains = True
    repeats = True
    attributes: ClassVar[frozenset[str]] = EVERY_COMPONENT | {
        "label",
        "components",
        "path",
        "showOutline",
        "verticalAlignment",
        "properties",
        "isRepeating",
        "defaultRepetitions",
        "allowAddRemove",
        "disableCollapse",
        "nonCollapsedItems",
    }
    own_properties: ClassVar[frozenset[str]] = frozenset({"minimaal", "maximaal", "enkelvoud"})

    def problems(self, raw: Mapping[str, Any]) -> Iterator[Problem]:
        """It needs a path, and bounds that can be met."""
        own = raw.get("properties") or {}
        for name in ("minimaal", "maximaal"):
            number = whole(own.get(name))
            if own.get(name) is not None and (number is None or number > MAX_ROWS_EVER):
                yield Problem(
                    code="bad-rows",
                    reason=f"{name} is geen heel getal van 0 tot en met {MAX_ROWS_EVER}.",
                    way_out="Vul een kleiner, heel getal in.",
                )
        if not raw.get("path"):
            yield Problem(
                code="missing-key",
                reason="Deze lijst heeft geen pad; de antwoorden komen nergens terecht.",
                way_out="Vul bij de lijst een pad in.",
            )


def row_label(component: Component) -> str:
    """What one row is called, without its number."""
    return str(component.properties.get("enkelvoud") or component.label)


def row_bounds(component: Component) -> tuple[int, int]:
    """The least and the greatest number of rows."""
    most = whole(component.properties.get("maximaal"))
    least = whole(component.properties.get("minimaal")) or 0
    return least, max(least, MAX_ROWS if most is None else most)


def first_rows(component: Component) -> int:
    """How many empty rows a new form shows."""
    repetitions = whole(component.raw.get("defaultRepetitions"))
    least, most = row_bounds(component)
    return min(max(least, 1 if repetitions is None else repetitions), most)


def may_change_rows(component: Component) -> bool:
    """Whether rows can be added and removed."""
    return component.raw.get("allowAddRemove", True) is True
