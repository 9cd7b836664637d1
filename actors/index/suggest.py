"""Completes what stands before the cursor: names of fields, their values, and words of the archive."""

import re
from dataclasses import dataclass

import tantivy

from actors.index.analysis import fold, words
from actors.index.completion import Completion, begins
from actors.index.fields import CUSTOM_PREFIX, FIELDS, find_field
from actors.index.messages import SuggestAnswer, Suggestion
from actors.index.names import Names
from actors.index.query import QUOTES, prefix
from actors.index.sight import Sight

_MAX_NAMES = 4
_LEAST_LETTERS = 3
_NAME = rf"[A-Za-z][\w.-]*|field\.[{QUOTES}][^{QUOTES}]+[{QUOTES}]"
_BEFORE = re.compile(rf"(?:({_NAME}):)?(?:=?([{QUOTES}])([^{QUOTES}]*)|([^\s(){QUOTES}]*))$")
_BEFORE_NAME = re.compile(rf"(?<![\w.])field\.(?:[{QUOTES}]([^{QUOTES}]*)|([\w.-]*))$")


@dataclass(frozen=True, slots=True)
class _Typed:
    """What is being typed: a word, and the field that it is a value of."""

    field: str
    word: str
    start: int


def suggest(searcher: tantivy.Searcher, names: Names, text: str, cursor: int, limit: int, sight: Sight) -> SuggestAnswer:
    """Complete the word before the cursor (code points; 0 is the end)."""
    head, completion = text[: cursor or len(text)], Completion(searcher, names, limit, sight)
    if naming := _BEFORE_NAME.search(head):
        return SuggestAnswer(tuple(_custom_names(names, naming[1] or naming[2] or "")[:limit]), naming.start())
    typed = _typed(head)
    if typed.field:
        field = find_field(typed.field, names)
        found = completion.values(field, typed.word) if field else []
    else:
        found = _names(typed.word) + _anywhere(completion, typed.word)
    return SuggestAnswer(tuple(found[:limit]), typed.start)


def _typed(head: str) -> _Typed:
    found = _BEFORE.search(head)
    if found is None:
        return _Typed("", "", len(head))
    field, quote, quoted, bare = found.groups()
    start, word = found.start(), quoted if quote else bare
    if not field and word.startswith("-"):
        start, word = start + 1, word[1:]
    return _Typed("".join(letter for letter in field or "" if letter not in QUOTES), word, start)


def _names(word: str) -> list[Suggestion]:
    names = [name for name in (*FIELDS, CUSTOM_PREFIX.rstrip(".")) if word and name.startswith(word.lower())]
    return [Suggestion(f"{name}." if f"{name}." == CUSTOM_PREFIX else f"{name}:", 0) for name in names[:_MAX_NAMES]]


def _custom_names(names: Names, begun: str) -> list[Suggestion]:
    return [Suggestion(prefix(CUSTOM_PREFIX + field.name), 0) for field in names.fields if begins(words(field.name), words(begun))]


def _anywhere(completion: Completion, word: str) -> list[Suggestion]:
    """List words of the whole archive; of its titles while so little is typed that half the dictionary would do."""
    return completion.words("body" if len(fold(word)) >= _LEAST_LETTERS else "title", word)
