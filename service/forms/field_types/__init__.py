"""The one registry of field types: everything about a type stands in its own module."""

from collections.abc import Mapping
from types import MappingProxyType

from service.forms.field_types import refused
from service.forms.field_types.base import FieldType
from service.forms.field_types.checkbox import Checkbox
from service.forms.field_types.checklist import Checklist
from service.forms.field_types.date_and_time import Datetime
from service.forms.field_types.dynamiclist import Dynamiclist
from service.forms.field_types.filepicker import Filepicker
from service.forms.field_types.group import Group
from service.forms.field_types.number import Number
from service.forms.field_types.radio import Radio
from service.forms.field_types.select import Select
from service.forms.field_types.separator import Separator
from service.forms.field_types.spacer import Spacer
from service.forms.field_types.taglist import Taglist
from service.forms.field_types.text import Text
from service.forms.field_types.textarea import Textarea
from service.forms.field_types.textfield import Textfield

_ALL: tuple[FieldType, ...] = (
    Textfield(),
    Textarea(),
    Number(),
    Datetime(),
    Checkbox(),
    Checklist(),
    Radio(),
    Select(),
    Taglist(),
    Filepicker(),
    Text(),
    Separator(),
    Spacer(),
    Group(),
    Dynamiclist(),
    refused.Html(),
    refused.Image(),
    refused.Iframe(),
    refused.Button(),
    refused.Table(),
    refused.Expression(),
    refused.DocumentPreview(),
)

FIELD_TYPES: Mapping[str, FieldType] = MappingProxyType({kind.name: kind for kind in _ALL})
"""Every type by its name in form-js, the refused ones too."""
