"""Each kind of file of a bundle, by the name that ``kind_of`` gives it."""

from collections.abc import Mapping
from types import MappingProxyType

from service.operations.comparing.diagram import DiagramKind
from service.operations.comparing.form import FormKind
from service.operations.comparing.kind import Kind
from service.operations.comparing.table import TableKind
from service.operations.comparing.toml_file import TomlKind

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "diagram": DiagramKind(),
        "table": TableKind(),
        "form": FormKind(),
        "profile": TomlKind(),
        "scenario": TomlKind(),
        "table_tests": TomlKind(),
    }
)
