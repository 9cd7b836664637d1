"""Gives fingerprints to documents that came before there were any, or before they were made otherwise."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog

from actors.similarity.tokens import VERSION
from actors.store.errors import DocumentNotFound, StoreUnavailable
from actors.store.nouns.archive import DocumentId
from actors.store.store import Store

DOCUMENTS_AT_ONCE = 20
# After a block it rests so many times as long as the block took, so that it never takes more than a fifth of a core.
REST_PER_WORK = 4.0
AGAIN_SECONDS = 60.0
# A document that somebody changes meanwhile is compared again; one that changes all the time waits for the next start.
TRIES = 3

log = structlog.get_logger()

Sleep = Callable[[float], Awaitable[None]]


class Fingerprinting:
    """Works through the archive once after each start, a few documents at a time, and has nothing to do in all starts but one.

    Which documents wait is in the database: what was done before a restart is not done again.
    """

    def __init__(self, store: Store, sleep: Sleep = asyncio.sleep, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._sleep = sleep
        self._clock = clock
        self.signed = 0

    async def work(self) -> None:
        """Give every document that waits its fingerprint."""
        after = DocumentId(0)
        while True:
            begun = self._clock()
            try:
                done = await asyncio.to_thread(self.sign_block, after)
            except StoreUnavailable as error:
                log.warning("fingerprints wait", error=str(error))
                await self._sleep(AGAIN_SECONDS)
                continue
            if done is None:
                break
            after = done
            await self._sleep(REST_PER_WORK * (self._clock() - begun))
        if self.signed:
            log.info("fingerprints made", documents=self.signed)

    def sign_block(self, after: DocumentId) -> DocumentId | None:
        """Give the next few documents theirs; answer the last of them, None where none is left."""
        waiting = self._store.likenesses.unsigned(VERSION, after, DOCUMENTS_AT_ONCE)
        for document_id in waiting:
            self.signed += any(self._sign(document_id) for _ in range(TRIES))
        return waiting[-1] if waiting else None

    def _sign(self, document_id: DocumentId) -> bool:
        try:
            document = self._store.documents.get(document_id)
        except DocumentNotFound:
            return False
        # Imported here, so that the daemon, which knows this module too, does without numpy.
        from actors.pipeline.near_duplicates import compare_with_archive

        compared = compare_with_archive(self._store, document_id, self._store.pages.texts(document_id))
        return self._store.likenesses.keep(document_id, document.revision, compared)
