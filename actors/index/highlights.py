"""Cuts the pieces of a document's text that show why it was found."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from actors.index.matching import Rule, Span, find_ranges, text_rules, title_rules
from actors.index.messages import Highlight
from actors.index.query import Node

MAX_HIGHLIGHTS = 3
_SPACE = re.compile(r"\s")
_WIDTH = 200
_LEAD = 60
# A person reads three pieces; beyond this much text looking for more of them would cost more than the search.
_MAX_LETTERS = 3_000_000


def highlight(node: Node, title: str, language: str, pages: Iterable[str]) -> tuple[Highlight, ...]:
    """Show the finds in the title and the first few in the text."""
    result = list[Highlight]()
    if ranges := tuple(find_ranges(title, title_rules(node, language))):
        result.append(Highlight(0, title, ranges))
    result += _in_pages(pages, text_rules(node, language))
    return tuple(result)


def _in_pages(pages: Iterable[str], rules: tuple[Rule, ...]) -> list[Highlight]:
    result, letters = list[Highlight](), 0
    for number, text in enumerate(pages if rules else (), start=1):
        result += cut(number, text, find_ranges(text, rules), MAX_HIGHLIGHTS - len(result))
        letters += len(text)
        if len(result) == MAX_HIGHLIGHTS or letters > _MAX_LETTERS:
            break
    return result


def cut(page: int, text: str, finds: Iterable[Span], most: int) -> list[Highlight]:
    """Cut the first pieces of a text around finds: those near each other share a piece, and no word is cut in two."""
    pieces = list[Highlight]()
    for begin, limit, inside in islice(_pieces(text, finds), most):
        end = max(_word_end(text, limit), inside[-1][1])
        # White space of any kind becomes a space, one for one, so that ranges stay true.
        piece = _SPACE.sub(" ", text[begin:end])
        pieces.append(Highlight(page, piece, tuple((start - begin, stop - begin) for start, stop in inside)))
    return pieces


def _pieces(text: str, finds: Iterable[Span]) -> Iterator[tuple[int, int, list[Span]]]:
    """Share finds out among pieces: where each begins, where it has to end, and the finds in it."""
    begin = limit = 0
    inside = list[Span]()
    for find in finds:
        if inside and find[1] <= limit:
            inside.append(find)
            continue
        if inside:
            yield begin, limit, inside
        begin = _word_begin(text, max(0, find[0] - _LEAD))
        limit = max(begin + _WIDTH, find[1])
        inside = [find]
    if inside:
        yield begin, limit, inside


def _word_begin(text: str, at: int) -> int:
    """Move on to the next begin of a word, unless that is far."""
    if at == 0 or text[at - 1].isspace():
        return at
    return next((place + 1 for place in range(at, min(at + _LEAD // 2, len(text))) if text[place].isspace()), at)


def _word_end(text: str, at: int) -> int:
    """Move back to the end of a word, unless that is far."""
    if at >= len(text) or text[at].isspace():
        return min(at, len(text))
    return next((place for place in range(at, at - _LEAD // 2, -1) if text[place].isspace()), at)
