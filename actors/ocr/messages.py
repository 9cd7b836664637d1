"""What is said to the readers and binders, and what they answer. Small, frozen, picklable."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from actors.invoices.facts import Invoice


class OcrMode(StrEnum):
    """Which pages are read: those without text, also those with an older OCR layer, all, none."""

    SKIP = "skip"
    REDO = "redo"
    FORCE = "force"
    OFF = "off"


class When(StrEnum):
    """When a costly treatment is given to a page: when its first reading is doubtful, always, never."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class EngineName(StrEnum):
    """The OCR engines behind the `Engine` port."""

    TESSEROCR = "tesserocr"
    PYTESSERACT = "pytesseract"


class MailLayout(StrEnum):
    """Which of its forms a mail is shown in, where it has both."""

    TEXT_HTML = "text_html"
    HTML_TEXT = "html_text"
    HTML = "html"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """How pages are read. `first_pages`, `barcode_pages` and `image_dpi` 0: all pages, and the file's own resolution.

    `barcode_upscale` above 1 enlarges a page before its barcodes are looked for. `detect_language`: pages that turn out to be in another
    language are read again in it.
    """

    languages: tuple[str, ...] = ("eng",)
    mode: OcrMode = OcrMode.SKIP
    engine: EngineName = EngineName.TESSEROCR
    rotate: When = When.AUTO
    deskew: When = When.AUTO
    clean: When = When.AUTO
    first_pages: int = 0
    dpi: int = 300
    image_dpi: int = 0
    max_pixels: int = 250_000_000
    max_pages: int = 5_000
    page_seconds: float = 180.0
    page_memory_bytes: int = 2_000_000_000
    document_seconds: float = 600.0
    barcodes: bool = False
    barcode_dpi: int = 300
    barcode_upscale: float = 0.0
    barcode_pages: int = 0
    detect_language: bool = True
    mail_layout: MailLayout = MailLayout.TEXT_HTML


@dataclass(frozen=True, slots=True)
class InspectDocument:
    """Asks what a stored file holds."""

    path: Path
    mime_type: str
    settings: OcrSettings


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page holds before anyone reads it. `text` is what its own text layer says, '' where it is to be read."""

    number: int
    text: str
    needs_reading: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Becomes a warning that the user sees; page 0 is the whole document."""

    code: str
    message: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a mail says of itself. `sender` is an address, `sent` the day that the sender had."""

    subject: str
    sender_name: str
    sender: str
    sent: date | None


@dataclass(frozen=True, slots=True)
class ConvertDocument:
    """Asks for a PDF of a file that has no pages yet (a mail, a web page, an office file), written whole to `target` or not at all."""

    path: Path
    mime_type: str
    target: Path
    settings: OcrSettings


@dataclass(frozen=True, slots=True)
class DocumentConverted:
    """The PDF stands at `target`."""

    size_bytes: int
    notices: tuple[Notice, ...] = ()
    letter: LetterFacts | None = None


@dataclass(frozen=True, slots=True)
class UnpackFiles:
    """Asks for the files in an archive or a mail: their bytes one after the other in `target`, written whole or not at all."""

    path: Path
    mime_type: str
    target: Path


@dataclass(frozen=True, slots=True)
class InnerFile:
    """A file in another: its name as it stands there, '' where it has none, and its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class FilesUnpacked:
    """The files lie in the target in this order."""

    files: tuple[InnerFile, ...]


@dataclass(frozen=True, slots=True)
class DocumentInspected:
    """What a file holds. `archivable` False: nothing is to be bound (plain text, signed, encrypted, digital PDF with nothing to add).

    `invoice` is what the e-invoice says that the file is, or has inside; `letter` what the mail says that it is.
    """

    pages: tuple[PageFacts, ...]
    archivable: bool
    encrypted: bool = False
    signed: bool = False
    notices: tuple[Notice, ...] = ()
    invoice: Invoice | None = None
    letter: LetterFacts | None = None


@dataclass(frozen=True, slots=True)
class ExtractPage:
    """Asks for page `number` (from 1) of a stored file, alone."""

    path: Path
    mime_type: str
    number: int
    settings: OcrSettings


@dataclass(frozen=True, slots=True)
class PageSource:
    """One page alone, small enough to travel: a one-page PDF, or an image."""

    number: int
    data: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True, slots=True)
class ReadPage:
    """Asks to read one page. `replace_page`: the layer becomes a whole page with its image (OCR mode force)."""

    source: PageSource
    settings: OcrSettings
    thumbnail: bool = False
    replace_page: bool = False
    barcodes: bool = False


@dataclass(frozen=True, slots=True)
class ReadBarcodes:
    """Asks for the barcodes of one page, and nothing else of it."""

    source: PageSource
    settings: OcrSettings


@dataclass(frozen=True, slots=True)
class BarcodesRead:
    """The payloads of a page's barcodes, each once, from top to bottom."""

    number: int
    payloads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word on the upright page as it was given: box in pixels at `PageRead.dpi`, origin top left; confidence 0–100."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    line: int


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page as it was read.

    `turned` (0, 90, 180, 270 degrees clockwise) is what makes the page upright, `skew` what straightens it then. `layer` is a one-page
    PDF of invisible text with the size of the upright page, or the whole page where `replace_page` was asked. `thumbnail` is WebP, empty
    unless asked for. `readings` counts how often the engine ran; `languages` are all that were tried, those of this reading first. `script`
    is tesseract's name of one that nothing installed reads.
    """

    number: int
    text: str
    words: tuple[Word, ...]
    confidence: float
    turned: int
    skew: float
    width: int
    height: int
    dpi: float
    layer: bytes = field(repr=False)
    thumbnail: bytes = field(default=b"", repr=False)
    barcodes: tuple[str, ...] = ()
    readings: int = 1
    languages: tuple[str, ...] = ()
    script: str = ""
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class BoundPage:
    """What one page of the archive PDF gets: `layer` (a file) lies over the page turned by `turned`, or takes its place."""

    number: int
    layer: Path
    turned: int = 0
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class BindDocument:
    """Asks for the searchable PDF/A of a file, written whole to `target` or not at all."""

    path: Path
    mime_type: str
    target: Path
    pages: tuple[BoundPage, ...]
    title: str
    language: str
    settings: OcrSettings


@dataclass(frozen=True, slots=True)
class DocumentBound:
    """The archive stands at `target`; `pdfa` tells whether it is valid PDF/A by its own metadata."""

    size_bytes: int
    pdfa: bool
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class ChosenPages:
    """Pages of a stored file, numbered from 1, in the order in which they are wanted.

    `turns` says for each by how many degrees it is turned clockwise from how the file shows it: 0, 90, 180 or 270; without, none is.
    """

    path: Path
    mime_type: str
    numbers: tuple[int, ...]
    turns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AssembleDocument:
    """Asks for a PDF of pages of stored files, in this order and otherwise as they are, written whole to `target` or not at all.

    The same pages and the same `mark` give the same bytes. Another mark gives others: sheets with the same dots can be two documents.
    """

    pages: tuple[ChosenPages, ...]
    target: Path
    mark: str
    settings: OcrSettings


@dataclass(frozen=True, slots=True)
class RenderPage:
    """Asks for a picture of page `number` (from 1), at most `width` pixels wide."""

    path: Path
    mime_type: str
    number: int = 1
    width: int = 1_200


@dataclass(frozen=True, slots=True)
class UnlockDocument:
    """Asks for a copy of an encrypted PDF without its lock, readable by its owner alone, at `target`."""

    path: Path
    password: str = field(repr=False)
    target: Path
