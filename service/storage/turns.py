"""Taking turns: one transaction at a time for what has no row to lock."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def take_turns(session: Session, name: str) -> None:
    """Waits until no other transaction holds the turn of this name; holds it until the end."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
