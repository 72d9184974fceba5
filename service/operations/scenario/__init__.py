"""Scenarios: who does what in a case, written to be read, played in memory or on a database."""
