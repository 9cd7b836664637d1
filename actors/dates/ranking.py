"""How likely a date is the document's: one weight for each thing that speaks for it or against it, in log-odds."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from actors.dates.cues import CLEAR
from actors.dates.forms import Form
from actors.dates.headings import find_cue
from actors.dates.layout import Beside, Page
from actors.dates.vocabulary import Meaning, Vocabulary

# A date of which nothing is known is the document's in about one of four (measured on the letters that the tests write).
_NOTHING_KNOWN = -1.2

_MEANINGS: Mapping[Meaning, float] = {
    Meaning.ISSUED: 3.0,
    Meaning.PLAIN: 1.6,
    Meaning.DOCUMENT: 1.8,
    Meaning.ORDERED: -0.8,
    Meaning.PAID: -1.2,
    Meaning.RECEIVED: -1.2,
    Meaning.EVENT: -1.6,
    Meaning.PRINTED: -1.6,
    Meaning.DELIVERED: -1.6,
    Meaning.PERIOD: -2.0,
    Meaning.VERSION: -2.0,
    Meaning.REFERENCE: -2.0,
    Meaning.SINCE: -2.5,
    Meaning.LAW: -2.5,
    Meaning.DUE: -3.0,
    Meaning.UNTIL: -3.0,
    Meaning.BORN: -4.0,
}
# What is less likely has words beside it that say it is another date.
REFUSED = 0.15
_MOST_REASONS = 4
_AGAIN = 0.3
_DATELINE, _ALONE, _WITH_TIME = 1.8, 0.9, 0.6
_IN_RANGE, _IN_ROW, _AT_FEET = -2.0, -1.5, -1.5
_FORMS: Mapping[Form, float] = {Form.MONTH: -1.5, Form.SPACED: -0.8, Form.SHORT: -0.3}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that speaks for a date, or against it where `weight` is below 0; `words` tell it to a person."""

    weight: float
    words: str


def score(evidence: Iterable[Evidence]) -> float:
    """Turn what is known of a date into its probability."""
    return round(1 / (1 + math.exp(-_NOTHING_KNOWN - sum(one.weight for one in evidence))), 3)


def is_refused(evidence: Iterable[Evidence]) -> bool:
    """Tell whether a date's own words say that it is not the document's."""
    return score(evidence) < REFUSED


def reason(evidence: Iterable[Evidence]) -> str:
    """Tell what counted, the weightiest first."""
    told = sorted((one for one in evidence if one.words), key=lambda one: -abs(one.weight))
    return ", ".join(one.words for one in told[:_MOST_REASONS])


def weigh(page: Page, pages: int, index: int, form: Form, known: Vocabulary) -> list[Evidence]:
    """Collect what a page, one of so many, tells of one of its dates."""
    beside = page.beside(index)
    evidence = [_place(page, pages, beside)]
    if form in _FORMS:
        evidence.append(Evidence(_FORMS[form], "without a day" if form is Form.MONTH else ""))
    if page.is_in_range(beside):
        return [*evidence, Evidence(_IN_RANGE, "an end of a period")]
    cue = find_cue(page, index, beside, known)
    if cue is not None:
        said, where = cue
        evidence.append(Evidence(_MEANINGS[said.meaning] * said.strength, f"'{said.words}' {where}"))
        if said.strength >= CLEAR:
            return evidence
    return [*evidence, *_kind_of_line(page, beside)]


def _place(page: Page, pages: int, beside: Beside) -> Evidence:
    if page.number > 1:
        return Evidence(-0.3 if page.number == pages else -0.6, f"page {page.number}")
    third = 0 if page.lines < 6 else 3 * beside.line // page.lines
    return Evidence((0.8, 0.2, -0.2)[third], ("top of page 1", "middle of page 1", "foot of page 1")[third])


def _kind_of_line(page: Page, beside: Beside) -> list[Evidence]:
    if page.is_in_row(beside):
        return [Evidence(_IN_ROW, "in a row of a table")]
    if page.is_dateline(beside):
        return [Evidence(_DATELINE, "a place before it")]
    evidence = []
    if page.stands_alone(beside):
        evidence.append(Evidence(_ALONE, "alone in its line"))
    if page.has_time(beside):
        evidence.append(Evidence(_WITH_TIME, "a time behind it"))
    return evidence


def plausibility(day: date, newest: date, today: date) -> list[Evidence]:
    """Judge a date by its age, and beside the newest one of the document that is not ahead."""
    ahead = (day - today).days
    if ahead > 3:
        weight = -4.0 if ahead > 400 else -2.5 if ahead > 45 else -1.0
        return [Evidence(weight, "still to come")]
    evidence = [Evidence(-0.12 * math.log2(1 + max(0, -ahead) / 365), "")]
    if (newest - day).days > 3 * 365:
        evidence.append(Evidence(-0.8, "years before another one"))
    return evidence


def repetition(at_feet: int, pages: int) -> list[Evidence]:
    """Judge a date that stands at the foot of so many pages: it is of the form, or of the printing."""
    return [Evidence(_AT_FEET, "at the foot of every page")] if at_feet > 1 and 2 * at_feet >= pages else []


def agreement(day: date, in_name: date | None, mail_date: date | None) -> list[Evidence]:
    """Judge a date by what the file name and the mail say: an invoice is mailed on its day, or some days after."""
    evidence = []
    if day == in_name:
        evidence.append(Evidence(0.8, "also in the file name"))
    if mail_date is not None and 0 <= (mail_date - day).days <= 3:
        evidence.append(Evidence(1.0 if mail_date == day else 0.6, "near the mail's date"))
    return evidence


def again(likelihood: float, times: int) -> float:
    """Raise the probability of a date that is told so many more times."""
    odds = likelihood / (1 - likelihood) * math.exp(_AGAIN * min(times, 2))
    return round(odds / (1 + odds), 3)
