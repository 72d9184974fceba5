"""Regular expressions as XPath has them, matched in linear time: no pattern can make it hang."""

from service.feel.regex.machine import Match, search
from service.feel.regex.program import Program, compile_pattern

__all__ = ["Match", "Program", "compile_pattern", "search"]
