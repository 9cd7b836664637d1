"""From what a reader says of a page to what the store keeps of it."""

import json
import zlib

from actors.ocr.messages import PageRead, Word
from actors.store.nouns.pages import PageRecord, PageState


def record_of(before: PageRecord, read: PageRead, payloads: tuple[str, ...] | None, replaces: bool) -> PageRecord:
    """Make the record of a page that was read. `payloads` None: nobody looked for barcodes now, and what was known of them stays."""
    return PageRecord(
        number=read.number,
        state=PageState.DONE,
        text=read.text,
        confidence=read.confidence,
        turned=read.turned,
        skew=read.skew,
        words=pack_words(read.words),
        width=read.width,
        height=read.height,
        barcodes=before.barcodes if payloads is None else payloads,
        barcodes_read=before.barcodes_read or payloads is not None,
        replaces=replaces,
        warning=" ".join(notice.message for notice in read.notices),
        languages=read.languages,
        script=read.script,
    )


def record_of_failure(before: PageRecord, reason: str) -> PageRecord:
    """Make the record of a page that could not be read."""
    return PageRecord(before.number, PageState.FAILED, barcodes=before.barcodes, barcodes_read=before.barcodes_read, warning=reason)


def pack_words(words: tuple[Word, ...]) -> bytes:
    """Pack words and boxes as the store keeps them: compressed JSON, one list per word in the order of `Word`'s fields."""
    rows = [[word.text, word.left, word.top, word.right, word.bottom, round(word.confidence), word.line] for word in words]
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())


def unpack_words(packed: bytes) -> tuple[Word, ...]:
    """Unpack the words of a page that the store keeps."""
    return tuple(Word(*row) for row in json.loads(zlib.decompress(packed))) if packed else ()
