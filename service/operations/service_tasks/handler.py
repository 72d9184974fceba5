"""What a handler gets and gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from service.operations.case import Case
from service.operations.collaborators import Collaborators


@dataclass(frozen=True, kw_only=True)
class Work:
    """One service task to execute, within the transaction that finishes it."""

    session: Session
    collaborators: Collaborators
    case: Case
    variables: Mapping[str, Any]
    """What the service task may read: its scope in the diagram."""
    now: datetime


Handler = Callable[[Work], Mapping[str, Any]]
"""Does the work and gives the variables that it sets. Raises OSError for what may pass by
itself (it is tried again), and MeldrouteError for what will not (it becomes an incident)."""


def context(variables: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A namespace of the variables, empty when it is not there."""
    value = variables.get(name)
    return value if isinstance(value, Mapping) else {}
