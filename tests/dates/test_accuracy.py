"""How often the first candidate is the paper's date, on papers that the weights were not set by; and how often the first date is."""

import random
from collections.abc import Iterable

import pytest

from actors.dates.candidates import DateSource
from actors.dates.finder import find_dates
from tests.dates.letters import letters
from tests.dates.papers import HELD_OUT, TUNED, Paper, papers, read_badly

EACH, SEED = 6, 20


def accuracy(chosen: Iterable[Paper]) -> tuple[float, float, float]:
    """Give the shares of papers whose date comes first, is among the first three, and stands first in the text (what is ahead left out)."""
    first = offered = earliest = count = 0
    for paper in chosen:
        found = find_dates(paper.pages, paper.hints)
        days = [candidate.date for candidate in found]
        past = [one for one in found if one.source is DateSource.TEXT and one.date <= paper.today]
        count += 1
        first += days[:1] == [paper.day]
        offered += paper.day in days[:3]
        earliest += bool(past) and min(past, key=lambda one: (one.page, one.start)).date == paper.day
    return first / count, offered / count, earliest / count


def test_papers_of_another_hand_are_dated_right() -> None:
    first, offered, earliest = accuracy(papers(HELD_OUT, EACH, SEED))
    assert first >= 0.93, first
    assert offered >= 0.94, offered
    assert first - earliest >= 0.4, earliest


def test_papers_that_are_read_badly_are_dated_nearly_as_well() -> None:
    chance = random.Random(SEED)
    first, _, _ = accuracy(read_badly(paper, chance) for paper in papers(HELD_OUT, EACH, SEED))
    assert first >= 0.9, first


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "it", "nl", "pl", "pt"])
def test_no_language_is_left_behind(language: str) -> None:
    first, _, _ = accuracy(paper for paper in papers(HELD_OUT, EACH, SEED) if paper.language == language)
    assert first >= 0.7, first


def test_the_papers_that_the_weights_were_set_by_are_dated_right() -> None:
    assert min(accuracy(papers(TUNED, EACH, SEED))[0], accuracy(letters(EACH, SEED))[0]) >= 0.98
