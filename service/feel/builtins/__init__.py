"""The built-in functions by topic; importing this package fills the register."""

from service.feel.builtins import (
    contexts,
    conversion,
    lists,
    logic,
    numbers,
    patterns,
    ranges,
    temporal,
    texts,
    werkdagen,
)

__all__ = [
    "contexts",
    "conversion",
    "lists",
    "logic",
    "numbers",
    "patterns",
    "ranges",
    "temporal",
    "texts",
    "werkdagen",
]
