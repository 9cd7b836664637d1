"""The words of many short names, in memory: found as a whole, by a part, or with letters wrong.

The names of labels are few beside the words of an archive, and change without the documents: so they are held here, cut and folded by the
same analysis, and the index knows nothing of them. What changes costs what is different, not what there is.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from actors.index.analysis import joined, tokens

Key = TypeVar("Key", bound=Hashable)
Keys = Mapping[str, tuple[Key, ...]]
Pairs = Iterable[tuple[str, Key]]

# Comes after every letter that a word may have.
_LAST = "\U0010ffff"
_LONGEST_WHOLE = 1_000


@dataclass(frozen=True, slots=True)
class Analysed:
    """A name as it is compared: its words in their order, its codes and compounds written together, and the whole of it."""

    words: tuple[str, ...]
    codes: tuple[str, ...]
    whole: str


class WordList(Generic[Key]):
    """Distinct words, each with the keys of the names that it stands in. Never changes."""

    def __init__(self, keys: Keys[Key], ordered: Sequence[str]) -> None:
        self._keys = keys
        self._ordered = ordered
        # One text: looking through it takes a tenth of the time that asking each word takes.
        self._text = "\n".join(("", *ordered, ""))

    def changed(self, gone: Pairs[Key], fresh: Pairs[Key]) -> "WordList[Key]":
        """Give the list without some words of names, and with others."""
        keys = rekeyed(self._keys, gone, fresh)
        ordered = sorted((*self._ordered, *(keys.keys() - self._keys.keys())))
        for word in self._keys.keys() - keys.keys():
            del ordered[bisect_left(ordered, word)]
        return WordList(keys, ordered)

    def keys(self, words: Iterable[str]) -> frozenset[Key]:
        """Give the keys of all names that any of these words stands in."""
        return frozenset(key for word in words for key in self._keys.get(word, ()))

    def beginning(self, text: str) -> Sequence[str]:
        """List the words that begin so."""
        return self._ordered[bisect_left(self._ordered, text) : bisect_left(self._ordered, text + _LAST)]

    def ending(self, text: str) -> Iterator[str]:
        """List the words that end so."""
        return self.containing(text + "\n")

    def containing(self, part: str) -> Iterator[str]:
        """List the words with this in them."""
        at = self._text.find(part)
        while at >= 0:
            end = self._text.index("\n", at)
            yield self._text[self._text.rindex("\n", 0, at) + 1 : end]
            at = self._text.find(part, end)

    def resembling(self, word: str, distance: int) -> Sequence[str]:
        """List the words with so many letters changed, left out, put in, or exchanged with their neighbours."""
        return [found for found, _, _ in extract(word, self._ordered, scorer=OSA.distance, score_cutoff=distance, limit=None)]


@dataclass(frozen=True, slots=True)
class Vocabulary(Generic[Key]):
    """Names by their keys, and all ways to find them."""

    names: Mapping[Key, str]
    analysed: Mapping[Key, Analysed]
    words: WordList[Key]
    codes: WordList[Key]
    wholes: Keys[Key]

    def changed(self, names: Mapping[Key, str]) -> "Vocabulary[Key]":
        """Give the vocabulary of other names."""
        gone = {key: self.analysed[key] for key, name in self.names.items() if names.get(key) != name}
        fresh = {key: analyse(name) for key, name in names.items() if self.names.get(key) != name}
        if not gone and not fresh:
            return self
        return Vocabulary(
            names=dict(names),
            analysed={**{key: one for key, one in self.analysed.items() if key not in gone}, **fresh},
            words=self.words.changed(_words(gone), _words(fresh)),
            codes=self.codes.changed(_codes(gone), _codes(fresh)),
            wholes=rekeyed(self.wholes, _wholes(gone), _wholes(fresh)),
        )

    def whole(self, text: str) -> frozenset[Key]:
        """Find the names that are this and nothing more."""
        return frozenset(self.wholes.get(analyse(text).whole, ()))

    def row(self, words: Sequence[str], last_begins: bool = False) -> frozenset[Key]:
        """Find the names with these words side by side; of the last one, the beginning is enough with `last_begins`."""
        *whole, last = words
        found = self.words.keys(self.words.beginning(last) if last_begins else (last,))
        for word in whole:
            found &= self.words.keys((word,))
        return frozenset(key for key in found if _holds(self.analysed[key].words, whole, last, last_begins)) if whole else found


def vocabulary_of(names: Mapping[Key, str]) -> Vocabulary[Key]:
    """Take names in."""
    no_words: WordList[Key] = WordList({}, ())
    nothing: Vocabulary[Key] = Vocabulary({}, {}, no_words, no_words, {})
    return nothing.changed(names)


def analyse(name: str) -> Analysed:
    """Cut a name into words as documents are cut."""
    found = list(tokens(name))
    words = tuple(token.text for token in found)
    return Analysed(words, tuple(joined(name, found)), (" ".join(words) or name.strip())[:_LONGEST_WHOLE])


def rekeyed(keys: Keys[Key], gone: Pairs[Key], fresh: Pairs[Key]) -> dict[str, tuple[Key, ...]]:
    """Take keys from words and give keys to words; a word without any is none."""
    result, lost, given = dict(keys), defaultdict[str, set[Key]](set), defaultdict[str, list[Key]](list)
    for word, key in gone:
        lost[word].add(key)
    for word, key in fresh:
        given[word].append(key)
    for word, some in lost.items():
        result[word] = tuple(key for key in result[word] if key not in some)
        if not result[word]:
            del result[word]
    for word, others in given.items():
        result[word] = (*result.get(word, ()), *others)
    return result


def _words(names: Mapping[Key, Analysed]) -> Iterator[tuple[str, Key]]:
    return ((word, key) for key, one in names.items() for word in dict.fromkeys(one.words))


def _codes(names: Mapping[Key, Analysed]) -> Iterator[tuple[str, Key]]:
    return ((code, key) for key, one in names.items() for code in dict.fromkeys(one.codes))


def _wholes(names: Mapping[Key, Analysed]) -> Iterator[tuple[str, Key]]:
    return ((one.whole, key) for key, one in names.items())


def _holds(row: tuple[str, ...], whole: list[str], last: str, last_begins: bool) -> bool:
    count = len(whole)
    for at in range(len(row) - count):
        if list(row[at : at + count]) == whole and (row[at + count].startswith(last) if last_begins else row[at + count] == last):
            return True
    return False
