"""Regular expressions as XPath has them, matched within bounds: no pattern hangs."""

from service.feel.regex.backtrack import Match
from service.feel.regex.machine import search
from service.feel.regex.program import Program, compile_pattern

__all__ = ["Match", "Program", "compile_pattern", "search"]
