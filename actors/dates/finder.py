"""The dates that a document may bear, ranked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from actors.dates.candidates import DateCandidate, DateHints, DateSource
from actors.dates.file_names import find_in_name
from actors.dates.layout import Page
from actors.dates.orders import OLDEST, Settled, settle
from actors.dates.ranking import REFUSED, Evidence, again, agreement, is_refused, plausibility, reason, repetition, score, weigh
from actors.dates.scanner import scan
from actors.dates.vocabulary import Vocabulary, vocabulary

# The date of a long document stands on its first pages or before its signature.
_FIRST_PAGES = 20
_LAST_PAGES = 2
# Marks of a country stand in the head of a letter.
_LETTERS_OF_HEAD = 6_000
_MAIL_DATE, _FILE_DATE = 0.2, 0.1
# What is left to a date whose numbers may be read in the other order, too.
_OTHER_ORDER = 0.3


def find_dates(pages: Sequence[str], hints: DateHints) -> tuple[DateCandidate, ...]:
    """List the dates that a document may bear, the likeliest first, each day once."""
    known = vocabulary(hints.language)
    name = find_in_name(hints)
    candidates = [*_in_text(pages, hints, known, name), *([name] if name else []), *_fallbacks(hints)]
    return tuple(_each_day_once(candidates))


def _in_text(pages: Sequence[str], hints: DateHints, known: Vocabulary, name: DateCandidate | None) -> list[DateCandidate]:
    standing = _standing(pages, hints, known)
    told = [weigh(one.page, len(pages), one.index, one.settled.written.form, known) for one in standing]
    likely = [one.day for one, evidence in zip(standing, told, strict=True) if one.day <= hints.today and not is_refused(evidence)]
    newest = max(likely, default=OLDEST)
    feet = Counter(day for day, _ in {(one.day, one.page.number) for one in standing if one.page.is_at_foot(one.page.beside(one.index))})
    candidates: list[DateCandidate] = []
    for one, evidence in zip(standing, told, strict=True):
        evidence += plausibility(one.day, newest, hints.today)
        evidence += repetition(feet[one.day], len(pages))
        evidence += agreement(one.day, name.date if name else None, hints.mail_date)
        candidates += _candidates(one, evidence, hints)
    return candidates


@dataclass(frozen=True, slots=True)
class _Standing:
    page: Page
    index: int
    settled: Settled

    @property
    def day(self) -> date:
        return self.settled.day


def _standing(pages: Sequence[str], hints: DateHints, known: Vocabulary) -> list[_Standing]:
    """List every date of the pages that is a day, and none to be ignored."""
    laid_out = [Page(number, pages[number - 1], scan(pages[number - 1], known.months)) for number in _numbers(len(pages))]
    head = "\n".join(page.text[:_LETTERS_OF_HEAD] for page in laid_out[:2])
    settled = settle([written for page in laid_out for written in page.found], head, hints)
    places = [(page, index) for page in laid_out for index in range(len(page.found))]
    days = zip(places, settled, strict=True)
    return [_Standing(page, index, one) for (page, index), one in days if one is not None and one.day not in hints.ignored]


def _numbers(count: int) -> list[int]:
    """Choose the pages to look at."""
    return [number for number in range(1, count + 1) if number <= _FIRST_PAGES or number > count - _LAST_PAGES]


def _candidates(one: _Standing, evidence: Sequence[Evidence], hints: DateHints) -> Iterator[DateCandidate]:
    page, settled = one.page, one.settled
    start, end = settled.written.start, settled.written.end
    likelihood = score(evidence)
    words = page.text[start:end]
    yield DateCandidate(settled.day, likelihood, DateSource.TEXT, reason(evidence), page.number, start, end, words)
    if settled.other is not None and settled.other not in hints.ignored and settled.other <= hints.today:
        other = round(likelihood * _OTHER_ORDER, 3)
        yield DateCandidate(settled.other, other, DateSource.TEXT, "day and month in the other order", page.number, start, end, words)


def _fallbacks(hints: DateHints) -> Iterator[DateCandidate]:
    for day, likelihood, source, words in (
        (hints.mail_date, _MAIL_DATE, DateSource.MAIL, "the mail's date"),
        (hints.file_date, _FILE_DATE, DateSource.FILE, "the file's date"),
    ):
        if day is not None and day not in hints.ignored:
            yield DateCandidate(day, likelihood, source, words)


def _each_day_once(candidates: Iterable[DateCandidate]) -> list[DateCandidate]:
    """Keep the best candidate of each day, the earlier one where they are alike; a day that is told again is a little likelier."""
    days: dict[date, list[DateCandidate]] = {}
    for candidate in candidates:
        days.setdefault(candidate.date, []).append(candidate)
    best = [_joined(fellows) for fellows in days.values()]
    return sorted(best, key=lambda candidate: -candidate.score)


def _joined(fellows: Sequence[DateCandidate]) -> DateCandidate:
    best = max(fellows, key=lambda candidate: candidate.score)
    times = sum(candidate.score >= REFUSED for candidate in fellows if candidate.source is DateSource.TEXT) - 1
    if best.source is not DateSource.TEXT or times < 1:
        return best
    return replace(best, score=again(best.score, times), reason=f"{best.reason}, stands {times + 1} times")
