"""F13: whatever happens to a file while it is read, what is stored is one whole version of it or nothing, and no version is lost."""

import hashlib
import os
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from actors.failpoints import Failpoint, Point, after, before
from actors.intake.messages import AcceptFile, FileAccepted
from actors.store.store import Store
from tests.faults.plugin import Trials
from tests.intake.dropping import documents_in, dropped, intake_on, order_for, original_of, spool_files

PLACES = [
    place(point)
    for point in (Point.SEEN, Point.STAGED, Point.HASHED, Point.STORED, Point.COMMITTED, Point.SOURCE_REMOVED)
    for place in (before, after)
]
LONGEST = 3 * 1024 * 1024
MOST_ORDERS = 300


def replaced(path: Path, other: bytes) -> None:
    new = path.with_name("new version")
    new.write_bytes(other)
    new.rename(path)


def rewritten(path: Path, other: bytes) -> None:
    path.write_bytes(other)


def truncated(path: Path, other: bytes) -> None:
    os.truncate(path, len(other) % max(path.stat().st_size, 1))


def appended(path: Path, other: bytes) -> None:
    with path.open("ab") as file:
        file.write(other)


def renamed(path: Path, other: bytes) -> None:
    path.rename(path.with_name("under another name"))


def removed(path: Path, other: bytes) -> None:
    path.unlink()


def touched_back(path: Path, other: bytes) -> None:
    """Write other bytes of the same length, and set the modification time back."""
    found = path.stat()
    path.write_bytes(other[: found.st_size].ljust(found.st_size, b"."))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


CHANGES: list[Callable[[Path, bytes], None]] = [replaced, rewritten, truncated, appended, renamed, removed, touched_back]


class Meddling:
    """Changes a file at one place of its way, and notes what lies in the folder then."""

    def __init__(self, place: Failpoint, change: Callable[[Path, bytes], None], path: Path, other: bytes) -> None:
        self._place, self._change, self._path, self._other = place, change, path, other
        self.lying: list[bytes] = []

    def __call__(self, reached: Failpoint) -> None:
        if reached == self._place and (self._path.exists() or self._change is replaced):
            self._change(self._path, self._other)
            self.lying.extend(there.read_bytes() for there in self._path.parent.iterdir())


@pytest.mark.fault("F13", each=20, nightly=1000)
async def test_a_file_changed_at_any_step_is_stored_whole_or_not_at_all(trials: Trials, store: Store) -> None:
    chance = random.Random(trials.seed)
    for number in range(trials.count):
        first, other = chance.randbytes(chance.randrange(1, LONGEST)), chance.randbytes(chance.randrange(1, 4096))
        change, place = CHANGES[number % len(CHANGES)], PLACES[number % len(PLACES)]
        path = dropped(store, f"letter {number}", first)
        meddling = Meddling(place, change, path, other)
        known = {document.sha256 for document in documents_in(store)}
        answer = await intake_on(store, checkpoint=meddling).accept_file(order_for(path))
        fresh = [document for document in documents_in(store) if document.sha256 not in known]
        stored = [original_of(store, document) for document in fresh]
        # What was written before the first byte was read, in the same tick of the disk's clock, was simply there.
        assert stored in ([], [first], *([version] for version in meddling.lying)), (change, place)
        assert isinstance(answer, FileAccepted) == bool(fresh), (change, place, answer)
        assert [document.sha256 for document in fresh] == [hashlib.sha256(content).hexdigest() for content in stored]
        kept = [first, *stored, *(left.read_bytes() for left in store.data.consume.iterdir())]
        assert [version for version in meddling.lying if version not in kept] == [], (change, place)
        assert fresh or first in kept[1:] or change is not renamed, (change, place)
        assert spool_files(store) == []
        for left in store.data.consume.iterdir():
            left.unlink()
        trials.tried()


@pytest.mark.fault("F13", each=3, nightly=60)
async def test_a_file_that_is_written_again_and_again_is_stored_in_whole_versions(trials: Trials, store: Store) -> None:
    """A thread writes versions by turns in place and by renaming, as fast as it can, while the same path is taken in over and over."""
    for number in range(trials.count):
        path = store.data.consume / "ledger"
        known = {document.sha256 for document in documents_in(store)}
        with writing_versions(path, trials.seed + number) as written:
            intake = intake_on(store)
            for _ in range(MOST_ORDERS):
                if (order := order_or_none(path)) is not None:
                    await intake.accept_file(order)
        while path.exists():
            await intake.accept_file(order_for(path))
        fresh = [original_of(store, document) for document in documents_in(store) if document.sha256 not in known]
        assert [content for content in fresh if not is_whole(content)] == []
        assert written[-1] in fresh
        assert spool_files(store) == []
        trials.tried()


def order_or_none(path: Path) -> AcceptFile | None:
    """Look at a file that another thread may just have put elsewhere."""
    try:
        return order_for(path)
    except FileNotFoundError:
        return None


def version(number: int) -> bytes:
    """Write a version that tells its own length and checksum, so that a mixture of two, or a part, is known as such."""
    body = random.Random(number).randbytes(1000 + 977 * (number % 200))
    return f"{number:010d} {len(body):010d} {hashlib.sha256(body).hexdigest()}\n".encode() + body


def is_whole(content: bytes) -> bool:
    """Tell whether some bytes are exactly one version."""
    return content == version(int(content[:10]))


@contextmanager
def writing_versions(path: Path, seed: int) -> Iterator[list[bytes]]:
    """Write versions in a thread until the block ends; gives the list of all that were finished."""
    written: list[bytes] = []
    enough = threading.Event()

    def write() -> None:
        number = (seed % 10_000) * 10_000
        while not enough.is_set() or not written:
            content = version(number)
            (replaced if number % 2 else in_pieces)(path, content)
            written.append(content)
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield written
    finally:
        enough.set()
        writer.join()


def in_pieces(path: Path, content: bytes) -> None:
    """Write a file as most programs do: emptied, then piece by piece, open all the while."""
    with path.open("wb", buffering=0) as file:
        for begin in range(0, len(content), 10_000):
            file.write(content[begin : begin + 10_000])
