"""Trials: a made-up case walked through a draft, on a clock of its own and with no effect."""
