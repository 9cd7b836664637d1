"""Which words of a text a query means: the same rules as in word_plan.py, for marking finds in the texts of one page of answers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import regex  # type: ignore[import-untyped]  # has no stubs; its fuzzy matching tells words within an edit distance

from actors.index.analysis import Token, is_paired, skeleton, stems, tokens
from actors.index.phrases import phrase_variants
from actors.index.query import And, Match, Node, Not, Or, Phrase, Word
from actors.index.word_plan import LEAST_INFIX

# Words in titles, labels and text without a field are marked wherever they stand; those of a field only there.
_IN_TEXT = frozenset({"", "text"})
_IN_TITLE = frozenset({"", "title"})

Test = Callable[[Token], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """Words in a row that are a find; `hint` is a part of the text's skeleton without which there is no find, '' when nothing is sure."""

    tests: tuple[Test, ...]
    hint: str


def text_rules(node: Node, language: str) -> tuple[Rule, ...]:
    """List what is marked in the text of a document in this language."""
    return _rules(node, language, _IN_TEXT)


def title_rules(node: Node, language: str) -> tuple[Rule, ...]:
    """List what is marked in its title."""
    return _rules(node, language, _IN_TITLE)


def find_ranges(text: str, rules: tuple[Rule, ...]) -> list[tuple[int, int]]:
    """List the finds in a text, in order, without overlaps; adjoining words of a phrase are one find."""
    found = list(tokens(text))
    spans = list[tuple[int, int]]()
    for rule in rules:
        length = len(rule.tests)
        spans += [
            (found[at].start, found[at + length - 1].end)
            for at in range(len(found) - length + 1)
            if all(test(found[at + step]) for step, test in enumerate(rule.tests))
        ]
    return merged(spans)


def merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sort spans and unite those that overlap."""
    result = list[tuple[int, int]]()
    for start, end in sorted(spans):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _rules(node: Node, language: str, fields: frozenset[str]) -> tuple[Rule, ...]:
    match node:
        case And() | Or():
            return tuple(rule for inner in node.nodes for rule in _rules(inner, language, fields))
        case Word() if node.field in fields:
            return _word_rules(node, language)
        case Phrase() if node.field in fields:
            return tuple(_row(row) for row in phrase_variants(node.text))
        case Not() | _:
            return ()


def _row(words: list[str]) -> Rule:
    return Rule(tuple(_equals(word) for word in words), skeleton(max(words, key=len)))


def _word_rules(word: Word, language: str) -> tuple[Rule, ...]:
    found = list(tokens(word.text))
    if not found:
        return ()
    together = "".join(token.text for token in found)
    if word.match in (Match.INFIX, Match.SUFFIX):
        return (Rule((_part(together, whole_end=word.match is Match.SUFFIX),), skeleton(together)),)
    if len(found) > 1:
        *head, last = [token.text for token in found]
        tests = (*map(_equals, head), _begins(last) if word.match is Match.PREFIX else _equals(last))
        return (Rule(tests, skeleton(max((*head, last), key=len))), _row([together]))
    if word.match is Match.PREFIX:
        return (Rule((_begins(together),), skeleton(together)),)
    if word.fuzzy:
        return (Rule((_resembles(together, word.fuzzy),), ""),)
    return (_whole_word(found[0], language),)


def _whole_word(token: Token, language: str) -> Rule:
    """Mark a word, its inflections in the document's language, and longer words that it is a part of."""
    text, own = token.text, frozenset(stems([token.surface], language))
    inside = len(text) >= LEAST_INFIX or is_paired(text)

    def test(other: Token) -> bool:
        return other.text == text or (inside and text in other.text) or (bool(own) and _stem(other.surface, language) in own)

    shortest = skeleton(min([text, *own], key=len))
    # Inflection changes the end of a word, so only its first letters are sure.
    return Rule((test,), shortest[: max(1, min(3, len(shortest) - 1))] if own else shortest)


@lru_cache(maxsize=16_384)
def _stem(surface: str, language: str) -> str:
    return next(iter(stems([surface], language)), "")


def _equals(text: str) -> Test:
    return lambda token: token.text == text


def _begins(text: str) -> Test:
    return lambda token: token.text.startswith(text)


def _part(text: str, whole_end: bool) -> Test:
    return lambda token: token.text.endswith(text) if whole_end else text in token.text


def _resembles(text: str, distance: int) -> Test:
    """Allow `distance` letters changed, left out, put in, or two neighbours exchanged."""
    swapped = {text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(len(text) - 1)}
    ways = [f"(?:{text}){{e<={distance}}}", *(f"(?:{way}){{e<={distance - 1}}}" for way in sorted(swapped))]
    pattern = regex.compile("|".join(ways), regex.BESTMATCH)
    return lambda token: abs(len(token.text) - len(text)) <= distance and pattern.fullmatch(token.text) is not None


def may_match(text: str, rules: tuple[Rule, ...]) -> bool:
    """Tell quickly whether a text may hold a find, so that the pages of a long document need not all be cut into words."""
    if any(not rule.hint for rule in rules):
        return True
    letters = skeleton(text)
    return any(rule.hint in letters for rule in rules)
