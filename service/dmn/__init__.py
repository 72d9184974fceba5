"""Decisions on our own FEEL; imports feel and domain."""
