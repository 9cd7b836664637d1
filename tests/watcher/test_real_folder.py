"""The watcher with a real disk, real events, the real intake and a real archive: RELIABILITY F12 and F16."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from watchdog.events import FileCreatedEvent

from actors.intake.intake import Intake
from actors.intake.settings import IntakeSettings
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentOrder
from actors.store.store import Store
from actors.watcher.events import Noticed, WatchdogEvents
from actors.watcher.settings import WatchedFolder, WatcherSettings
from actors.watcher.watcher import Watcher
from tests.archives import open_archive


class Nobody:
    """Works on no jobs."""

    async def wake(self) -> None:
        return


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    data = DataDir(tmp_path / "data")
    store = open_archive(data)
    yield store
    store.close()


@asynccontextmanager
async def watching(store: Store, **settings: float) -> AsyncIterator[Watcher]:
    intake = Intake(store, store.data.incoming, Nobody(), IntakeSettings(min_free_bytes=0))
    folders = (WatchedFolder(store.data.consume, recursive=True, subdirs_as_tags=True, sides="double-sided"),)
    watcher = Watcher(WatcherSettings(folders, **{"settle_seconds": 0.2, **settings}), intake, WatchdogEvents())  # type: ignore[arg-type]  # floats only
    run = asyncio.create_task(watcher.run())
    try:
        yield watcher
    finally:
        await watcher.stop()
        await run


async def until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for a condition, or fail."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come true in time"
        await asyncio.sleep(0.02)


async def noticed(events: WatchdogEvents, path: Path) -> set[Path]:
    """Wait until a path is noticed, and give all that were."""
    seen: set[Path] = set()

    def look() -> bool:
        seen.update(events.drain().paths)
        return path in seen

    await until(look)
    return seen


def contents(store: Store) -> list[bytes]:
    return sorted(
        store.originals.path(document).read_bytes() for document in store.documents.list(DocumentOrder(), None, 1000, deleted=False)
    )


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_files_dropped_moved_and_copied_with_folders_are_all_taken(store: Store, tmp_path: Path) -> None:
    consume = store.data.consume
    (consume / "before.txt").write_bytes(b"before the start")
    async with watching(store):
        await until(lambda: store.documents.count(deleted=False) == 1)
        (consume / "written.txt").write_bytes(b"written here")
        (tmp_path / "moved.txt").write_bytes(b"moved here")
        (tmp_path / "moved.txt").rename(consume / "moved.txt")
        (tmp_path / "Bills").mkdir()
        (tmp_path / "Bills" / "inner.txt").write_bytes(b"came with its folder")
        (tmp_path / "Bills").rename(consume / "Bills")
        await until(lambda: store.documents.count(deleted=False) == 4)
    assert contents(store) == [b"before the start", b"came with its folder", b"moved here", b"written here"]
    assert files_in(consume) == []
    [bill] = [document for document in store.documents.list(DocumentOrder(), None, 10, deleted=False) if document.title == "inner"]
    assert bill.tags == ("Bills",)


async def test_scans_of_one_side_are_told_by_their_folder_whose_name_is_no_tag(store: Store) -> None:
    folder = store.data.consume / "Anna" / "double-sided"
    async with watching(store):
        folder.mkdir(parents=True)
        (folder / "fronts.txt").write_bytes(b"fronts")
        (store.data.consume / "other.txt").write_bytes(b"a file beside")
        await until(lambda: store.documents.count(deleted=False) == 2)
    tags = {document.title: document.tags for document in store.documents.list(DocumentOrder(), None, 10, deleted=False)}
    assert tags == {"fronts": ("Anna",), "other": ()}
    assert len(store.sides.waiting(sha256(os.fsencode(folder)).hexdigest())) == 1


async def test_slow_writers_are_waited_for_however_long_they_pause(store: Store) -> None:
    paths = [store.data.consume / f"{number}.txt" for number in range(5)]
    async with watching(store, settle_seconds=0.05) as watcher:
        writers = [path.open("wb", buffering=0) for path in paths]
        for _ in range(3):
            for number, writer in enumerate(writers):
                writer.write(f"part of {number}, ".encode())
            # Three times over they have settled for long enough: only the open descriptors tell that they are not done.
            enough = watcher.state().put_off + 15
            await until(lambda: watcher.state().put_off >= enough)  # noqa: B023  # called before the loop goes on
            assert store.documents.count(deleted=False) == 0
        for writer in writers:
            writer.close()
        await until(lambda: store.documents.count(deleted=False) == 5)
    assert contents(store) == [f"part of {number}, ".encode() * 3 for number in range(5)]


async def test_many_files_at_once_are_each_taken_once_and_a_stopped_watcher_is_followed_by_the_next(store: Store) -> None:
    consume = store.data.consume
    wanted = sorted(f"document {number}".encode() for number in range(300))
    async with watching(store):
        for data in wanted:
            (consume / f"{data.decode()}.txt").write_bytes(data)
        await until(lambda: store.documents.count(deleted=False) > 100)
    assert store.documents.count(deleted=False) < 300
    async with watching(store):
        await until(lambda: store.documents.count(deleted=False) == 300)
        await until(lambda: files_in(consume) == [])
    assert contents(store) == wanted
    assert [path for path in store.data.incoming.iterdir() if path.is_file()] == []


async def test_a_folder_that_is_removed_and_made_again_is_watched_again(store: Store) -> None:
    events = WatchdogEvents()
    folder = WatchedFolder(store.data.consume)
    events.start(lambda: None)
    try:
        for _ in range(2):
            events.watch(folder)
            (folder.path / "a.txt").write_bytes(b"x")
            await noticed(events, folder.path / "a.txt")
            (folder.path / "a.txt").unlink()
            folder.path.rmdir()
            events.unwatch(folder)
            folder.path.mkdir()
    finally:
        events.stop()


async def test_reading_a_file_is_no_event(store: Store) -> None:
    path = store.data.consume / "a.txt"
    path.write_bytes(b"x")
    events = WatchdogEvents()
    events.start(lambda: None)
    try:
        events.watch(WatchedFolder(store.data.consume))
        path.read_bytes()
        (store.data.consume / "last.txt").write_bytes(b"x")
        assert path not in await noticed(events, store.data.consume / "last.txt")
    finally:
        events.stop()


def test_more_events_than_can_be_named_are_told_as_overflow(tmp_path: Path) -> None:
    events = WatchdogEvents()
    for number in range(5000):
        events.on_any_event(FileCreatedEvent(str(tmp_path / str(number))))
    first = events.drain()
    assert (len(first.paths), first.overflowed) == (4096, True)
    assert events.drain() == Noticed()
