"""What the storage watch concludes from what it finds and hears, and when it writes to the disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from actors.store.files.data_dir import DataDir
from actors.store.files.disks import Place
from actors.store.files.health import SOUND
from actors.store.store import Store
from daemon.keeping.storage_watch import PROBE_SECONDS, Reports, StorageWatch
from tests.archives import open_archive


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    data = DataDir(tmp_path / "data")
    store = open_archive(data)
    yield store
    store.close()


class Watched:
    """A watch whose clock and whose reports a test sets. Whether it wrote is seen by a folder that lets nobody write."""

    def __init__(self, store: Store, least_free: int = 0) -> None:
        self.reports = Reports()
        self.seconds = 0.0
        self.watch = StorageWatch(store, [Place(store.data.spool, "files")], least_free, self.ask, lambda: self.seconds)

    async def ask(self) -> Reports:
        return self.reports

    async def writes(self) -> bool:
        return self.watch._must_write(self.reports)


async def test_a_sound_store_is_sound(store: Store) -> None:
    assert await Watched(store).watch.look() == SOUND


async def test_too_little_room_is_told(store: Store) -> None:
    health = await Watched(store, least_free=1 << 60).watch.look()
    assert (health.accepting, health.writable) == (False, True)


async def test_a_database_that_is_away_is_told_and_found_again(store: Store) -> None:
    watched = Watched(store)
    hidden = store.data.database.with_suffix(".hidden")
    store.close()
    store.data.database.rename(hidden)
    store.data.database.mkdir()
    assert not (await watched.watch.look()).readable
    store.data.database.rmdir()
    hidden.rename(store.data.database)
    assert await watched.watch.look() == SOUND


async def test_a_disk_that_failed_stays_so_and_is_never_written_to_again(store: Store) -> None:
    watched = Watched(store)
    watched.reports = Reports(1, "the disk failed")
    assert not (await watched.watch.look()).writable
    watched.reports, watched.seconds = Reports(2), 10 * PROBE_SECONDS
    assert not (await watched.watch.look()).writable
    assert not await watched.writes()


async def test_a_block_is_written_at_the_start_after_a_failure_and_now_and_then(store: Store) -> None:
    watched = Watched(store)
    assert [await watched.writes() for _ in range(2)] == [True, False]
    watched.reports = Reports(failures=1)
    assert [await watched.writes() for _ in range(2)] == [True, False]
    watched.seconds = PROBE_SECONDS
    assert [await watched.writes() for _ in range(2)] == [True, False]
