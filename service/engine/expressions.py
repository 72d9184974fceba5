"""Attributes of a diagram that may be FEEL: a literal text, or an expression after ``=``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from service.domain.errors import ExpressionError
from service.feel import Environment, Expression, compile_expression

PATH = re.compile(r"\s*[^\W\d]\w*(\.[^\W\d]\w*)*\s*")
"""A bare name or path: ``signaal.adres``."""


@dataclass(frozen=True)
class Formula:
    """Immutable, so that threads can share it."""

    text: str
    expression: Expression | None

    def value(self, scope: Mapping[str, Any], env: Environment) -> Any:
        """The literal text, or what the expression yields.

        Raises:
            ExpressionError: the expression yields null and says why, or exceeds a bound.
        """
        return self.text if self.expression is None else self.expression.value(scope, env)

    def mapped(self, scope: Mapping[str, Any], env: Environment) -> Any:
        """As ``value``, but a bare name or path of something that is not there is null.

        A mapping hands on what a case has; what nobody filled in yet is no mistake there.

        Raises:
            ExpressionError: as ``value``, for anything else than a bare path.
        """
        if self.expression is not None and PATH.fullmatch(self.text):
            return self.expression.evaluate(scope, env).value
        return self.value(scope, env)


def formula(text: str) -> Formula:
    """A literal, or FEEL when it starts with ``=``.

    Raises:
        ExpressionError: the FEEL cannot be parsed.
    """
    text = text.strip()
    return feel(text) if text.startswith("=") else Formula(text, None)


def feel(text: str) -> Formula:
    """FEEL, whether or not it starts with ``=``.

    Raises:
        ExpressionError: it cannot be parsed.
    """
    text = text.strip().removeprefix("=")
    return Formula(text, compile_expression(text))


def constant_text(text: str) -> str:
    """A literal, or the text that a FEEL constant yields.

    Raises:
        ExpressionError: it cannot be parsed, or yields something else than a text.
    """
    value = formula(text).value({}, Environment(now=datetime(1970, 1, 1, tzinfo=UTC)))
    if not isinstance(value, str):
        raise ExpressionError(f"{text} is geen vaste tekst.", expression=text)
    return value
