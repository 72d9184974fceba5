"""Merges what two people made of one file; see ``operations.comparing``."""

from service.operations.comparing import Merged, Prefer, merge

__all__ = ["Merged", "Prefer", "merge"]
