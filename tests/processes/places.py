"""A municipality, with everything there is to try out with its profile."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from service import forms
from service.dmn import read_dmn
from service.domain.profile import Profile, read_profile
from service.engine import next_timer_start
from service.feel import Environment
from service.forms.prefill import prefill
from tests.processes.acts import MONDAY
from tests.processes.walking import Walk

ROOT = Path(__file__).parents[2]
RY, MD, RO, MA = "rijswijk", "midden-delfland", "regio-rotterdam", "maashorst"
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A municipality, with everything there is to try out with its profile."""

    profile: Profile

    @property
    def walk(self) -> Walk:
        """A case that has not begun."""
        return Walk(self.profile, MONDAY)

    @property
    def gemeente(self) -> dict[str, Any]:
        """What expressions read."""
        return self.profile.as_context()

    def decide(self, table: str, **scope: Any) -> Any:
        """What a decision table says here."""
        [path] = (ROOT / "processes").glob(f"*/{table}.dmn")
        model = read_dmn(path.read_bytes(), file=path.name)
        given = {"gemeente": self.gemeente, **scope}
        return model.decide(table, given, Environment(now=MONDAY)).value

    def proposed(self, form: str, key: str) -> Any:
        """What a form proposes here for a question, also in the row of a list."""
        path = ROOT / "forms" / f"{form}.form"
        level = forms.read_form(path.read_bytes(), file=path.name).level
        inner = [level, *(component.level for component in level.lists)]
        for one in inner:
            raw: dict[str, Any] = {}
            scope = {"gemeente": self.gemeente}
            prefill(one, raw, scope=scope, env=Environment(now=MONDAY), within=True)
            for word in key.split("."):
                raw = raw.get(word, {}) if isinstance(raw, dict) else {}
            if raw:
                return raw
        return None

    def starts(self, process_id: str) -> int:
        """How often a process begins by itself in 2026."""
        count, after = 0, NEW_YEAR
        walk = self.walk
        while start := next_timer_start(walk.bundle, process_id, after=after, around=walk.around):
            if start.at.year > NEW_YEAR.year:
                break
            count, after = count + 1, start.at
        return count


@cache
def place(municipality: str) -> Place:
    path = ROOT / "processes" / "gemeenten" / f"{municipality}.toml"
    return Place(profile=read_profile(path.read_bytes(), file=path.name))
