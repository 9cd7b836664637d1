"""What was done to pages is said as a person would."""

import pytest

from actors.paging.wording import words_of_edit, words_of_joining
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.page_orders import TurnedPage


@pytest.mark.parametrize(
    ("count", "wanted", "words"),
    [
        (4, [(1, 0), (2, 90), (3, 90)], "pages 2 and 3 turned, page 4 left out"),
        (3, [(1, 180), (2, 270), (3, 0)], "page 1 turned upside down, page 2 turned to the left"),
        (9, [(1, 0), (9, 0)], "pages 2 to 8 left out"),
        (2, [(2, 0), (1, 0)], "in another order"),
        (40, [(number, 0) for number in range(1, 41, 2)], "20 pages left out"),
        (7, [(7, 0), (6, 90), (1, 0)], "page 6 turned, pages 2 to 5 left out, in another order"),
    ],
)
def test_an_edit_in_words(count: int, wanted: list[tuple[int, int]], words: str) -> None:
    assert words_of_edit(count, [TurnedPage(*one) for one in wanted]) == words


def test_joining_in_words() -> None:
    assert words_of_joining([DocumentId(7)]) == "joined with document 7"
    assert words_of_joining([DocumentId(one) for one in (7, 9, 12)]) == "joined with documents 7, 9 and 12"
