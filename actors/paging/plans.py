"""From what a person asks of pages to an order that can be carried out, or a refusal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actors.paging.errors import PagesLocked, PagesRefused
from actors.paging.wording import words_of_edit, words_of_joining
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.page_orders import Outcome, PageOrder, Part, Piece, TurnedPage

# As many as a document may have by itself: each page of an order is read.
MOST_PAGES = 5_000
MOST_PARTS = 500
TURNS = (0, 90, 180, 270)


@dataclass(frozen=True, slots=True)
class Source:
    """A document whose pages are asked for."""

    document_id: DocumentId
    version: int
    page_count: int
    encrypted: bool = False
    signed: bool = False
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """Pages of a document; all of them, as they are, where none is named."""

    source: Source
    pages: tuple[TurnedPage, ...] = ()


def edit(source: Source, pages: Sequence[TurnedPage]) -> PageOrder:
    """Order a version of exactly these pages; raises PagesRefused, PagesLocked."""
    if not pages:
        raise PagesRefused("pages", "names no page: a document keeps one at the least; delete it instead")
    piece = _piece(Wish(source, tuple(pages)), "pages")
    if piece.pages == all_pages(source):
        raise PagesRefused("pages", "names all pages as they are: nothing would change")
    return PageOrder(Outcome.VERSION, source.document_id, ((piece,),), words_of_edit(source.page_count, piece.pages))


def join(wishes: Sequence[Wish], subject: DocumentId, outcome: Outcome, discard: bool) -> PageOrder:
    """Order one document, or a version of the subject, of the pages of several; raises PagesRefused, PagesLocked."""
    pieces = tuple(_piece(wish, f"sources[{number}].pages") for number, wish in enumerate(wishes))
    documents = [piece.document_id for piece in pieces]
    if len(set(documents)) < 2:
        raise PagesRefused("sources", "names one document alone: to change its pages, edit or split it")
    if len(set(documents)) < len(documents):
        raise PagesRefused("sources", "names a document twice: name each once, with all its pages")
    if subject not in documents:
        raise PagesRefused("subject_id", f"is {subject}, which is none of the documents that are joined")
    _check_size(pieces, "sources")
    label = words_of_joining([document for document in documents if document != subject]) if outcome is Outcome.VERSION else ""
    return PageOrder(outcome, subject, (pieces,), label, discard)


def split(source: Source, groups: Sequence[Sequence[TurnedPage]], discard: bool) -> PageOrder:
    """Order a document of each group of pages; raises PagesRefused, PagesLocked."""
    if not groups or not all(groups):
        raise PagesRefused("parts", "has a part without pages: each becomes a document, and needs one at the least")
    if len(groups) > MOST_PARTS:
        raise PagesRefused("parts", f"has {len(groups)} parts; {MOST_PARTS} are allowed")
    parts: tuple[Part, ...] = tuple((_piece(Wish(source, tuple(group)), f"parts[{number}]"),) for number, group in enumerate(groups))
    if len(parts) == 1 and parts[0][0].pages == all_pages(source):
        raise PagesRefused("parts", "names all pages as one part: nothing would be split")
    _check_size((piece for part in parts for piece in part), "parts")
    return PageOrder(Outcome.DOCUMENTS, source.document_id, parts, discard=discard)


def all_pages(source: Source) -> tuple[TurnedPage, ...]:
    """Give all pages of a document as they are."""
    return tuple(TurnedPage(number) for number in range(1, source.page_count + 1))


def _piece(wish: Wish, field: str) -> Piece:
    source = wish.source
    _check_source(source)
    pages = wish.pages or all_pages(source)
    seen = set[int]()
    for page in pages:
        if not 1 <= page.number <= source.page_count:
            raise PagesRefused(field, f"names page {page.number}; document {source.document_id} has {_count(source.page_count)}")
        if page.number in seen:
            raise PagesRefused(field, f"names page {page.number} twice")
        if page.turn not in TURNS:
            raise PagesRefused(field, f"turns page {page.number} by {page.turn} degrees; it can be 90, 180 or 270")
        seen.add(page.number)
    return Piece(source.document_id, source.version, pages)


def _check_source(source: Source) -> None:
    """Refuse a document whose pages cannot be taken out."""
    words = ""
    if source.encrypted:
        words = "is locked with a password: unlock it, take its archive PDF out, and put that in as a new document"
    elif source.signed:
        words = "is signed, and other pages would not be: print it into a new PDF, and put that in"
    elif source.is_text:
        words = "is a text, whose pages are only drawn: change the text, and put that in"
    elif not source.page_count:
        words = "has no pages that could be read: its job says why"
    if words:
        raise PagesLocked(source.document_id, f"document {source.document_id} {words}")


def _check_size(pieces: Iterable[Piece], field: str) -> None:
    total = sum(len(piece.pages) for piece in pieces)
    if total > MOST_PAGES:
        raise PagesRefused(field, f"has {total:,} pages in all; {MOST_PAGES:,} are allowed: ask for some of them at a time")


def _count(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages} pages"
