"""A random process under construction: what is drawn, and what it promises."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from tests.unit.engine import diagrams as d

Ends = tuple[str, str]
Maker = Callable[["Drawing", int, int], Ends]
"""Draws one block: into what, how often it is gone through, how deep; its begin and its end."""


@dataclass
class Drawing:
    """A diagram under construction."""

    random: Random
    budget: int
    leaves: Sequence[Maker]
    compound: Sequence[Maker]
    body: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    exact: Counter[str] = field(default_factory=Counter)
    at_most: Counter[str] = field(default_factory=Counter)
    size: int = 0
    repeated: bool = False
    interruptible: bool = False

    def key(self, word: str) -> str:
        """A fresh id."""
        self.size += 1
        return f"{word}_{self.size}"

    def add(self, *parts: str) -> None:
        """Draws."""
        self.body += parts

    def way_out(self, times: int) -> str:
        """The manual task that a block ends in."""
        key = self.key("uit")
        self.add(f'<manualTask id="{key}" name="Uit"/>')
        (self.at_most if self.interruptible else self.exact)[key] += times
        return key

    def promise(self, key: str, times: int) -> None:
        """Something that is completed so many times."""
        (self.at_most if self.interruptible else self.exact)[key] += times


def named_message(into: Drawing) -> str:
    key = into.key("bericht")
    into.extra.append(d.message(key, key))
    return key


def named_signal(into: Drawing) -> str:
    key = into.key("signaal")
    into.extra.append(f'<signal id="{key}" name="{key}"/>')
    return key


def event(into: Drawing) -> str:
    """Something to wait for."""
    kind = into.random.choice(["timer", "message", "signal"])
    if kind == "timer":
        return d.timer(f"PT{into.random.randint(1, 5)}H")
    if kind == "message":
        return d.on_message(named_message(into))
    return d.on_signal(named_signal(into))
