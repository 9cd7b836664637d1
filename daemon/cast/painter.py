"""First pages, drawn for a checkup as the pipeline draws them."""

import asyncio
from collections.abc import Callable
from functools import cache

from actors.ocr.binder import Binder
from actors.ocr.errors import OcrError
from actors.ocr.messages import RenderPage
from actors.ocr.mime_types import is_made_into_pdf
from actors.pipeline.binding import THUMBNAIL_WIDTH
from actors.sandbox.level import SandboxUnavailable
from actors.store.errors import OriginalMissing
from actors.store.nouns.archive import DocumentId
from actors.store.store import Store


class FirstPages:
    """Draws in a decoder's own process, which works in a loop; called from other threads."""

    def __init__(self, store: Store, make_binder: Callable[[], Binder], loop: asyncio.AbstractEventLoop) -> None:
        """Take the way to a binder: most checks draw nothing."""
        self._store = store
        self._binder = cache(make_binder)
        self._loop = loop

    def thumbnail(self, document_id: DocumentId) -> bytes | str:
        """Draw the first page as WebP, or say in words why it cannot be; raises DocumentNotFound."""
        try:
            order = self._order(document_id)
            return asyncio.run_coroutine_threadsafe(self._binder().thumbnail(order), self._loop).result()
        except OcrError as error:
            return error.reason
        except (OriginalMissing, SandboxUnavailable) as error:
            return str(error)

    async def close(self) -> None:
        """End the decoder."""
        if self._binder.cache_info().currsize:
            await self._binder().close()

    def _order(self, document_id: DocumentId) -> RenderPage:
        document = self._store.documents.get(document_id)
        archive = self._store.data.archive_file(document_id)
        # The original of a locked document opens with its password alone, and an office file has no pages; the archive shows them.
        if (document.encrypted or is_made_into_pdf(document.mime_type)) and archive.is_file():
            return RenderPage(archive, "application/pdf", 1, THUMBNAIL_WIDTH)
        return RenderPage(self._store.originals.path(document), document.mime_type, 1, THUMBNAIL_WIDTH)
