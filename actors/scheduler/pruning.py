"""Removes entries of the audit that are older than they are to be kept."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from actors.scheduler.clock_doubt import ClockDoubt, believed, doubt_words
from actors.scheduler.errors import TaskFailed
from actors.scheduler.scheduler import KeepOn
from actors.store.errors import StoreUnavailable

# Few enough that no writer waits long for his turn.
ENTRIES_AT_ONCE = 1_000

log = structlog.get_logger()


class Audit(Protocol):
    """The entries."""

    def prune(self, moment: datetime, limit: int) -> int:
        """Remove some of the entries that are older than a moment, and count them. Raises StoreUnavailable."""

    def tell_pruned(self, moment: datetime, count: int, now: datetime) -> None:
        """Note that entries are gone: how many, and up to when. Raises StoreUnavailable."""


class PruneAudit:
    """Removes what is older than `keep`, a batch at a time, and notes once how much that was; a `keep` of nothing keeps all for ever.

    `steady` are the seconds of a clock that nobody sets, and that goes on while the machine sleeps.
    """

    def __init__(self, audit: Audit, keep: timedelta, now: Callable[[], datetime], steady: Callable[[], float]) -> None:
        self._audit, self._keep, self._now, self._steady = audit, keep, now, steady
        self._doubt = ClockDoubt()

    async def __call__(self, keep_on: KeepOn, done_time: datetime | None) -> str:
        """Remove what is due. Raises TaskFailed, also where the clock is in doubt: what it makes due by going ahead stays for now."""
        if not self._keep:
            return "kept for ever"
        now = self._now()
        ahead = self._doubt.ahead(now, self._steady(), done_time)
        removed = await self._remove_all(believed(now, ahead, done_time) - self._keep, keep_on)
        if ahead:
            raise TaskFailed(doubt_words(ahead, "what that makes due goes"))
        return f"{removed:,} entries removed" if removed else "nothing was due"

    async def _remove_all(self, moment: datetime, keep_on: KeepOn) -> int:
        removed = 0
        try:
            while keep_on() and (count := await asyncio.to_thread(self._audit.prune, moment, ENTRIES_AT_ONCE)):
                removed += count
            if removed:
                await asyncio.to_thread(self._audit.tell_pruned, moment, removed, self._now())
                log.info("audit pruned", entries=removed)
        except StoreUnavailable as error:
            raise TaskFailed(f"broken off after {removed} entries: {error}") from error
        return removed
