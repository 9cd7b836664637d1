"""Reads the pages of finds no further than they are looked at: the first pages of all at once, then those of one book in growing steps."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from actors.store.nouns.archive import DocumentId

# Most documents are no longer, and a word that finds a book stands on its first pages as a rule.
FIRST_PAGES = 8
_GROWTH = 8


class PageTexts(Protocol):
    """Knows what the pages of documents say: the index keeps no text, which halves it."""

    def __call__(self, document_ids: Sequence[DocumentId], first: int, last: int) -> Mapping[DocumentId, Sequence[str]]:
        """Give the texts of pages `first` to `last` of documents, as far as there are such pages; 1 is the first.

        A document without any may be left out.
        """


def pages_of(document_ids: Sequence[DocumentId], page_texts: PageTexts) -> dict[DocumentId, Iterator[str]]:
    """Give the texts of each document, page 1 first, read as they are asked for."""
    first_pages = page_texts(document_ids, 1, FIRST_PAGES)
    return {document_id: _pages(document_id, first_pages.get(document_id, ()), page_texts) for document_id in document_ids}


def _pages(document_id: DocumentId, texts: Sequence[str], page_texts: PageTexts) -> Iterator[str]:
    last = asked = FIRST_PAGES
    yield from texts
    while len(texts) == asked:
        asked *= _GROWTH
        texts = page_texts([document_id], last + 1, last + asked).get(document_id, ())
        last += asked
        yield from texts
