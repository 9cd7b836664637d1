"""The nouns of pages: where they stand, and what is known of each."""

from dataclasses import dataclass, field
from enum import StrEnum


class PageState(StrEnum):
    """Where a page stands: only PENDING pages are sent to a reader."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PageRecord:
    """One page as it was read. `words` is JSON, zlib-compressed: [[text, left, top, right, bottom, confidence, line], …].

    `replaces`: the kept layer (store/layers.py) takes the page's place in the archive instead of lying over it. `languages` are all in
    which it was read, as OCR calls them, those of the kept reading first; none where it has text of its own. `script` is one that
    nothing installed reads. `barcodes_read` False: nobody has looked for barcodes.
    """

    number: int
    state: PageState
    text: str = ""
    confidence: float = 0.0
    turned: int = 0
    skew: float = 0.0
    words: bytes = field(default=b"", repr=False)
    width: int = 0
    height: int = 0
    barcodes: tuple[str, ...] = ()
    barcodes_read: bool = False
    replaces: bool = False
    warning: str = ""
    languages: tuple[str, ...] = ()
    script: str = ""
