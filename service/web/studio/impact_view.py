"""What a draft would do to open cases, in words: a running total, and a few lines for each case."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from babel.dates import format_datetime
from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from itsdangerous import BadSignature, URLSafeSerializer

from service.domain.working_days import AMSTERDAM
from service.operations.moving.outcome import Landing, TaskChange
from service.operations.moving.preview_move import CasePreview
from service.operations.published import Published
from service.storage.task import NEVER
from service.web.views import process_name, role_names

_MOST_REASONS = 40
"""How many reasons a running total tells apart; it travels in an address."""


_LINES = (
    ("blocked", "%(num)s zaak kan niet mee", "%(num)s zaken kunnen niet mee"),
    (
        "moves",
        "%(num)s zaak gaat mee en komt ergens anders te staan",
        "%(num)s zaken gaan mee en komen ergens anders te staan",
    ),
    ("stays", "%(num)s zaak blijft waar zij is", "%(num)s zaken blijven waar ze zijn"),
    (
        "earlier",
        "van %(num)s taak komt de uiterste datum eerder",
        "van %(num)s taken komt de uiterste datum eerder",
    ),
    (
        "later",
        "van %(num)s taak komt de uiterste datum later, of vervalt",
        "van %(num)s taken komt de uiterste datum later, of vervalt",
    ),
    ("questions", "%(num)s taak krijgt andere vragen", "%(num)s taken krijgen andere vragen"),
    (
        "taken_back",
        "%(num)s opgepakte taak komt weer vrij, omdat een andere rol haar doet",
        "%(num)s opgepakte taken komen weer vrij, omdat een andere rol ze doet",
    ),
    (
        "unasked",
        "in %(num)s concept is beantwoord wat niet meer wordt gevraagd; dat blijft in de zaak",
        "in %(num)s concepten is beantwoord wat niet meer wordt gevraagd; dat blijft in de zaak",
    ),
)
"""What is counted, of one and of more."""


@dataclass(kw_only=True)
class Tally:
    """How many cases fare how, over the pages so far."""

    seen: int = 0
    stays: int = 0
    moves: int = 0
    blocked: int = 0
    earlier: int = 0
    later: int = 0
    questions: int = 0
    taken_back: int = 0
    unasked: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    gained: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)

    def add(self, case: CasePreview, published: Published) -> None:
        """Counts one case."""
        self.seen += 1
        if case.outcome.advance is None:
            self.blocked += 1
            for reason in {o.reason for o in case.outcome.obstacles}:
                if reason in self.reasons or len(self.reasons) < _MOST_REASONS:
                    self.reasons[reason] += 1
            return
        moved = any(landing.what != "stays" for landing in case.outcome.landings)
        self.moves, self.stays = self.moves + moved, self.stays + (not moved)
        for change in case.outcome.changes:
            self._add_task(change, published)

    def _add_task(self, change: TaskChange, published: Published) -> None:
        self.gained.update(role_names(change.gained, published))
        self.lost.update(role_names(change.lost, published))
        before, after = change.task.due_at, change.columns["due_at"]
        self.earlier, self.later = self.earlier + (after < before), self.later + (after > before)
        self.questions += change.new_questions
        self.taken_back += change.taken_back
        self.unasked += bool(change.lost_answers)

    def lines(self) -> Iterator[str]:
        """The total in sentences, what needs attention first."""
        for name, one, many in _LINES:
            if count := getattr(self, name):
                yield str(ngettext(one, many, count))

    def why(self) -> list[tuple[int, str]]:
        """Why cases cannot go, the most frequent first."""
        return [(count, reason) for reason, count in self.reasons.most_common()]

    def sight(self) -> Iterator[str]:
        """Which roles see open tasks more, and which see them no longer."""
        for name, count in sorted(self.gained.items()):
            yield ngettext(
                "%(name)s krijgt %(num)s taak erbij",
                "%(name)s krijgt %(num)s taken erbij",
                count,
                name=name,
            )
        for name, count in sorted(self.lost.items()):
            yield ngettext(
                "%(name)s ziet %(num)s taak niet meer",
                "%(name)s ziet %(num)s taken niet meer",
                count,
                name=name,
            )


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What one page hands to the next: which content was counted, how it goes, and the total."""

    digest: str
    tally: Tally
    choices: Mapping[str, str]
    """What was chosen in the plan, by the name of its field."""

    def as_text(self) -> str:
        """For in an address; signed, so that nobody can make up a total."""
        told = {"d": self.digest, "c": dict(self.choices), "t": vars(self.tally)}
        return str(_signer().dumps(told))


def carried(text: str) -> Carried | None:
    """What ``as_text`` wrote; None for anything else."""
    try:
        told: dict[str, Any] = _signer().loads(text)
    except BadSignature:
        return None
    counters = {name: Counter(told["t"][name]) for name in ("reasons", "gained", "lost")}
    return Carried(digest=told["d"], tally=Tally(**{**told["t"], **counters}), choices=told["c"])


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="gevolgen")


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """One case in the list."""

    reference: str
    process_name: str
    source: int
    kind: str
    """``blocked``, ``moves`` or ``stays``."""
    lines: tuple[str, ...]


def case_lines(cases: Iterable[CasePreview], published: Published) -> list[CaseLine]:
    """Each case with what happens to it."""
    return [_case(case, published) for case in cases]


def _case(case: CasePreview, published: Published) -> CaseLine:
    found = case.outcome
    moved = any(landing.what != "stays" for landing in found.landings)
    lines = [f"{o.reason} {o.way_out}".strip() for o in found.obstacles]
    lines += [text for landing in found.landings if (text := _landing(landing))]
    lines += [text for change in found.changes for text in _task(change, published)]
    return CaseLine(
        reference=case.reference,
        process_name=process_name(published, case.process_id),
        source=case.source,
        kind="blocked" if found.advance is None else "moves" if moved else "stays",
        lines=tuple(lines),
    )


def _landing(landing: Landing) -> str:
    name = landing.name
    if landing.what == "moves":
        return str(_("Gaat van ‘%(old)s’ naar ‘%(new)s’.", old=name, new=landing.to_name))
    if landing.what == "dropped":
        return str(_("Wacht niet meer op ‘%(name)s’.", name=name))
    if landing.what == "armed" and landing.due is not None:
        return str(
            _(
                "Wacht voortaan ook op ‘%(name)s’, tot %(when)s.",
                name=name,
                when=_moment(landing.due),
            )
        )
    return str(_("Wacht voortaan ook op ‘%(name)s’.", name=name)) if landing.what == "armed" else ""


def _task(change: TaskChange, published: Published) -> Iterator[str]:
    columns = change.columns
    name = published.bundle.label(columns["process_id"], columns["element_id"])
    before, after = change.task.due_at, columns["due_at"]
    if change.gained:
        yield _(
            "‘%(task)s’: %(roles)s krijgt deze taak erbij.",
            task=name,
            roles=_and(change.gained, published),
        )
    if change.lost:
        yield _(
            "‘%(task)s’: %(roles)s ziet deze taak niet meer.",
            task=name,
            roles=_and(change.lost, published),
        )
    if before != after:
        yield _(
            "‘%(task)s’: uiterlijk %(new)s in plaats van %(old)s.",
            task=name,
            new=_due(after),
            old=_due(before),
        )
    if change.new_questions:
        yield _("‘%(task)s’: het formulier vraagt iets anders.", task=name)
    if change.taken_back:
        yield _("‘%(task)s’: wie de taak heeft opgepakt, mag haar niet meer doen.", task=name)
    if change.lost_answers:
        gone = ", ".join(f"‘{question}’" for question in change.lost_answers.values())
        yield _(
            "‘%(task)s’: in het concept is beantwoord wat niet meer wordt gevraagd: %(gone)s.",
            task=name,
            gone=gone,
        )


def _and(roles: Iterable[str], published: Published) -> str:
    return ", ".join(role_names(roles, published))


def _due(moment: Any) -> str:
    return str(_("geen datum")) if moment >= NEVER else _moment(moment)


def _moment(moment: Any) -> str:
    return format_datetime(moment.astimezone(AMSTERDAM), "d MMM y, HH:mm", locale="nl")
