from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from service.feel import Environment, Result, compile_expression

FRIDAY = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)


@pytest.fixture
def env() -> Environment:
    return Environment(now=FRIDAY)


@pytest.fixture
def result(env: Environment) -> Callable[..., Result]:
    def evaluate(source: str, *, names: tuple[str, ...] = (), **scope: Any) -> Result:
        return compile_expression(source, names=names).evaluate(scope, env)

    return evaluate


@pytest.fixture
def feel(result: Callable[..., Result]) -> Callable[..., Any]:
    """The value of an expression; the scope is given as keyword arguments."""

    def evaluate(source: str, **scope: Any) -> Any:
        return result(source, **scope).value

    return evaluate
