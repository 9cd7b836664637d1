"""Whether an answer can be true: the decoder that gave it has handled a stranger's file."""

from collections.abc import Iterator, Sequence

from actors.invoices.facts import invoice_oddity
from actors.ocr.messages import (
    BarcodesRead,
    DocumentBound,
    DocumentConverted,
    DocumentInspected,
    ExtractPage,
    FilesUnpacked,
    InspectDocument,
    LetterFacts,
    Notice,
    PageRead,
    PageSource,
    ReadBarcodes,
    ReadPage,
    RenderPage,
    Word,
)

# Bounds that no honest answer reaches. A page of the smallest print has some ten thousand words.
MOST_WORDS = 200_000
MOST_TEXT = 20_000_000
MOST_PICTURE_BYTES = 64 << 20
MOST_NOTICES = 1_000
MOST_BARCODES = 10_000
MOST_READINGS = 100
TURNS = frozenset({0, 90, 180, 270})
EMPTY_OR_WEBP = (b"", b"RIFF")


def oddity(argument: object, answer: object) -> str:
    """Say what can't be true of the answer to a call; '' when nothing is odd."""
    match argument, answer:
        case ReadPage(), PageRead():
            found = _page_read(argument, answer)
        case ReadBarcodes(), BarcodesRead():
            found = _barcodes_read(argument, answer)
        case InspectDocument(), DocumentInspected():
            found = _inspected(argument, answer)
        case ExtractPage(), PageSource():
            found = _extracted(argument, answer)
        case RenderPage(), bytes():
            found = _picture(answer)
        case _, DocumentBound() | DocumentConverted():
            found = _made(answer)
        case _, FilesUnpacked():
            found = _unpacked(answer)
        case _:
            return ""
    return next(found, "")


def _page_read(request: ReadPage, read: PageRead) -> Iterator[str]:
    if read.number != request.source.number:
        yield f"page {request.source.number} was asked for"
    if read.turned not in TURNS or not -90 <= read.skew <= 90:
        yield "a page is turned in no possible way"
    if not (0 < read.width * read.height <= 2 * request.settings.max_pixels and read.width > 0 and read.dpi > 0):
        yield "a page of impossible size"
    if not 0 <= read.confidence <= 100 or not 0 <= read.readings <= MOST_READINGS:
        yield "figures outside their range"
    if not isinstance(read.layer, bytes) or read.thumbnail[:4] not in EMPTY_OR_WEBP or len(read.thumbnail) > MOST_PICTURE_BYTES:
        yield "a picture that is none"
    yield from _barcodes(read.barcodes)
    yield from _text(read.text)
    yield from _notices(read.notices)
    yield from _words(read.words, read.width, read.height)


def _barcodes_read(request: ReadBarcodes, read: BarcodesRead) -> Iterator[str]:
    if read.number != request.source.number:
        yield f"page {request.source.number} was asked for"
    yield from _barcodes(read.payloads)


def _barcodes(payloads: Sequence[str]) -> Iterator[str]:
    if len(payloads) > MOST_BARCODES or not all(isinstance(payload, str) for payload in payloads):
        yield "barcodes that are none"


def _words(words: Sequence[Word], width: int, height: int) -> Iterator[str]:
    if len(words) > MOST_WORDS:
        yield "more words than fit on a page"
    for word in words:
        if not isinstance(word, Word) or not isinstance(word.text, str):
            yield "a word that is none"
        elif not (0 <= word.left <= word.right <= width and 0 <= word.top <= word.bottom <= height):
            yield "a word outside its page"


def _inspected(order: InspectDocument, inspected: DocumentInspected) -> Iterator[str]:
    pages = inspected.pages
    if len(pages) > order.settings.max_pages:
        yield "more pages than are allowed"
    if any(page.number != number for number, page in enumerate(pages, 1)):
        yield "pages out of order"
    for page in pages:
        yield from _text(page.text)
    yield from _notices(inspected.notices)
    if inspected.invoice is not None and (odd := invoice_oddity(inspected.invoice)):
        yield odd
    yield from _letter(inspected.letter)


def _extracted(order: ExtractPage, source: PageSource) -> Iterator[str]:
    if source.number != order.number:
        yield f"page {order.number} was asked for"
    if not isinstance(source.data, bytes) or not source.data:
        yield "a page without content"
    if source.media_type != "application/pdf" and not source.media_type.startswith("image/"):
        yield "a page of an unknown type"


def _picture(picture: bytes) -> Iterator[str]:
    if not picture.startswith(b"RIFF") or len(picture) > MOST_PICTURE_BYTES:
        yield "a picture that is none"


def _made(made: DocumentBound | DocumentConverted) -> Iterator[str]:
    if made.size_bytes <= 0:
        yield "an archive without content"
    yield from _notices(made.notices)
    if isinstance(made, DocumentConverted):
        yield from _letter(made.letter)


def _unpacked(unpacked: FilesUnpacked) -> Iterator[str]:
    if any(one.size < 0 for one in unpacked.files):
        yield "a file of impossible size"
    for one in unpacked.files:
        yield from _text(one.name)


def _letter(letter: LetterFacts | None) -> Iterator[str]:
    if letter is not None:
        for text in (letter.subject, letter.sender_name, letter.sender):
            yield from _text(text)


def _text(text: str) -> Iterator[str]:
    if not isinstance(text, str) or len(text) > MOST_TEXT:
        yield "a text that is none"


def _notices(notices: Sequence[Notice]) -> Iterator[str]:
    if len(notices) > MOST_NOTICES or not all(isinstance(notice, Notice) for notice in notices):
        yield "remarks that are none"
