"""What came back of an addition that a reporter typed: the text, and what was wrong with it."""

from dataclasses import dataclass

from service.domain.errors import InvalidInput


@dataclass(frozen=True, kw_only=True)
class Added:
    """The box in which a reporter adds something, as it is drawn again."""

    text: str = ""
    error: str = ""

    @classmethod
    def of(cls, error: InvalidInput, text: str) -> "Added":
        """The box with the first thing that was wrong."""
        said = next(iter(error.fields.values()), [str(error)])
        return cls(text=text, error=said[0])
