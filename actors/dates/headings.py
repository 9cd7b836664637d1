"""Which words head a date: before it, above its column, in a block of labels, or behind it."""

import re

from actors.dates.cues import CLEAR, Cue, cue_after, cue_before, heads_in
from actors.dates.layout import BESIDE, NO_WORDS, Beside, Page
from actors.dates.vocabulary import Vocabulary

# Lines of a block of labels or values.
_MOST_LABELS = 12

_LABEL = re.compile(r"[^\d\n]*[^\W\d_][^\d\n]*")
_LABEL_BELOW = re.compile(r"[^\d\n]*[^\W\d_][^\d\n]*:\s*")
_VALUE = re.compile(r".*\d")


def find_cue(page: Page, index: int, beside: Beside, known: Vocabulary) -> tuple[Cue, str] | None:
    """Find the words that say what a date is, and where they stand."""
    before = cue_before(beside.head, known, whole_line=beside.first and len(beside.head) < BESIDE)
    if (before is not None and before.strength >= CLEAR) or page.is_in_row(beside) or page.is_dateline(beside):
        return (before, "before it") if before else None
    if above := _above(page, index, beside, known):
        return above, "above it"
    if before is not None:
        return before, "before it"
    if page.stands_alone(beside) and (below := _label_below(page, beside, known)):
        return below, "in the labels below"
    after = cue_after(beside.tail, known) if beside.tail else None
    return (after, "behind it") if after else None


def _above(page: Page, index: int, beside: Beside, known: Vocabulary) -> Cue | None:
    """Find what heads a date's column, or ends the line above where the date begins its own."""
    if page.stands_alone(beside) and (label := _label_above(page, beside, known)):
        return label
    above = _line_above(page, beside.line)
    if above is None or page.has_dates(above):
        return None
    line = page.line(above)
    heads = heads_in(line, known)
    if len(heads) > 1 or (heads and beside.column > 0):
        fellows = page.fellows(beside)
        if len(heads) == len(fellows):
            return heads[fellows.index(index)][0]
        return min(heads, key=lambda head: abs(head[1] - beside.column))[0]
    begins = beside.first and NO_WORDS.fullmatch(beside.head) and above == beside.line - 1
    return cue_before(line[-BESIDE:], known, whole_line=len(line) < BESIDE) if begins else None


def _line_above(page: Page, number: int) -> int | None:
    """Find the line above that has something in it; an empty line or a rule may lie between."""
    return next((above for above in (number - 1, number - 2) if above >= 0 and any(map(str.isalnum, page.line(above)))), None)


def _label_above(page: Page, beside: Beside, known: Vocabulary) -> Cue | None:
    """Find the label where labels stand first, line by line, and then as many values in the same order."""
    first = _run(page, beside.line, -1, _VALUE)
    labels = first - _run(page, first, -1, _LABEL)
    values = _run(page, beside.line, 1, _VALUE) - first + 1
    return cue_before(page.line(beside.line - values), known) if labels >= values > 1 else None


def _label_below(page: Page, beside: Beside, known: Vocabulary) -> Cue | None:
    """Find the label where the values stand first, and then their labels in the same order, each with a colon."""
    last = _run(page, beside.line, 1, _VALUE)
    labels = _run(page, last, 1, _LABEL_BELOW) - last
    values = last - _run(page, beside.line, -1, _VALUE) + 1
    return cue_before(page.line(beside.line + labels), known) if values >= labels > last - beside.line else None


def _run(page: Page, line: int, step: int, kind: re.Pattern[str]) -> int:
    """Give the last line up or down, from one on, that is of a kind without a break."""
    for _ in range(_MOST_LABELS):
        if not 0 <= line + step < page.lines or not kind.fullmatch(page.line(line + step)):
            break
        line += step
    return line
