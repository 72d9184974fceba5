"""Goes through the tokens of a source and refuses it where it goes wrong."""

from collections.abc import Collection
from typing import NoReturn

from service.domain.errors import ExpressionError
from service.feel.limits import MAX_DEPTH
from service.feel.tokens import Token, tokenize

TOO_DEEP = f"De expressie is meer dan {MAX_DEPTH} niveaus diep genest."


class Cursor:
    """A place in a source."""

    def __init__(self, source: str, names: Collection[str]) -> None:
        self.source = source
        self.tokens = tokenize(source, names)
        self.index = 0
        self.token = self.tokens[0]
        self.depth = 0
        self.range_end = False
        """Whether a ``[`` may close a range here (``]1..10[``) instead of opening a filter."""

    def deeper(self) -> None:
        """Enter one level of nesting."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fail(TOO_DEEP)

    def fail(self, reason: str = "") -> NoReturn:
        """Refuse the source at the current token."""
        if not reason:
            here = self.token
            shown = self.source[here.at : here.end]
            reason = f"Hier past {shown!r} niet." if shown else "De expressie is niet af."
        raise ExpressionError(reason, expression=self.source, position=self.token.at)

    def next(self) -> Token:
        """The current token; the cursor moves past it."""
        token = self.token
        self.go(self.index + 1)
        return token

    def go(self, index: int) -> None:
        """Move to a token."""
        self.index = index
        self.token = self.tokens[index]

    def peek(self, ahead: int = 1) -> Token:
        """A token further on."""
        return self.tokens[min(self.index + ahead, len(self.tokens) - 1)]

    def sees(self, text: str) -> bool:
        """Whether the current token is this sign or keyword."""
        return self.token.text == text and self.token.kind in ("sign", "keyword")

    def take(self, text: str) -> bool:
        """Whether this sign or keyword is here; if so the cursor moves past it."""
        if not self.sees(text):
            return False
        self.next()
        return True

    def expect(self, text: str) -> Token:
        """Move past this sign or keyword; nothing else will do."""
        if not self.sees(text):
            shown = self.source[self.token.at : self.token.end]
            found = f"er staat {shown!r}" if shown else "de expressie houdt hier op"
            self.fail(f"Hier hoort {text!r}, maar {found}.")
        return self.next()

    def words(self) -> str:
        """A name; words in a row are one name, as nothing else in FEEL looks like that."""
        if self.token.kind != "name":
            self.fail(f"{self.token.text!r} is een vast woord." if self.keyword() else "")
        words = [self.next().text]
        while self.token.kind == "name":
            words.append(self.next().text)
        if words[0] == "not" and len(words) > 1:
            self.go(self.index - 1)
            self.fail("Schrijf haakjes na not: not(…).")
        return " ".join(words)

    def keyword(self) -> bool:
        """Whether the current token is a keyword."""
        return self.token.kind == "keyword"

    def argument_name(self) -> str:
        """The name before a colon, moved past with its colon; empty if none is here."""
        ahead = 0
        while self.peek(ahead).kind == "name":
            ahead += 1
        if not ahead or self.peek(ahead).text != ":" or self.peek(ahead).kind != "sign":
            return ""
        name = " ".join(self.next().text for _ in range(ahead))
        self.next()
        return name
