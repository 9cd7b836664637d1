"""The words and phrases that a pattern names, and where a text has them."""

import re
from dataclasses import dataclass

from actors.matching.folding import fold, inside_word, normal, squeeze, words

# As keyboards and phones type them.
_QUOTES = '"“”„'
_TERM = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]+)[{_QUOTES}]|(\S+)")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase in the form that is compared.

    It begins and ends where words do, but only at an end of its own that is in a word: `C++` may stand before anything.
    """

    text: str
    words: tuple[str, ...]
    opens: bool
    closes: bool

    @property
    def is_word(self) -> bool:
        """Tell whether it is one word and no more, so that a text has it exactly when that is among its words."""
        return self.words == (self.text,)

    def occurs(self, text: str) -> bool:
        """Tell whether a comparable text has it."""
        at = text.find(self.text)
        while at >= 0:
            end = at + len(self.text)
            opened = not self.opens or not inside_word(text[max(at - 1, 0) : at])
            if opened and not (self.closes and inside_word(text[end : end + 1])):
                return True
            at = text.find(self.text, at + 1)
        return False


def term(spelling: str, case_sensitive: bool) -> Term | None:
    """Read one word or phrase; None where nothing is left to look for."""
    text = squeeze(normal(spelling))
    if not text:
        return None
    text = text if case_sensitive else fold(text)
    return Term(text, tuple(words(text)), inside_word(text[0]), inside_word(text[-1]))


def spellings(pattern: str) -> list[str]:
    """Cut a pattern into its words and quoted phrases, as they are written.

    A comma or semicolon between words parts them; a quote without a fellow is none. Those that are empty are left out.
    """
    found = []
    for phrase, word in _TERM.findall(pattern):
        if spelling := phrase.strip() or word.strip(f"{_QUOTES},;"):
            found.append(spelling)
    return list(dict.fromkeys(found))
