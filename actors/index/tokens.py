"""Reads the letters of a query: words with their marks, quoted text, ranges. Knows positions, not meaning."""

import re
from dataclasses import dataclass

from actors.index.errors import QueryError
from actors.index.query import QUOTES, Match

MAX_LENGTH = 4096
_FIELD = re.compile(r"([A-Za-z][\w.-]*):")
_CUSTOM_FIELD = re.compile(rf"field\.(?=[{QUOTES}])")
_FUZZY = re.compile(r"~(\d*)$")


@dataclass(frozen=True, slots=True)
class BareWord:
    """A word without quotes; `plain` when no mark or escape was in it, so that it may be a keyword."""

    text: str
    column: int
    match: Match = Match.WORD
    fuzzy: int = 0
    plain: bool = True


class Scanner:
    """Walks over a query once, from left to right."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise QueryError(MAX_LENGTH + 1, f"at most {MAX_LENGTH} characters", "the query is too long")
        self._text = text
        self._at = 0

    @property
    def column(self) -> int:
        """Where the next letter stands, counted from 1."""
        return self._at + 1

    def skip_space(self) -> None:
        """Pass over white space."""
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def peek(self, ahead: int = 0) -> str:
        """Look at a letter; '' beyond the end."""
        at = self._at + ahead
        return self._text[at] if at < len(self._text) else ""

    def take(self, letters: str) -> bool:
        """Pass over these letters when they come next."""
        if not self.at(letters):
            return False
        self._at += len(letters)
        return True

    def at(self, letters: str) -> bool:
        """Tell whether these letters come next."""
        return self._text.startswith(letters, self._at)

    def at_quote(self) -> bool:
        """Tell whether a quoted text comes next."""
        return self.peek() != "" and self.peek() in QUOTES

    def take_field(self) -> str | None:
        """Pass over a field's name and its colon; None when a plain word comes next (`http://…`, `12:30`, `Re: …`)."""
        if found := _CUSTOM_FIELD.match(self._text, self._at):
            begin = self._at
            self._at = found.end()
            name = self.quoted()
            if name and self.take(":"):
                return f"field.{name}"
            raise QueryError(begin + 1, 'field."NAME":value', "a custom field without a name or value")
        found = _FIELD.match(self._text, self._at)
        if found is None or self._text.startswith("//", found.end()):
            return None
        self._at = found.end()
        return found[1]

    def untake(self, column: int) -> None:
        """Go back to a column."""
        self._at = column - 1

    def quoted(self) -> str:
        """Read a text in quotes; a backslash takes the next letter as it is."""
        begin, letters = self._at, list[str]()
        self._at += 1
        while self._at < len(self._text):
            letter = self._text[self._at]
            if letter in QUOTES:
                self._at += 1
                return "".join(letters)
            if letter == "\\" and self._at + 1 < len(self._text):
                self._at += 1
                letter = self._text[self._at]
            letters.append(letter)
            self._at += 1
        raise QueryError(begin + 1, 'a closing "', "a quote that is never closed")

    def bracketed(self) -> str:
        """Read what stands up to the closing bracket."""
        end = self._text.find("]", self._at)
        if end < 0:
            raise QueryError(self._at, "a closing ]", "a range that is never closed")
        inner = self._text[self._at : end]
        self._at = end + 1
        return inner

    def verbatim(self) -> str:
        """Read a value up to white space, a parenthesis or a quote, marks and all."""
        begin = self._at
        while (letter := self.peek()) and not letter.isspace() and letter not in "()" and letter not in QUOTES:
            self._at += 1
        return self._text[begin : self._at]

    def word(self) -> BareWord:
        """Read a word up to white space, a parenthesis or a quote, and take its marks off."""
        column, letters = self.column, list[str]()
        plain, raw = True, ""
        while (letter := self.peek()) and not letter.isspace() and letter not in "()" and letter not in QUOTES:
            self._at += 1
            if letter == "\\" and self.peek():
                letter, plain = self.peek(), False
                self._at += 1
                raw += "\\"  # stands for one escaped letter, so that marks are found in `raw` alone
            else:
                raw += letter
            letters.append(letter)
        return _marked("".join(letters), raw, column, plain)


def _marked(text: str, raw: str, column: int, plain: bool) -> BareWord:
    """Take `*` and `~` off a word. `raw` is the text with a backslash for each escaped letter, of the same length."""
    fuzzy = 0
    if found := _FUZZY.search(raw):
        fuzzy = {"": 1, "1": 1, "2": 2}.get(found[1], 0)
        if not fuzzy or not found.start():
            raise QueryError(column + found.start(), "word~ or word~2", "a fuzzy word without its word or with another distance")
        text, raw = text[: found.start()], raw[: found.start()]
    leading, trailing = raw.startswith("*"), raw.endswith("*") and len(raw) > 1
    if fuzzy and (leading or trailing):
        raise QueryError(column, "either * or ~", "a word that is both a part and fuzzy")
    stripped = text[int(leading) : len(text) - int(trailing)]
    kind = {(False, False): Match.WORD, (False, True): Match.PREFIX, (True, False): Match.SUFFIX, (True, True): Match.INFIX}[
        leading, trailing
    ]
    if trailing and not stripped:  # `**` is a lone star
        kind = Match.SUFFIX
    return BareWord(stripped, column, kind, fuzzy, plain and raw == text and not (fuzzy or leading or trailing))
