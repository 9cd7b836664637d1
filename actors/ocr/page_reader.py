"""The actor that reads pages, one at a time, in a decoder of its own."""

import os
import time
from dataclasses import dataclass

from actors.failpoints import Checkpoint, Point, around, pass_by
from actors.ocr.decoders.isolation import Isolation
from actors.ocr.engines.tessdata import installed_languages
from actors.ocr.messages import BarcodesRead, PageRead, ReadBarcodes, ReadPage
from actors.sandbox.level import SandboxLevel
from actors.sandbox.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class PageReaderState:
    """What a page reader has done since it was started; `seconds` is the time that pages took, waiting not counted.

    `models` are those that OCR has on its machine.
    """

    sandbox: SandboxLevel
    pages: int = 0
    failed: int = 0
    killed: int = 0
    readings: int = 0
    seconds: float = 0.0
    models: frozenset[str] = frozenset()


class PageReader:
    """Reads one page after another. Holds nothing that a restart could lose: the same page read twice gives the same answer."""

    def __init__(self, sandbox: Sandbox | None = None, checkpoint: Checkpoint = pass_by) -> None:
        self._isolation = Isolation(warm=["read_page"], sandbox=sandbox)
        self._checkpoint = checkpoint
        self._pages = self._failed = self._readings = 0
        self._seconds = 0.0
        self._models = installed_languages(os.environ)

    async def read(self, request: ReadPage) -> PageRead:
        """Read one page. Raises PageUnreadable, DocumentUnreadable or DecoderKilled."""
        settings = request.settings
        started = time.monotonic()
        read: PageRead | None = None
        try:
            with around(self._checkpoint, Point.RECOGNISED):
                read = await self._isolation.call(
                    "read_page", request, settings.page_seconds, returns=PageRead, memory_bytes=settings.page_memory_bytes
                )
        finally:
            self._seconds += time.monotonic() - started
            if read is None:
                self._failed += 1
        self._pages += 1
        self._readings += read.readings
        return read

    async def barcodes(self, request: ReadBarcodes) -> BarcodesRead:
        """Read the barcodes of one page, and nothing else. Raises PageUnreadable, DocumentUnreadable or DecoderKilled."""
        settings = request.settings
        return await self._isolation.call(
            "barcodes", request, settings.page_seconds, returns=BarcodesRead, memory_bytes=settings.page_memory_bytes
        )

    def state(self) -> PageReaderState:
        """Report what was done so far."""
        isolation = self._isolation.state()
        return PageReaderState(isolation.sandbox, self._pages, self._failed, isolation.killed, self._readings, self._seconds, self._models)

    async def close(self) -> None:
        """End the decoder after the page in hand."""
        await self._isolation.close()
