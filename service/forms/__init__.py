"""Owns forms: reading form-js JSON, drawing it, checking answers; imports feel and domain."""

from service.forms.component import Option
from service.forms.definition import Field, FormDefinition
from service.forms.nodes import (
    ErrorLink,
    FieldNode,
    GroupNode,
    ListNode,
    Node,
    OptionNode,
    RenderModel,
    RowNode,
    SafeHtml,
    SpacerNode,
    TextNode,
)
from service.forms.plainest import fill_in
from service.forms.readable import ReadableAnswer, readable
from service.forms.reading import check_form, read_form, title_of
from service.forms.rendering import render_model
from service.forms.validation import validate
from service.forms.values import draft, is_row_action, parse_post

__all__ = [
    "ErrorLink",
    "Field",
    "FieldNode",
    "FormDefinition",
    "GroupNode",
    "ListNode",
    "Node",
    "Option",
    "OptionNode",
    "ReadableAnswer",
    "RenderModel",
    "RowNode",
    "SafeHtml",
    "SpacerNode",
    "TextNode",
    "check_form",
    "draft",
    "fill_in",
    "is_row_action",
    "parse_post",
    "read_form",
    "readable",
    "render_model",
    "title_of",
    "validate",
]
