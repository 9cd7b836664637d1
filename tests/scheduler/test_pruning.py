"""Entries of the audit go when they are old enough, and that is told."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from actors.scheduler.clock_doubt import DOUBT
from actors.scheduler.errors import TaskFailed
from actors.scheduler.pruning import ENTRIES_AT_ONCE, PruneAudit
from actors.store.audit.deeds import note
from actors.store.errors import StoreUnavailable
from actors.store.files.data_dir import DataDir
from actors.store.nouns.audit import Act, AuditFilter, AuditNoun, Author, AuthorKind, Deed
from actors.store.store import Store
from tests.archives import open_archive
from tests.store.making import START

KEEP = timedelta(days=30)
NOW = START + timedelta(days=100)
YEAR = timedelta(days=365)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_archive(DataDir(tmp_path / "data"))
    yield store
    store.close()


def noted(store: Store, moment: datetime, count: int = 1) -> None:
    by = store.acting(Author(AuthorKind.LOCAL, "local"), lambda: moment)
    with by.database.write() as session:
        for number in range(count):
            note(session, Deed(Act.READ, AuditNoun.SHARE_LINK, number))


def told(store: Store) -> list[tuple[datetime, Act]]:
    return [(entry.time, entry.deed.act) for entry in store.audit.list(AuditFilter(), None, 5000)]


async def test_what_is_old_goes_and_the_rest_stays(store: Store) -> None:
    noted(store, NOW - KEEP - timedelta(seconds=1), ENTRIES_AT_ONCE + 1)
    noted(store, NOW - KEEP)
    outcome = await PruneAudit(store.audit, KEEP, lambda: NOW, lambda: 0.0)(lambda: True, None)
    assert outcome == "1,001 entries removed"
    assert told(store) == [(NOW, Act.PURGED), (NOW - KEEP, Act.READ)]


async def test_where_nothing_is_due_nothing_is_told(store: Store) -> None:
    noted(store, NOW)
    assert await PruneAudit(store.audit, KEEP, lambda: NOW, lambda: 0.0)(lambda: True, None) == "nothing was due"
    assert told(store) == [(NOW, Act.READ)]


async def test_a_keep_of_nothing_keeps_all(store: Store) -> None:
    noted(store, START)
    assert await PruneAudit(store.audit, timedelta(), lambda: NOW, lambda: 0.0)(lambda: True, None) == "kept for ever"
    assert told(store) == [(START, Act.READ)]


async def test_a_clock_that_leaps_ahead_removes_nothing_until_it_stood_by_it(store: Store) -> None:
    noted(store, NOW)
    prune = PruneAudit(store.audit, KEEP, lambda: NOW + YEAR, lambda: steady)
    steady = 0.0
    with pytest.raises(TaskFailed):
        await prune(lambda: True, NOW)
    assert told(store) == [(NOW, Act.READ)]
    steady = DOUBT.total_seconds()
    assert await PruneAudit(store.audit, KEEP, lambda: NOW + YEAR, lambda: steady)(lambda: True, NOW + YEAR) == "1 entries removed"


class Away:
    """A store that is away after the first batch."""

    def __init__(self) -> None:
        self.batches = 0

    def prune(self, moment: datetime, limit: int) -> int:
        self.batches += 1
        if self.batches > 1:
            raise StoreUnavailable("the disk is full")
        return limit

    def tell_pruned(self, moment: datetime, count: int, now: datetime) -> None:
        raise AssertionError


async def test_a_store_that_goes_away_is_told_and_tried_again_later() -> None:
    with pytest.raises(TaskFailed, match="broken off after 1000 entries: the disk is full"):
        await PruneAudit(Away(), KEEP, lambda: NOW, lambda: 0.0)(lambda: True, None)
