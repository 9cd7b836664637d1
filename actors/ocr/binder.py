"""The actor that takes documents apart and puts them together again, in a decoder of its own."""

import time
from dataclasses import dataclass, replace
from typing import TypeVar

from actors.failpoints import Checkpoint, Point, around, pass_by
from actors.ocr.decoders.isolation import Isolation
from actors.ocr.messages import (
    AssembleDocument,
    BindDocument,
    ConvertDocument,
    DocumentBound,
    DocumentConverted,
    DocumentInspected,
    ExtractPage,
    FilesUnpacked,
    InspectDocument,
    OcrSettings,
    PageSource,
    RenderPage,
    UnlockDocument,
    UnpackFiles,
)
from actors.sandbox.level import SandboxLevel
from actors.sandbox.probe import found_here, usable_sandbox
from actors.sandbox.sandbox import Sandbox

R = TypeVar("R")

DEFAULTS = OcrSettings()
# A page without its document's settings at hand: to draw one takes a tenth of a second, the worst of them some seconds.
RENDER_SECONDS = 60.0
# A letter takes a second or two; a thousand sheets of a table may take minutes.
CONVERT_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class BinderState:
    """What a binder has done since it was started; `seconds` is the time that its calls took."""

    sandbox: SandboxLevel
    inspected: int = 0
    converted: int = 0
    extracted: int = 0
    bound: int = 0
    rendered: int = 0
    failed: int = 0
    killed: int = 0
    seconds: float = 0.0


class Binder:
    """Works on whole documents, one call after another, and beside that makes PDFs of others.

    Holds nothing that a restart could lose: each call reads the stored original and answers, or writes its target whole or not at all.
    Every call raises DocumentUnreadable, with a sentence for the person whose document it is, or DecoderKilled.
    """

    def __init__(self, sandbox: Sandbox | None = None, checkpoint: Checkpoint = pass_by) -> None:
        allowed = sandbox or usable_sandbox(found_here(), allow_unsandboxed=False)
        self._isolation = Isolation(warm=["inspect", "extract", "bind", "render"], sandbox=allowed)
        # Others don't wait while an office program is at work.
        self._converting = Isolation(sandbox=replace(allowed, roomy=True))
        self._checkpoint = checkpoint
        self._done: dict[str, int] = {}
        self._failed = 0
        self._seconds = 0.0

    async def inspect(self, order: InspectDocument) -> DocumentInspected:
        """Find out what a stored file holds."""
        return await self._call("inspect", order, order.settings.document_seconds, DocumentInspected)

    async def convert(self, order: ConvertDocument) -> DocumentConverted:
        """Write a PDF of a file that has no pages yet."""
        seconds = min(order.settings.document_seconds, CONVERT_SECONDS)
        return await self._call("convert", order, seconds, DocumentConverted, isolation=self._converting)

    async def unpack(self, order: UnpackFiles) -> FilesUnpacked:
        """Write the files in an archive or a mail."""
        return await self._call("unpack", order, CONVERT_SECONDS, FilesUnpacked, isolation=self._converting)

    async def extract(self, order: ExtractPage) -> PageSource:
        """Take one page out of a stored file."""
        memory = order.settings.page_memory_bytes
        return await self._call("extract", order, order.settings.page_seconds, PageSource, memory_bytes=memory)

    async def bind(self, order: BindDocument) -> DocumentBound:
        """Write the archive version of a document."""
        with around(self._checkpoint, Point.ARCHIVED):
            return await self._call("bind", order, order.settings.document_seconds, DocumentBound)

    async def assemble(self, order: AssembleDocument) -> None:
        """Write a PDF of chosen pages of stored files."""
        await self._call("assemble", order, order.settings.document_seconds, type(None))

    async def thumbnail(self, order: RenderPage) -> bytes:
        """Draw a page as WebP, small."""
        return await self._call("thumbnail", order, RENDER_SECONDS, bytes)

    async def render(self, order: RenderPage) -> bytes:
        """Draw a page as WebP."""
        return await self._call("render", order, RENDER_SECONDS, bytes)

    async def unlock(self, order: UnlockDocument) -> None:
        """Write a copy of an encrypted PDF without its lock. Raises WrongPassword too."""
        await self._call("unlock", order, DEFAULTS.document_seconds, type(None))

    def state(self) -> BinderState:
        """Report what was done so far."""
        count, isolation = self._done.get, self._isolation.state()
        return BinderState(
            sandbox=isolation.sandbox,
            inspected=count("inspect", 0),
            converted=count("convert", 0),
            extracted=count("extract", 0),
            bound=count("bind", 0),
            rendered=count("thumbnail", 0) + count("render", 0),
            failed=self._failed,
            killed=isolation.killed + self._converting.state().killed,
            seconds=self._seconds,
        )

    async def close(self) -> None:
        """End the decoders after the calls in hand."""
        await self._isolation.close()
        await self._converting.close()

    async def _call(
        self,
        function: str,
        order: object,
        seconds: float,
        returns: type[R],
        memory_bytes: int | None = None,
        isolation: Isolation | None = None,
    ) -> R:
        started = time.monotonic()
        answered = False
        try:
            answer = await (isolation or self._isolation).call(function, order, seconds, returns=returns, memory_bytes=memory_bytes)
            answered = True
        finally:
            self._seconds += time.monotonic() - started
            self._failed += not answered
        self._done[function] = self._done.get(function, 0) + 1
        return answer
