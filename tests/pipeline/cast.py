"""Hand-written binder, readers and index, so that each can be made to fail at will; the store is real."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from actors.barcodes.settings import BarcodeSettings
from actors.failpoints import Checkpoint, pass_by
from actors.ocr.errors import PageUnreadable
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
    InnerFile,
    InspectDocument,
    LetterFacts,
    Notice,
    OcrSettings,
    PageFacts,
    PageRead,
    PageSource,
    ReadBarcodes,
    ReadPage,
    RenderPage,
    UnpackFiles,
    Word,
)
from actors.pipeline.pipeline import Pipeline
from actors.pipeline.ports import ConvertElsewhere, PageInHand, PageReader, ReaderState, ReadLately, Room
from actors.pipeline.script_settings import NO_SCRIPTS
from actors.sandbox.level import SandboxLevel
from actors.store.store import Store
from tests.pipeline.understanding import NothingUnderstood, planner_of

ASSEMBLED = b"%PDF of"
MADE = b"%PDF made"
PATIENCE = timedelta(minutes=30)


class ReaderLost(Exception):
    """Stands for the death of a reader's process."""


class ScriptedBinder:
    """Finds so many pages in every file, but in those that it has assembled as many as it has put there."""

    def __init__(self, pages: int = 3) -> None:
        self.pages = pages
        self.own_text: set[int] = set()
        self.assembled: list[tuple[int, ...]] = []
        self.assembly_failures: list[Exception] = []
        self.archivable = True
        self.signed = False
        self.notices: tuple[Notice, ...] = ()
        self.failures: list[Exception] = []
        self.bound: list[BindDocument] = []
        self.bind_failures: list[Exception] = []
        self.thumbnail_failures: list[Exception] = []
        self.converted: list[ConvertDocument] = []
        self.conversion_failures: list[Exception] = []
        self.letter: LetterFacts | None = None
        self.inner: dict[bytes, list[tuple[str, bytes]]] = {}
        self.unpack_failures: list[Exception] = []
        self.lie = 0

    async def convert(self, request: ConvertDocument) -> DocumentConverted:
        self.converted.append(request)
        if self.conversion_failures:
            raise self.conversion_failures.pop(0)
        await asyncio.to_thread(request.target.write_bytes, MADE)
        return DocumentConverted(len(MADE), letter=self.letter)

    async def unpack(self, request: UnpackFiles) -> FilesUnpacked:
        if self.unpack_failures:
            raise self.unpack_failures.pop(0)
        files = self.inner.get(await asyncio.to_thread(request.path.read_bytes), [])
        await asyncio.to_thread(request.target.write_bytes, b"".join(content for _, content in files))
        return FilesUnpacked(tuple(InnerFile(name, len(content) + self.lie) for name, content in files))

    async def inspect(self, request: InspectDocument) -> DocumentInspected:
        if self.failures:
            raise self.failures.pop(0)
        content = await asyncio.to_thread(request.path.read_bytes)
        count = content.count(b"page") if content.startswith(ASSEMBLED) else self.pages
        pages = [(number, number in self.own_text) for number in range(1, count + 1)]
        facts = tuple(PageFacts(number, "own text" if own else "", needs_reading=not own) for number, own in pages)
        return DocumentInspected(facts, self.archivable, signed=self.signed, notices=self.notices)

    async def extract(self, request: ExtractPage) -> PageSource:
        return PageSource(request.number, b"page", "application/pdf")

    async def bind(self, request: BindDocument) -> DocumentBound:
        self.bound.append(request)
        if self.bind_failures:
            raise self.bind_failures.pop(0)
        await asyncio.to_thread(request.target.write_bytes, b"%PDF-archive")
        return DocumentBound(12, pdfa=True)

    async def assemble(self, request: AssembleDocument) -> None:
        if self.assembly_failures:
            raise self.assembly_failures.pop(0)
        numbers = [number for chosen in request.pages for number in chosen.numbers]
        self.assembled.append(tuple(numbers))
        content = ASSEMBLED + b"".join(b" page %d" % number for number in numbers)
        await asyncio.to_thread(request.target.write_bytes, content)

    async def thumbnail(self, request: RenderPage) -> bytes:
        if self.thumbnail_failures:
            raise self.thumbnail_failures.pop(0)
        return b"RIFF-webp"


class ScriptedReaders:
    """One reader; what it does with a page can be set per page number, the last entry of a list for ever."""

    def __init__(self) -> None:
        self.script: dict[int, list[Exception | None]] = {}
        self.read_numbers: list[int] = []
        self.codes: dict[int, tuple[str, ...]] = {}
        self.looked_at: list[int] = []
        self.unreadable: set[int] = set()
        self.gate = asyncio.Event()
        self.gate.set()
        self.at_gate = asyncio.Event()
        self.texts: dict[str, tuple[str, float]] = {}
        self.read_in: list[tuple[int, str]] = []
        self.places = 1
        self.script_seen = ""
        self.lent: list[PageInHand] = []

    async def start(self) -> None:
        """Nothing is to begin."""

    async def stop(self, seconds: float) -> None:
        """Nothing is to end."""

    @property
    def size(self) -> int:
        return self.places

    async def states(self) -> Sequence[ReaderState]:
        reading, lately = tuple(self.lent), ReadLately(len(self.read_numbers))
        return [ReaderState("reader", "node", "host", reading, len(self.read_numbers), lately, SandboxLevel.NONE)]

    def spare(self, page: PageInHand) -> bool:
        return False

    @asynccontextmanager
    async def lend(self, page: PageInHand) -> AsyncIterator[PageReader]:
        self.lent.append(page)
        try:
            yield self
        finally:
            self.lent.remove(page)

    async def read(self, request: ReadPage) -> PageRead:
        number = request.source.number
        if len(self.read_numbers) >= 1 and not self.gate.is_set():
            self.at_gate.set()
            await self.gate.wait()
        entries = self.script.get(number, [None])
        failure = entries.pop(0) if len(entries) > 1 else entries[0]
        self.read_numbers.append(number)
        if failure is not None:
            raise failure
        languages = request.settings.languages
        self.read_in.append((number, "+".join(languages)))
        text, confidence = self.texts.get("+".join(languages), (f"text of page {number}", 95.0))
        words = (Word(f"word{number}", 0, 0, 10, 10, confidence, 0),)
        read = PageRead(number, text, words, confidence, 0, 0.0, 100, 200, 300, b"%PDF-layer", languages=languages, script=self.script_seen)
        return replace(read, barcodes=self.codes.get(number, ())) if request.barcodes else read

    async def barcodes(self, request: ReadBarcodes) -> BarcodesRead:
        number = request.source.number
        self.looked_at.append(number)
        if number in self.unreadable:
            raise PageUnreadable("the page is torn")
        return BarcodesRead(number, self.codes.get(number, ()))


class ScriptedIndex:
    """Counts what it is asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.rebuilt = 0

    async def apply(self) -> object:
        pending = await asyncio.to_thread(self._store.outbox.pending, 100)
        await asyncio.to_thread(self._store.outbox.done, pending)
        return len(pending)

    async def rebuild(self) -> object:
        self.rebuilt += 1
        return None


SHEETS = BarcodeSettings(separate=True)


class Stage:
    """A pipeline with its cast."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.binder = ScriptedBinder()
        self.readers = ScriptedReaders()
        self.index = ScriptedIndex(store)
        self.settings = OcrSettings()
        self.languages = {"en": "text"}
        self.models = frozenset({"eng"})
        self.understanding = NothingUnderstood()
        self.scripts = NO_SCRIPTS
        self.barcodes = BarcodeSettings()
        self.checkpoint: Checkpoint = pass_by
        self.elsewhere: ConvertElsewhere | None = None
        self.ahead = timedelta()
        self.looks = 0

    def now(self) -> datetime:
        """Tell the time by a clock that a test may set."""
        self.looks += 1
        return datetime.now(UTC) + self.ahead

    def detect(self, text: str) -> str:
        """Find the language whose word a text has most often."""
        return max(self.languages, key=lambda code: text.count(self.languages[code])) if text else ""

    def pipeline(self, owner: str = "pipeline") -> Pipeline:
        room = Room(
            store=self.store,
            binder=self.binder,
            readers=self.readers,
            index=self.index,
            settings=self.settings,
            understanding=self.understanding,
            workflows=planner_of(self.store),
            detect_language=self.detect,
            models=lambda: self.models,
            now=self.now,
            lost=ReaderLost,
            checkpoint=self.checkpoint,
            barcodes=self.barcodes,
            scripts=self.scripts,
            sides_patience=PATIENCE,
            elsewhere=self.elsewhere,
        )
        return Pipeline(room, owner)


def stage_with_sheet(store: Store) -> Stage:
    """Set a stage for a scan of five pages, the third of which is a separator sheet."""
    made = Stage(store)
    made.barcodes, made.settings = SHEETS, replace(made.settings, barcodes=True)
    made.binder.pages = 5
    made.readers.codes = {3: ("PATCHT",)}
    return made


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait for a condition, for so long at most."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


@asynccontextmanager
async def working(pipeline: Pipeline) -> AsyncIterator[Pipeline]:
    """Let a pipeline work, and stop it in order."""
    run = asyncio.create_task(pipeline.run())
    try:
        yield pipeline
    finally:
        await pipeline.stop()
        await asyncio.wait_for(run, 10)
