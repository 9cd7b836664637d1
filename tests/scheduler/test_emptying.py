"""The trash is emptied of what has lain in it long enough, and of nothing else."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from actors.scheduler.clock_doubt import DOUBT
from actors.scheduler.emptying import DOCUMENTS_AT_ONCE, EmptyTrash
from actors.scheduler.errors import TaskFailed
from actors.store.errors import DiscardFailed, DocumentNotFound, NotInTrash, StoreUnavailable
from actors.store.files.data_dir import DataDir
from actors.store.files.discarded import Discarded
from actors.store.nouns.archive import DocumentId
from actors.store.store import Store
from tests.archives import open_archive
from tests.store.making import START, document_id

DELAY = timedelta(days=30)
NOW = START + 40 * timedelta(days=1)
LONG_AGO = NOW - DELAY
LATELY = LONG_AGO + timedelta(seconds=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    data = DataDir(tmp_path / "data")
    store = open_archive(data)
    yield store
    store.close()


class Index:
    """Counts how often it is told."""

    def __init__(self) -> None:
        self.told = 0

    async def __call__(self) -> None:
        self.told += 1


def trashed(store: Store, content: str, moment: datetime = LONG_AGO) -> DocumentId:
    """File a document, and throw it away at a moment."""
    made = document_id(store, content)
    store.documents.delete(made, None, moment)
    return made


def emptying(store: Store, discarded: Discarded | None = None, index: Index | None = None) -> EmptyTrash:
    return EmptyTrash(store.documents, discarded, DELAY, lambda: NOW, lambda: 0.0, index or Index())


def there(store: Store) -> list[DocumentId]:
    return [*store.documents.trashed_before(NOW, DocumentId(0), 1000), *store.documents.ids(None, 1000)]


async def test_what_was_deleted_long_enough_ago_is_removed_with_its_files(store: Store) -> None:
    live, lately, gone = document_id(store, "live"), trashed(store, "lately", LATELY), trashed(store, "gone")
    original = store.originals.path(store.documents.get(gone))
    index = Index()
    assert await emptying(store, index=index)(lambda: True, None) == "1 removed for ever"
    assert (there(store), original.exists(), index.told) == ([lately, live], False, 1)
    with pytest.raises(DocumentNotFound):
        store.documents.get(gone)


class Clocks:
    """A clock that people set, and one that they can't."""

    def __init__(self) -> None:
        self.wall, self.steady = NOW, 1000.0

    def go_on(self, by: timedelta, set_ahead: timedelta = timedelta()) -> None:
        self.wall += by + set_ahead
        self.steady += by.total_seconds()

    def emptying(self, store: Store) -> EmptyTrash:
        return EmptyTrash(store.documents, None, DELAY, lambda: self.wall, lambda: self.steady, Index())


async def test_nothing_is_removed_early_where_the_clock_is_set_ahead(store: Store) -> None:
    clocks, lately = Clocks(), trashed(store, "lately", LATELY)
    work = clocks.emptying(store)
    assert await work(lambda: True, None) == "nothing was due"
    clocks.go_on(timedelta(milliseconds=500), set_ahead=timedelta(days=60))
    for _ in range(2):
        with pytest.raises(TaskFailed, match=r"the clock went ahead by 59 days; .* in 6 hours"):
            await work(lambda: True, NOW)
    assert there(store) == [lately]
    clocks.go_on(timedelta(hours=1), set_ahead=-timedelta(days=60))
    clocks.go_on(DOUBT)
    assert await work(lambda: True, NOW) == "1 removed for ever"


async def test_what_was_due_before_the_clock_was_set_goes_all_the_same(store: Store) -> None:
    clocks, due, lately = Clocks(), trashed(store, "due"), trashed(store, "lately", LATELY)
    clocks.go_on(timedelta(days=100))
    with pytest.raises(TaskFailed, match="ahead by 93 days"):
        await clocks.emptying(store)(lambda: True, NOW)
    assert (there(store), due) == ([lately], due)


async def test_a_clock_that_stands_by_it_is_believed(store: Store) -> None:
    clocks = Clocks()
    trashed(store, "lately", LATELY)
    clocks.go_on(timedelta(days=100))
    work = clocks.emptying(store)
    with pytest.raises(TaskFailed):
        await work(lambda: True, NOW)
    clocks.go_on(DOUBT)
    assert await work(lambda: True, NOW) == "1 removed for ever"


async def test_a_week_without_the_daemon_and_a_machine_that_slept_raise_no_doubt(store: Store) -> None:
    clocks = Clocks()
    trashed(store, "lately", LATELY)
    clocks.go_on(timedelta(days=7))
    work = clocks.emptying(store)
    assert await work(lambda: True, NOW) == "1 removed for ever"
    clocks.go_on(timedelta(days=300))
    assert await work(lambda: True, NOW) == "nothing was due"


async def test_an_empty_trash_is_no_work(store: Store) -> None:
    index = Index()
    assert (await emptying(store, index=index)(lambda: True, None), index.told) == ("nothing was due", 0)


async def test_it_goes_on_block_by_block_and_stops_where_it_is_told(store: Store) -> None:
    ids = [trashed(store, f"{number}") for number in range(DOCUMENTS_AT_ONCE + 5)]
    looks = iter([True] * 4)
    assert await emptying(store)(lambda: next(looks, False), None) == "3 removed for ever"
    assert there(store) == ids[3:]
    index = Index()
    assert await emptying(store, index=index)(lambda: True, None) == f"{len(ids) - 3} removed for ever"
    assert (there(store), index.told) == ([], 2)


async def test_what_somebody_takes_out_meanwhile_stays(store: Store) -> None:
    one, other = trashed(store, "one"), trashed(store, "other")
    looks = 0

    def keep_on() -> bool:
        nonlocal looks
        looks += 1
        if looks == 2:  # the block is read, and nothing is removed yet
            store.documents.undelete(one, NOW)
            store.documents.undelete(other, NOW)
            store.documents.delete(other, None, NOW)
        return True

    assert await emptying(store)(keep_on, None) == "nothing was due"
    assert there(store) == [other, one]


async def test_originals_are_kept_where_that_is_wanted(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "kept" / "originals"
    gone = trashed(store, "gone")
    await emptying(store, Discarded(folder))(lambda: True, None)
    (kept,) = folder.iterdir()
    assert (kept.name, kept.read_bytes(), kept.stat().st_mode & 0o777) == (f"{gone:07}-scan.pdf", b"gone", 0o444)


async def test_an_original_that_cannot_be_kept_keeps_its_document_and_stops_no_other(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    stuck, gone = trashed(store, "stuck"), trashed(store, "gone")
    (folder / f"{stuck:07}-scan.pdf" / "in the way").mkdir(parents=True)
    with pytest.raises(TaskFailed, match=rf"the original of document {stuck} cannot be copied to .*; the document stays .*: 1 removed"):
        await emptying(store, Discarded(folder))(lambda: True, None)
    assert (there(store), (folder / f"{gone:07}-scan.pdf").read_bytes()) == ([stuck], b"gone")


async def test_a_store_that_goes_away_breaks_it_off(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    trashed(store, "one")

    def away(*_: object) -> None:
        raise StoreUnavailable("the database is away")

    monkeypatch.setattr(store.documents, "purge", away)
    with pytest.raises(TaskFailed, match="broken off after 0 documents: the database is away"):
        await emptying(store)(lambda: True, None)


def test_a_purge_by_hand_keeps_the_original_too(store: Store, tmp_path: Path) -> None:
    folder, gone = tmp_path / "kept", trashed(store, "gone")
    store.documents.purge(gone, Discarded(folder))
    assert [kept.read_bytes() for kept in folder.iterdir()] == [b"gone"]


def test_nothing_is_kept_of_what_is_not_in_the_trash(store: Store, tmp_path: Path) -> None:
    live = document_id(store, "live")
    with pytest.raises(NotInTrash):
        store.documents.purge(live, Discarded(tmp_path / "kept"))
    assert not (tmp_path / "kept").exists()


def test_a_document_whose_original_is_lost_can_be_removed(store: Store, tmp_path: Path) -> None:
    gone = trashed(store, "gone")
    store.originals.path(store.documents.get(gone)).unlink()
    store.documents.purge(gone, Discarded(tmp_path / "kept"))
    assert there(store) == []


def test_a_folder_that_cannot_be_written_is_named(store: Store, tmp_path: Path) -> None:
    gone = trashed(store, "gone")
    (tmp_path / "file").touch()
    with pytest.raises(DiscardFailed, match=f"document {gone} cannot be copied to {tmp_path / 'file' / 'kept'}"):
        store.documents.purge(gone, Discarded(tmp_path / "file" / "kept"))
    assert there(store) == [gone]
