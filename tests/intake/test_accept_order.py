"""RELIABILITY R1, step by step: the source exists or the accept is durable, never neither (I3), and never two documents (I1)."""

import errno

import pytest

from actors.failpoints import Failpoint, Moment, Point, after
from actors.intake.messages import FileAccepted, NotSettled, Refused, RefusedReason
from actors.store.errors import StoreUnavailable
from actors.store.store import Store
from tests.intake.archive import FailingArchive, Killed, killed_at
from tests.intake.dropping import documents_in, dropped, intake_on, order_for, original_of, spool_files

ACCEPT_ORDER = (Point.SEEN, Point.STAGED, Point.HASHED, Point.STORED, Point.COMMITTED, Point.SOURCE_REMOVED)
CALLS = ("before put", "after put", "before accept", "after accept")


async def accepted_again(store: Store, path_name: str) -> None:
    """Live again after a death, as the daemon does: recover, and take in what lies in the folder."""
    intake = intake_on(store)
    await intake.recover()
    for path in store.data.consume.iterdir():
        assert isinstance(await intake.accept_file(order_for(path)), FileAccepted)


@pytest.mark.parametrize("point", ACCEPT_ORDER)
@pytest.mark.parametrize("moment", list(Moment))
async def test_a_kill_at_any_step_loses_nothing_and_doubles_nothing(store: Store, point: Point, moment: Moment) -> None:
    path = dropped(store)
    with pytest.raises(Killed):
        await intake_on(store, checkpoint=killed_at(Failpoint(moment, point))).accept_file(order_for(path))
    assert path.exists() or len(documents_in(store)) == 1
    assert path.exists() == ((moment, point) != (Moment.AFTER, Point.SOURCE_REMOVED))
    await accepted_again(store, path.name)
    [document] = documents_in(store)
    assert (original_of(store, document), document.duplicate_count) == (b"Dear archive", 0)
    assert not path.exists()
    assert spool_files(store) == []


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "error", [Killed(), StoreUnavailable("away"), OSError(errno.ENOSPC, "No space left on device")], ids=["kill", "database", "full"]
)
async def test_a_failure_around_any_call_leaves_the_source(store: Store, call: str, error: BaseException) -> None:
    path = dropped(store)
    intake = intake_on(store, archive=FailingArchive(store, call, error))
    try:
        answer = await intake.accept_file(order_for(path))
    except (Killed, StoreUnavailable, OSError):
        pass
    else:
        assert isinstance(answer, Refused)
        assert answer.reason.concerns_every_file
    assert path.read_bytes() == b"Dear archive"
    await accepted_again(store, path.name)
    [document] = documents_in(store)
    assert (original_of(store, document), document.duplicate_count) == (b"Dear archive", 0)


@pytest.mark.parametrize("point", ACCEPT_ORDER[:-1])
async def test_the_source_is_untouched_until_the_commit(store: Store, point: Point) -> None:
    path = dropped(store)
    seen: list[tuple[bool, int]] = []

    def look(reached: Failpoint) -> None:
        if reached == after(point):
            seen.append((path.exists(), len(documents_in(store))))

    await intake_on(store, checkpoint=look).accept_file(order_for(path))
    assert seen == [(True, 1 if point == Point.COMMITTED else 0)]


async def test_the_original_stands_read_only_before_its_row_is_written(store: Store) -> None:
    modes: list[int] = []

    def look(reached: Failpoint) -> None:
        if reached == after(Point.STORED):
            modes.extend(path.stat().st_mode & 0o777 for path in store.data.originals.rglob("*.txt"))

    await intake_on(store, checkpoint=look).accept_file(order_for(dropped(store)))
    assert modes == [0o444]


async def test_after_a_disk_error_nothing_is_accepted_in_this_life(store: Store) -> None:
    path = dropped(store)
    intake = intake_on(store, archive=FailingArchive(store, "before put", OSError(errno.EIO, "Input/output error")))
    for _ in range(2):
        answer = await intake.accept_file(order_for(path))
        assert isinstance(answer, Refused)
        assert answer.reason == RefusedReason.STORAGE_FAILED
    assert "started again" in intake.state().stopped
    assert path.exists()
    assert documents_in(store) == []


async def test_a_purge_at_the_same_moment_does_not_take_the_new_bytes_along(store: Store) -> None:
    first = await intake_on(store).accept_file(order_for(dropped(store)))
    assert isinstance(first, FileAccepted)
    path = dropped(store, "again.txt")

    def purge(reached: Failpoint) -> None:
        if reached == after(Point.STORED) and documents_in(store):
            store.documents.delete(first.document_id, None, documents_in(store)[0].added_time)
            store.documents.purge(first.document_id)

    intake = intake_on(store, checkpoint=purge)
    assert isinstance(await intake.accept_file(order_for(path)), NotSettled)
    assert path.exists()
    await accepted_again(store, path.name)
    [document] = documents_in(store)
    assert original_of(store, document) == b"Dear archive"


async def test_copies_of_a_former_life_are_dropped_and_own_ones_kept(store: Store) -> None:
    (store.data.incoming / "0123456789abcdef-1.part").write_bytes(b"half")
    assert await intake_on(store).recover() == 1
    assert spool_files(store) == []
