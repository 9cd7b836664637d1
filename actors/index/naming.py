"""Which names a word or phrase of a query means: the rules of word_plan.py, for the names of labels and of options."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic

from actors.index.analysis import is_paired, tokens
from actors.index.phrases import phrase_variants
from actors.index.query import Match, Phrase, Word
from actors.index.vocabulary import Key, Vocabulary, WordList

# A word this long also finds words that it is a part of; shorter ones are parts of too much.
LEAST_INFIX = 4


@dataclass(frozen=True, slots=True)
class Named(Generic[Key]):
    """The keys of names with the word in them, and of those that have it as a part of a longer word alone."""

    exact: frozenset[Key]
    longer: frozenset[Key] = frozenset()


def named_by(node: Word | Phrase, vocabulary: Vocabulary[Key]) -> Named[Key] | None:
    """Find the names that are meant; None when there is no letter in the word."""
    if isinstance(node, Phrase):
        rows = phrase_variants(node.text)
        return Named(frozenset[Key]().union(*(vocabulary.row(row) for row in rows))) if rows else None
    if node.match is Match.WHOLE:
        return Named(vocabulary.whole(node.text))
    parts = [token.text for token in tokens(node.text)]
    return _Naming(node, parts, vocabulary).named() if parts else None


class _Naming(Generic[Key]):
    """One word, cut into its parts. Where no field is named, codes written together are looked for too, as in documents."""

    def __init__(self, word: Word, parts: list[str], vocabulary: Vocabulary[Key]) -> None:
        self._word = word
        self._parts = parts
        self._together = "".join(parts)
        self._vocabulary = vocabulary
        self._lists = (vocabulary.words,) if word.field else (vocabulary.words, vocabulary.codes)

    def named(self) -> Named[Key]:
        """Find the names in the way that the word's marks ask for."""
        match, text = self._word.match, self._together
        if match is Match.INFIX:
            return Named(self._with(lambda words: words.containing(text)))
        if match is Match.SUFFIX:
            return Named(self._with(lambda words: words.ending(text)))
        if len(self._parts) > 1:
            return self._row()
        if match is Match.PREFIX:
            return Named(self._with(lambda words: words.beginning(text)))
        if is_paired(text) and len(text) == 1:
            return Named(self._with(lambda words: _pairs_with(text, words)))
        if self._word.fuzzy:
            return Named(self._with(lambda words: words.resembling(text, self._word.fuzzy)))
        return self._with_longer(self._with(lambda _: (text,)))

    def _row(self) -> Named[Key]:
        begins, codes = self._word.match is Match.PREFIX, self._vocabulary.codes
        rows = self._vocabulary.row(self._parts, last_begins=begins)
        if self._word.field:
            return Named(rows)
        if begins:
            return Named(rows | codes.keys(codes.beginning(self._together)))
        return self._with_longer(rows | self._with(lambda _: (self._together,)))

    def _with_longer(self, exact: frozenset[Key]) -> Named[Key]:
        if len(self._together) < LEAST_INFIX or is_paired(self._together):
            return Named(exact)
        return Named(exact, self._with(lambda words: words.containing(self._together)) - exact)

    def _with(self, find: Callable[[WordList[Key]], Iterable[str]]) -> frozenset[Key]:
        return frozenset[Key]().union(*(words.keys(find(words)) for words in self._lists))


def _pairs_with(letter: str, words: WordList[Key]) -> list[str]:
    """List the pairs that a letter of a script without spaces may be one of."""
    return [word for word in words.containing(letter) if word.startswith(letter) or (len(word) == 2 and word.endswith(letter))]
