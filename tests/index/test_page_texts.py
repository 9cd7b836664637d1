"""Pages are read no further than somebody looks."""

from collections.abc import Sequence

import pytest

from actors.index.page_texts import FIRST_PAGES, pages_of
from actors.store.nouns.archive import DocumentId

LETTER, BOOK, GONE = DocumentId(1), DocumentId(2), DocumentId(3)


class Shelf:
    """Knows a letter and a book, and keeps what it was asked for."""

    def __init__(self, book_pages: int) -> None:
        self._texts = {LETTER: ["dear"], BOOK: [f"page {number}" for number in range(1, book_pages + 1)]}
        self.asked: list[tuple[Sequence[DocumentId], int, int]] = []

    def __call__(self, document_ids: Sequence[DocumentId], first: int, last: int) -> dict[DocumentId, list[str]]:
        self.asked.append((document_ids, first, last))
        return {each: self._texts[each][first - 1 : last] for each in document_ids if each in self._texts}


def test_the_first_pages_of_all_documents_are_read_at_once_and_no_others_are() -> None:
    shelf = Shelf(500)
    pages = pages_of([LETTER, BOOK, GONE], shelf)
    assert (list(pages[LETTER]), next(pages[BOOK]), list(pages[GONE])) == (["dear"], "page 1", [])
    assert shelf.asked == [([LETTER, BOOK, GONE], 1, FIRST_PAGES)]


@pytest.mark.parametrize("count", [0, 1, FIRST_PAGES - 1, FIRST_PAGES, FIRST_PAGES + 1, 9 * FIRST_PAGES, 9 * FIRST_PAGES + 1, 5_000])
def test_a_book_is_read_to_its_end_in_few_steps(count: int) -> None:
    shelf = Shelf(count)
    assert list(pages_of([BOOK], shelf)[BOOK]) == [f"page {number}" for number in range(1, count + 1)]
    assert len(shelf.asked) <= 5
