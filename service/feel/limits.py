"""Every bound that keeps an expression small, quick and harmless; one place for all of them."""

from typing import Final

MAX_SOURCE: Final = 10_000
"""Characters of source text."""
MAX_NODES: Final = 3_000
"""Nodes in one syntax tree."""
MAX_DEPTH: Final = 100
"""Levels of nesting in one syntax tree."""
MAX_LOOPS: Final = 10
"""Lists that one ``for``, ``some`` or ``every`` goes through at once."""
MAX_CALL_DEPTH: Final = 300
"""Syntax levels that nested calls of functions written in FEEL may add up to."""
MAX_VALUE_DEPTH: Final = 100
"""Levels of nesting of lists and contexts in one value."""
MAX_STEPS: Final = 60_000
"""Steps of one evaluation, roughly one per node that is evaluated; a step takes less than a
microsecond, so that compiling and evaluating together stay within a tenth of a second."""
MAX_STRING: Final = 100_000
"""Characters in one string."""
MAX_LIST: Final = 20_000
"""Items in one list or entries in one context."""
MAX_RESULT: Final = 100_000
"""Scalars in one result, counted as often as they would be written out."""
MAX_DIAGNOSES: Final = 50
"""Remarks kept per evaluation."""
MAX_PATTERN: Final = 500
"""Characters in a regular expression."""
MAX_PROGRAM: Final = 2_000
"""Instructions of a compiled regular expression."""
MAX_GROUPS: Final = 20
"""Groups in a regular expression."""
MAX_CACHED: Final = 1_000
"""Characters of source that is remembered in compiled form; who uses longer ones keeps them."""
CHARS_PER_STEP: Final = 32
"""Characters of text that cost as much as one step."""
