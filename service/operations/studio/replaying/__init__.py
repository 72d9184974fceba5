"""Replays closed cases on a draft, in memory: what would have come of them; nothing is written."""
