"""Strings as FEEL source spells them."""

import re
from typing import Final

_PLAIN: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL: Final = re.compile(r'["\\\x00-\x1f\x7f-\x9f\ufeff\u2028\u2029\ud800-\udfff]')


def quoted(text: str) -> str:
    """``text`` between quotes, on one line, so that reading it back gives ``text``."""
    return f'"{_SPECIAL.sub(_escaped, text)}"'


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    return _PLAIN.get(char) or f"\\u{ord(char):04x}"
