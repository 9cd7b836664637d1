"""Empties the trash of what has lain in it long enough."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from actors.scheduler.clock_doubt import ClockDoubt, believed, doubt_words
from actors.scheduler.errors import TaskFailed
from actors.scheduler.scheduler import KeepOn
from actors.store.errors import DiscardFailed, DocumentNotFound, NotInTrash, StoreUnavailable
from actors.store.files.discarded import Discarded
from actors.store.nouns.archive import DocumentId

# The index looks after so many, and the daemon may stop after any of them.
DOCUMENTS_AT_ONCE = 50

log = structlog.get_logger()


class Trash(Protocol):
    """The documents in the trash."""

    def trashed_before(self, moment: datetime, after: DocumentId, limit: int) -> Sequence[DocumentId]:
        """List documents that have been in the trash since before a moment, in their order, beginning after one."""

    def purge(self, document_id: DocumentId, discarded: Discarded | None = None, trashed_before: datetime | None = None) -> None:
        """Remove such a document for ever. Raises NotInTrash, DocumentNotFound, DiscardFailed, StoreUnavailable, OSError."""


class EmptyTrash:
    """Removes documents that were deleted longer ago than `delay`, each by itself: what is done stays done, whatever comes then.

    `steady` are the seconds of a clock that nobody sets, and that goes on while the machine sleeps.
    """

    def __init__(
        self,
        trash: Trash,
        discarded: Discarded | None,
        delay: timedelta,
        now: Callable[[], datetime],
        steady: Callable[[], float],
        tell_index: Callable[[], Awaitable[object]],
    ) -> None:
        self._trash = trash
        self._discarded = discarded
        self._delay = delay
        self._now = now
        self._steady = steady
        self._doubt = ClockDoubt()
        self._tell_index = tell_index

    async def __call__(self, keep_on: KeepOn, done_time: datetime | None) -> str:
        """Remove what is due; one that cannot be removed stops no other.

        Raises TaskFailed, also where the clock is in doubt: what it makes due by going ahead stays for now.
        """
        now = self._now()
        ahead = self._doubt.ahead(now, self._steady(), done_time)
        removed = await self._remove_all(believed(now, ahead, done_time) - self._delay, keep_on)
        if ahead:
            raise TaskFailed(doubt_words(ahead, "what that makes due goes"))
        return told(removed)

    async def _remove_all(self, moment: datetime, keep_on: KeepOn) -> int:
        after, removed, stuck = DocumentId(0), 0, ""
        try:
            while keep_on() and (block := await asyncio.to_thread(self._trash.trashed_before, moment, after, DOCUMENTS_AT_ONCE)):
                for document_id in block:
                    if not keep_on():
                        break
                    gone, reason = await asyncio.to_thread(self._remove, document_id, moment)
                    removed += gone
                    stuck = stuck or reason
                after = block[-1]
                await self._tell_index()
        except (StoreUnavailable, OSError) as error:
            raise TaskFailed(f"broken off after {removed} documents: {error}") from error
        if stuck:
            raise TaskFailed(f"{stuck}; of the others: {told(removed)}")
        return removed

    def _remove(self, document_id: DocumentId, moment: datetime) -> tuple[bool, str]:
        """Remove one; answer whether it is gone, and why not where that is wrong."""
        try:
            self._trash.purge(document_id, self._discarded, moment)
        except (NotInTrash, DocumentNotFound):
            return False, ""  # somebody has taken it out, or was quicker
        except DiscardFailed as error:
            return False, str(error)
        log.info("document removed for ever", document_id=document_id)
        return True, ""


def told(removed: int) -> str:
    """Say how many are gone, as short as a table needs it."""
    return f"{removed:,} removed for ever" if removed else "nothing was due"
