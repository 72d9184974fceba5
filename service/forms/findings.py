"""Collects what is wrong with one form file."""

from dataclasses import dataclass, field

from service.domain.findings import Finding, Severity


@dataclass(kw_only=True)
class Remarks:
    """The findings about one file, in the order in which they were made."""

    file: str
    found: list[Finding] = field(default_factory=list)

    def error(self, code: str, reason: str, way_out: str, *, element: str | None = None) -> None:
        """Something that would not run faithfully."""
        self._add(Severity.ERROR, code, reason, way_out, element)

    def warning(self, code: str, reason: str, way_out: str, *, element: str | None = None) -> None:
        """Something that runs, but is probably not meant so."""
        self._add(Severity.WARNING, code, reason, way_out, element)

    def _add(
        self, severity: Severity, code: str, reason: str, way_out: str, element: str | None
    ) -> None:
        self.found.append(
            Finding(
                file=self.file,
                element_id=element,
                code=code,
                severity=severity,
                reason=reason,
                way_out=way_out,
            )
        )
