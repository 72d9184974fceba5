"""How large a form, and what is typed into it, can be."""

MAX_FILE_BYTES = 512_000
MAX_COMPONENTS = 500
MAX_DEPTH = 6
MAX_OPTIONS = 300
MAX_PATTERN = 200

MAX_LINE = 500
"""Characters in a text field that names no ``maxLength`` itself."""
MAX_TEXT = 10_000
"""Characters in a text area that names no ``maxLength`` itself."""
MAX_ROWS = 50
"""Rows in a list that names no ``maximaal`` itself."""
MAX_ROWS_EVER = 200
MAX_DIGITS = 34
"""Significant digits of a number (decimal128, as FEEL asks)."""
MAX_ATTACHMENTS = 10
MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024
MAX_UNKNOWN_NAMED = 20
"""How many unknown keys an error names one by one."""
MAX_NESTING = 20
"""How deep answers may be nested."""
