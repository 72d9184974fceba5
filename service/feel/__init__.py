"""The expression language FEEL: compiled once, bounded, deaf to Python; imports only the domain."""

from service.feel import builtins as _builtins
from service.feel.certain import certain_faults, unknown_calls
from service.feel.expression import (
    Expression,
    Result,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
)
from service.feel.run import Diagnosis, Environment, Run
from service.feel.signatures import FunctionCall, function_calls
from service.feel.text import feel_text
from service.feel.values import FeelValue, Function, Range, YearMonthDuration, to_feel
from service.feel.wide import WideDate, WideDateTime, WideTime

__all__ = [
    "Diagnosis",
    "Environment",
    "Expression",
    "FeelValue",
    "Function",
    "FunctionCall",
    "Range",
    "Result",
    "Run",
    "UnaryTests",
    "WideDate",
    "WideDateTime",
    "WideTime",
    "YearMonthDuration",
    "certain_faults",
    "compile_expression",
    "compile_unary_tests",
    "feel_text",
    "function_calls",
    "to_feel",
    "unknown_calls",
]

del _builtins
