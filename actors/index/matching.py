"""Which words of a text a query means: the same rules as in word_plan.py, for marking finds in the texts of one page of answers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import regex  # type: ignore[import-untyped]  # has no stubs; its fuzzy matching tells words within an edit distance

from actors.index.analysis import Token, is_paired, stems, tokens
from actors.index.hints import neighbourhoods
from actors.index.naming import LEAST_INFIX
from actors.index.phrases import phrase_variants
from actors.index.query import And, Match, Node, Not, Or, Phrase, Word

# Words in titles, labels and text without a field are marked wherever they stand; those of a field only there.
_IN_TEXT = frozenset({"", "text"})
_IN_TITLE = frozenset({"", "title"})

# Letters at the end of a stem that another inflection may have changed.
_ENDING = 3
# Words around a hint for each further word of a find: a dash between spaces looks like one.
_GAPS = 2
_WORDS_AT_ONCE = 24
# Letters of a region that holds little more than one word.
_NEARBY = 80
# Parts of one letter stand in nearly every word.
_LEAST_PART = 2

Test = Callable[[Token], bool]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rule:
    """Words in a row that are a find; without the letters of any of the `hints` there is none. No hints: nothing is sure."""

    tests: tuple[Test, ...]
    hints: frozenset[str]


@lru_cache(maxsize=64)
def text_rules(node: Node, language: str) -> tuple[Rule, ...]:
    """List what is marked in the text of a document in this language."""
    return _rules(node, language, _IN_TEXT)


@lru_cache(maxsize=64)
def title_rules(node: Node, language: str) -> tuple[Rule, ...]:
    """List what is marked in its title."""
    return _rules(node, language, _IN_TITLE)


def find_ranges(text: str, rules: tuple[Rule, ...]) -> Iterator[Span]:
    """Give the finds in a text, in order and without overlaps; adjoining words of a phrase are one find.

    The text is cut only as far as finds are asked for, and only where there may be some.
    """
    for begin, end in _regions(text, rules):
        region = text[begin:end]
        found = _finds_nearby(region, rules) if len(region) <= _NEARBY else _finds(region, rules)
        for start, stop in found:
            yield begin + start, begin + stop


@lru_cache(maxsize=8_192)
def _finds_nearby(text: str, rules: tuple[Rule, ...]) -> tuple[Span, ...]:
    """Remember the words that one query finds: they are the same ones again and again."""
    return tuple(_finds(text, rules))


def _finds(text: str, rules: tuple[Rule, ...]) -> Iterator[Span]:
    stream, carried, held = tokens(text), list[Token](), list[Span]()
    reach = max((len(rule.tests) for rule in rules), default=1) - 1
    while fresh := list(islice(stream, _WORDS_AT_ONCE)):
        found = carried + fresh
        held = _merged([*held, *(span for rule in rules for span in _spans(found, rule))])
        carried = found[-reach:] if reach else []
        # What reaches into the last words may overlap a find that is still to come: pairs of letters share one.
        edge = found[-max(reach, 1) :][0].start
        done = [span for span in held if span[1] <= edge]
        yield from done
        held = held[len(done) :]
    yield from held


def _spans(found: list[Token], rule: Rule) -> list[Span]:
    if len(rule.tests) == 1:
        test = rule.tests[0]
        return [(token.start, token.end) for token in found if test(token)]
    length = len(rule.tests)
    return [
        (found[at].start, found[at + length - 1].end)
        for at in range(len(found) - length + 1)
        if all(test(found[at + step]) for step, test in enumerate(rule.tests))
    ]


def _merged(spans: list[Span]) -> list[Span]:
    """Sort spans and unite those that overlap."""
    result = list[Span]()
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
    return Rule(tuple(_equals(word) for word in words), frozenset({max(words, key=len)}))


def _word_rules(word: Word, language: str) -> tuple[Rule, ...]:
    found = list(tokens(word.text))
    if not found:
        return ()
    together = "".join(token.text for token in found)
    if word.match in (Match.INFIX, Match.SUFFIX):
        return (Rule((_part(together, whole_end=word.match is Match.SUFFIX),), frozenset({together})),)
    if len(found) > 1:
        *head, last = [token.text for token in found]
        tests = (*map(_equals, head), _begins(last) if word.match is Match.PREFIX else _equals(last))
        return (Rule(tests, frozenset({max((*head, last), key=len)})), _row([together]))
    if word.match is Match.PREFIX:
        return (Rule((_begins(together),), frozenset({together})),)
    if word.fuzzy:
        return (Rule((_resembles(together, word.fuzzy),), _parts(together, word.fuzzy)),)
    return (_whole_word(found[0], language),)


def _whole_word(token: Token, language: str) -> Rule:
    """Mark a word, its inflections in the document's language, and longer words that it is a part of."""
    text, own = token.text, frozenset(stems([token.surface], language))
    inside = len(text) >= LEAST_INFIX or is_paired(text)
    shortest = min([text, *own], key=len)
    # Inflection changes the last letters of a word, so only the first ones are sure.
    hint = shortest[: max(1, min(3, len(shortest) - 1), len(shortest) - _ENDING)] if own else shortest

    def test(other: Token) -> bool:
        if hint not in other.text:
            return False
        return other.text == text or (inside and text in other.text) or (bool(own) and _stem(other.surface, language) in own)

    return Rule((test,), frozenset({hint}))


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


def _parts(text: str, distance: int) -> frozenset[str]:
    """Cut a word so that one part stays whole: each of the letters changed, or two exchanged, spoil two parts at most."""
    count = 2 * distance + 1
    if len(text) < _LEAST_PART * count:
        return frozenset()
    return frozenset(text[len(text) * at // count : len(text) * (at + 1) // count] for at in range(count))


def _regions(text: str, rules: tuple[Rule, ...]) -> Iterator[Span]:
    """Give the parts of a text that may hold a find, in order; the rest need not be cut into words."""
    if all(rule.hints for rule in rules):
        longest = max((len(rule.tests) for rule in rules), default=1)
        yield from neighbourhoods(text, frozenset().union(*(rule.hints for rule in rules)), _GAPS * (longest - 1))
    else:
        yield 0, len(text)
