"""The one tree of errors; every message names the thing and the next step.

Messages are Dutch sentences, because they may reach an official. Each edge (pages, API,
command line) has one table that turns a class of this tree into its own kind of answer.
"""

from collections.abc import Mapping, Sequence

from service.domain.findings import Finding


class MeldrouteError(Exception):
    """Root of all errors that this product raises on purpose."""


class NotFound(MeldrouteError):
    """The thing does not exist, or the actor may not know that it does."""


class NotAllowed(MeldrouteError):
    """The actor may see the thing but not do this with it."""


class Conflict(MeldrouteError):
    """Somebody else was first; the message says who did what, and when."""


class Unconfirmed(Conflict):
    """It can be done, but only by who says that they mean it.

    ``oddities`` are sentences that say what would be odd about it.
    """

    def __init__(self, message: str, oddities: Sequence[str]) -> None:
        super().__init__(message)
        self.oddities = tuple(oddities)


class InvalidInput(MeldrouteError):
    """Input that does not fit.

    ``fields`` maps the path of a field (``"triage.urgentie"``) to its messages.
    """

    def __init__(self, message: str, fields: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(message)
        self.fields: dict[str, list[str]] = {k: list(v) for k, v in (fields or {}).items()}


class WrongField(InvalidInput):
    """``fields`` are those of the operation itself, not of a form."""


class Refused(MeldrouteError):
    """A diagram, table, form or profile that would not run faithfully."""

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class Unreadable(Refused):
    """A file that cannot be read at all: no XML, too large, damaged or hostile."""


class ExpressionError(MeldrouteError):
    """A FEEL expression that cannot be parsed or evaluated.

    ``position`` is the offset in characters from the start of the expression.
    """

    def __init__(self, message: str, *, expression: str = "", position: int | None = None) -> None:
        super().__init__(message)
        self.expression = expression
        self.position = position


class Incident(MeldrouteError):
    """A running case could not take its next step; its last good state is kept.

    ``element_id`` names the element of the diagram that could not be executed.
    """

    def __init__(self, message: str, *, element_id: str | None = None) -> None:
        super().__init__(message)
        self.element_id = element_id


class Misconfigured(MeldrouteError):
    """A setting or profile is missing or wrong; the message names it."""


class WrongProfile(Misconfigured):
    """A profile that cannot be used; each finding names the line, the key and the reason."""

    def __init__(self, message: str, findings: Sequence[Finding]) -> None:
        super().__init__(message)
        self.findings = tuple(findings)
