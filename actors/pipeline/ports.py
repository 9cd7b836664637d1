"""What the pipeline needs of others."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from actors.barcodes.settings import BarcodeSettings
from actors.failpoints import Checkpoint, pass_by
from actors.ocr.messages import (
    AssembleDocument,
    BarcodesRead,
    BindDocument,
    ConvertDocument,
    DocumentBound,
    DocumentConverted,
    DocumentInspected,
    ExtractPage,
    FilesUnpacked,
    InspectDocument,
    OcrSettings,
    PageRead,
    PageSource,
    ReadBarcodes,
    ReadPage,
    RenderPage,
    UnpackFiles,
)
from actors.pipeline.pace import Pace
from actors.pipeline.script_settings import NO_SCRIPTS, ScriptSettings
from actors.pipeline.tally import Tally
from actors.sandbox.level import SandboxLevel
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.assignments import Proposal
from actors.store.nouns.workflows import Deeds, TriggerKind
from actors.store.store import Store
from actors.understanding.facts import Facts, Understood


class Binder(Protocol):
    """Whoever works on whole files. Raises the errors of actors/ocr/errors.py, and `lost` when its process ended."""

    async def inspect(self, request: InspectDocument) -> DocumentInspected:
        """Tell what a file holds."""

    async def convert(self, request: ConvertDocument) -> DocumentConverted:
        """Write a PDF of a file that has no pages yet."""

    async def unpack(self, request: UnpackFiles) -> FilesUnpacked:
        """Write the files in an archive or a mail."""

    async def extract(self, request: ExtractPage) -> PageSource:
        """Take one page out of a file."""

    async def bind(self, request: BindDocument) -> DocumentBound:
        """Write the searchable PDF/A of a file."""

    async def assemble(self, request: AssembleDocument) -> None:
        """Write a PDF of chosen pages of files."""

    async def thumbnail(self, request: RenderPage) -> bytes:
        """Draw the first page small, as WebP."""


class PageReader(Protocol):
    """Whoever reads pages."""

    async def read(self, request: ReadPage) -> PageRead:
        """Read one page."""

    async def barcodes(self, request: ReadBarcodes) -> BarcodesRead:
        """Read the barcodes of one page."""


@dataclass(frozen=True, slots=True)
class PageInHand:
    """A page that a reader has, or is sent, since a moment.

    `languages` are those that it is to be read in; `at_home`: on the head alone.
    """

    document_id: DocumentId
    number: int
    since: datetime
    languages: frozenset[str] = frozenset()
    at_home: bool = False

    def is_same(self, other: "PageInHand") -> bool:
        """Tell whether it is the same page, whoever has it since when."""
        return (self.document_id, self.number) == (other.document_id, other.number)


@dataclass(frozen=True, slots=True)
class ReadLately:
    """How many pages were read in the last minute, in ten, and in an hour."""

    minute: int = 0
    ten_minutes: int = 0
    hour: int = 0


@dataclass(frozen=True, slots=True)
class ReaderState:
    """What one reader does. Until it has told them, `sandbox` is None, and the `models` that OCR has there are none."""

    name: str
    node_id: str
    hostname: str
    reading: tuple[PageInHand, ...]
    done: int
    lately: ReadLately
    sandbox: SandboxLevel | None
    models: frozenset[str] = frozenset()


class Readers(Protocol):
    """All readers of all machines."""

    async def start(self) -> None:
        """Begin reading where there are machines."""

    async def stop(self, seconds: float) -> None:
        """End all readers."""

    @property
    def size(self) -> int:
        """Count the readers."""

    def lend(self, page: PageInHand) -> AbstractAsyncContextManager[PageReader]:
        """Give the least busy reader for one page, of those that can read it; another one where one has it already."""

    def spare(self, page: PageInHand) -> bool:
        """Tell whether a reader that can read a page, and does not have it, has nothing else to do."""

    async def states(self) -> Sequence[ReaderState]:
        """Tell what each reader does."""


class Index(Protocol):
    """The search index."""

    async def apply(self) -> object:
        """Bring the index up to what the database holds; returns after the commit."""

    async def rebuild(self) -> object:
        """Build the index anew beside the one in use."""


class Understanding(Protocol):
    """Whoever makes sense of a document that has been read."""

    def understand(self, facts: Facts) -> Understood:
        """Propose what the document should be given; called in a worker thread."""

    def labels(self, pages: Sequence[str]) -> Sequence[Proposal]:
        """Propose the labels that rules and what was learned give to a text, the surest first; called in a worker thread."""


class Workflows(Protocol):
    """Whoever asks workflows about a document; called in worker threads."""

    def deeds(
        self, document_id: DocumentId, kind: TriggerKind, text: str, proposals: Sequence[Proposal] = (), *, again: bool = False
    ) -> Deeds:
        """Tell what workflows want done to a document that would be given what is proposed.

        `again` asks those alone that had to wait for its text.
        """


DetectLanguage = Callable[[str], str]
Models = Callable[[], frozenset[str]]
Now = Callable[[], datetime]
# Has a file with an ending made a PDF at a target; raises DocumentUnreadable. Called in a worker thread.
ConvertElsewhere = Callable[[Path, str, Path], None]


@dataclass(frozen=True, slots=True)
class Room:
    """All that the steps work with.

    `models` names those that OCR has here; `lost` is what a port raises when its process ended before it answered. `sides_patience` is how
    long after the fronts of sheets their backs may be scanned. `elsewhere` makes PDFs of office files, where a service for it is set.
    `pace` knows how long pages take, `tally` what went wrong with them.
    """

    store: Store
    binder: Binder
    readers: Readers
    index: Index
    settings: OcrSettings
    detect_language: DetectLanguage
    understanding: Understanding
    workflows: Workflows
    models: Models
    now: Now
    lost: type[Exception]
    checkpoint: Checkpoint = pass_by
    barcodes: BarcodeSettings = field(default_factory=BarcodeSettings)
    scripts: ScriptSettings = NO_SCRIPTS
    sides_patience: timedelta = timedelta(minutes=30)
    elsewhere: ConvertElsewhere | None = None
    pace: Pace = field(default_factory=Pace)
    tally: Tally = field(default_factory=Tally)


@dataclass(frozen=True, slots=True)
class WorkingFile:
    """The file that is worked on: the original; for an unlocked PDF its decrypted copy; or the PDF that was `made` of the original."""

    path: Path
    mime_type: str
    unlocked: bool
    made: bool = False
