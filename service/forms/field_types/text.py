"""Text between the questions, in Markdown without HTML."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, ClassVar

from markdown_it import MarkdownIt

from service.forms.component import Component
from service.forms.field_types.base import EVERY_COMPONENT, FieldType, Problem, Spot
from service.forms.nodes import Node, SafeHtml, TextNode

_SCHEMES = ("http:", "https:", "mailto:", "tel:", "/", "#")


class Text(FieldType):
    """``text``."""

    name = "text"
    attributes: ClassVar[frozenset[str]] = EVERY_COMPONENT | {"text"}

    def problems(self, raw: Mapping[str, Any]) -> Iterator[Problem]:
        """Text must be there, and cannot contain expressions."""
        text = raw.get("text")
        if not isinstance(text, str) or not text.strip():
            yield Problem(
                code="missing-text", reason="De tekst is leeg.", way_out="Schrijf een tekst."
            )
        elif text.startswith("=") or "{{" in text:
            yield Problem(
                code="text-expression",
                reason="Een tekst met een expressie wordt hier niet berekend.",
                way_out="Schrijf gewone tekst, of toon een antwoord met een veld "
                "dat alleen te lezen is.",
            )

    def node(self, component: Component, spot: Spot) -> Node:
        """The text as HTML."""
        return TextNode(
            kind=self.name,
            html_id=spot.html_id,
            hidden=spot.hidden,
            hide_when=component.hide.source if component.hide else "",
            columns=component.columns,
            html=markdown(str(component.raw.get("text") or "")),
        )


@lru_cache(maxsize=512)
def markdown(source: str) -> SafeHtml:
    """HTML from Markdown: no raw HTML, no images, only harmless links, no first-level heading."""
    parser = MarkdownIt("commonmark", {"html": False}).disable("image")
    tokens = parser.parse(source)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"
        for child in token.children or ():
            if child.type == "link_open":
                _tame(child.attrs)
    return SafeHtml(parser.renderer.render(tokens, parser.options, {}))


def _tame(attributes: dict[str, Any]) -> None:
    if not str(attributes.get("href", "")).lower().startswith(_SCHEMES):
        attributes["href"] = "#"
    attributes["rel"] = "noopener noreferrer"
