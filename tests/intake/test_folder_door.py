"""Dropped files of every kind (RELIABILITY F12 to F14): accepted whole, put off, or refused where they lie."""

import os
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.failpoints import Failpoint, Point, after
from actors.intake.folder_door import dropped_time
from actors.intake.messages import AcceptFile, FileAccepted, NotSettled, Refused, RefusedReason
from actors.intake.names import shown_name
from actors.intake.settings import IntakeSettings
from actors.intake.source import SourceFile, opened
from actors.store.nouns.archive import SourceKey, SourceKind
from actors.store.nouns.identity import Role, UserFacts
from actors.store.store import Store
from tests.intake.archive import fixed_now
from tests.intake.dropping import documents_in, dropped, intake_on, order_for, original_of, sha256, spool_files

PDF = b"%PDF-1.4\n" + b"1 0 obj << >> endobj\n" * 5000


async def test_an_accepted_file_is_in_the_archive_byte_for_byte_and_gone_from_the_folder(store: Store) -> None:
    path = dropped(store, "Invoice 7.pdf", PDF)
    answer = await intake_on(store).accept_file(order_for(path, tags=("Bills", "2026")))
    [document] = documents_in(store)
    assert isinstance(answer, FileAccepted)
    assert answer == FileAccepted(document.id, answer.job_id, duplicate=False, sha256=sha256(PDF), source_removed=True)
    assert original_of(store, document) == PDF
    assert (document.title, document.original_filename, document.mime_type) == ("Invoice 7", "Invoice 7.pdf", "application/pdf")
    assert (document.tags, document.size_bytes, document.sha256) == (("2026", "Bills"), len(PDF), sha256(PDF))
    assert not path.exists()
    assert spool_files(store) == []


async def test_when_a_dropped_file_was_changed_is_known_later(store: Store) -> None:
    path = dropped(store)
    os.utime(path, ns=(10**18, 10**18 + 7))
    await intake_on(store).accept_file(order_for(path))
    delivery = store.documents.delivery(documents_in(store)[0].id)
    assert delivery is not None
    assert dropped_time(delivery) == datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "key"), [(SourceKind.UPLOAD, "a 1 2 3 /b"), (SourceKind.FOLDER, "other"), (SourceKind.FOLDER, f"a 1 {10**40} 3 /b")]
)
def test_of_other_deliveries_no_time_is_known(kind: SourceKind, key: str) -> None:
    assert dropped_time(SourceKey(kind, key)) is None


async def test_a_scan_of_one_side_waits_in_the_name_of_its_folder(store: Store) -> None:
    path = dropped(store, "anna/double-sided/fronts.pdf", PDF)
    came_ns = path.stat().st_ctime_ns
    answer = await intake_on(store).accept_file(replace(order_for(path, store.data.consume), one_sided=True))
    assert isinstance(answer, FileAccepted)
    (side,) = store.sides.waiting(sha256(os.fsencode(path.parent)))
    assert (side.document_id, side.scan_ns, side.waits_until) == (answer.document_id, came_ns, fixed_now() + timedelta(minutes=30))


async def test_the_same_bytes_again_are_a_duplicate_and_removed(store: Store) -> None:
    intake = intake_on(store)
    first = await intake.accept_file(order_for(dropped(store, "a.txt")))
    path = dropped(store, "b.txt")
    second = await intake.accept_file(order_for(path))
    assert isinstance(first, FileAccepted)
    assert second == FileAccepted(first.document_id, None, duplicate=True, sha256=first.sha256, source_removed=True)
    assert (documents_in(store)[0].duplicate_count, path.exists()) == (1, False)


async def test_a_duplicate_stays_in_the_folder_if_the_settings_say_so(store: Store) -> None:
    intake = intake_on(store, settings=IntakeSettings(min_free_bytes=0, delete_duplicates=False))
    await intake.accept_file(order_for(dropped(store, "a.txt")))
    path = dropped(store, "b.txt")
    answer = await intake.accept_file(order_for(path))
    assert isinstance(answer, FileAccepted)
    assert (answer.duplicate, answer.source_removed, path.exists()) == (True, False, True)


async def test_the_same_file_dropped_again_at_the_same_place_is_a_duplicate(store: Store) -> None:
    intake = intake_on(store)
    for _ in range(2):
        path = dropped(store)
        os.utime(path, ns=(10**18, 10**18))
        await intake.accept_file(order_for(path))
    assert [document.duplicate_count for document in documents_in(store)] == [1]


async def test_what_is_dropped_is_whose_the_archive_says_and_waits_where_he_goes_at_that_moment(store: Store) -> None:
    anna, gone = (store.users.create(UserFacts(name, Role.EDITOR), fixed_now()).id for name in ("anna", "gone"))
    store.users.delete(gone, None)
    path, owners = dropped(store), [gone, anna, None]
    intake = intake_on(store, drops_owner=lambda: owners.pop(0))
    assert isinstance(await intake.accept_file(order_for(path)), NotSettled)
    assert path.exists()
    await intake.accept_file(order_for(path))
    await intake.accept_file(order_for(dropped(store, "b.txt", b"another")))
    assert {one.original_filename: one.owner for one in documents_in(store)} == {"letter.txt": anna, "b.txt": None}


async def test_an_empty_file_becomes_a_document_that_can_fail_visibly(store: Store) -> None:
    await intake_on(store).accept_file(order_for(dropped(store, "empty.pdf", b"")))
    [document] = documents_in(store)
    assert (document.mime_type, document.size_bytes, document.title) == ("inode/x-empty", 0, "empty")


@pytest.mark.parametrize("point", [Point.SEEN, Point.STAGED, Point.HASHED, Point.STORED, Point.COMMITTED])
@pytest.mark.parametrize("change", ["grown", "truncated", "same size", "forged", "replaced", "renamed", "removed", "touched"])
async def test_a_file_changed_at_any_moment_is_never_lost(store: Store, point: Point, change: str) -> None:
    path = dropped(store, data=b"first version")
    other = b"other version" if change in ("same size", "forged") else b"quite another version"

    def meddle(reached: Failpoint) -> None:
        if reached != after(point):
            return
        if change == "renamed":
            path.rename(path.with_name("renamed.txt"))
        elif change == "removed":
            path.unlink()
        elif change == "replaced":
            new = path.with_name("new")
            new.write_bytes(other)
            new.rename(path)
        elif change == "touched":
            os.utime(path, ns=(1, 1))
        elif change == "forged":
            times = path.stat().st_atime_ns, path.stat().st_mtime_ns
            path.write_bytes(other)
            os.utime(path, ns=times)
        elif change == "truncated":
            path.write_bytes(b"")
        else:
            path.write_bytes(other)

    answer = await intake_on(store, checkpoint=meddle).accept_file(order_for(path))
    committed = {original_of(store, document) for document in documents_in(store)}
    lying = {left.read_bytes() for left in store.data.consume.iterdir()}
    assert committed <= {b"first version"}
    assert isinstance(answer, NotSettled) == (point in (Point.SEEN, Point.STAGED))
    expected = {"renamed": b"first version", "touched": b"first version", "truncated": b"", "removed": None}.get(change, other)
    assert expected is None or expected in lying
    assert spool_files(store) == []


class Meddled(SourceFile):
    """Is replaced in the moment between the last look and the removal."""

    def unchanged(self) -> bool:
        same = SourceFile.unchanged(self)
        path = Path(f"/proc/self/fd/{self.directory}") / self.name
        path.with_name("new").write_bytes(b"newer")
        path.with_name("new").rename(path)
        return same


def test_a_file_replaced_in_the_last_moment_is_put_back(store: Store) -> None:
    path = dropped(store)
    with opened(order_for(path)) as source:
        meddled = Meddled(source.directory, source.name, source.descriptor, source.identity)
        assert not meddled.remove()
    assert [(left.name, left.read_bytes()) for left in store.data.consume.iterdir()] == [("letter.txt", b"newer")]


async def test_a_file_that_grows_while_it_is_read_is_put_off(store: Store) -> None:
    path = dropped(store, data=PDF)
    order = order_for(path)
    with path.open("ab", buffering=0) as writer:
        writer.write(b"more")
        assert await intake_on(store).accept_file(order) == NotSettled("the file changed since it was seen")
    assert documents_in(store) == []


async def test_a_file_that_a_program_has_open_for_writing_is_put_off(store: Store) -> None:
    path = dropped(store)
    with path.open("ab"):
        assert await intake_on(store).accept_file(order_for(path)) == NotSettled("a program is writing to the file")
    assert isinstance(await intake_on(store).accept_file(order_for(path)), FileAccepted)


async def test_a_writer_who_comes_after_the_copy_keeps_his_file(store: Store) -> None:
    path = dropped(store)
    writers = []

    def open_it(reached: Failpoint) -> None:
        if reached == after(Point.COMMITTED):
            writers.append(path.open("ab", buffering=0))

    answer = await intake_on(store, checkpoint=open_it).accept_file(order_for(path))
    assert isinstance(answer, FileAccepted)
    assert not answer.source_removed
    for writer in writers:
        writer.write(b", and more")
        writer.close()
    assert path.read_bytes() == b"Dear archive, and more"


def make_symlink(path: Path) -> None:
    path.symlink_to(path.with_name("target"))
    path.with_name("target").write_bytes(b"secret")


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.fspath(path))


@pytest.mark.parametrize(
    ("make", "kind"), [(make_symlink, "symbolic link"), (os.mkfifo, "pipe"), (Path.mkdir, "folder"), (make_socket, "socket")]
)
async def test_what_is_no_file_is_refused_and_left(tmp_path: Path, store: Store, make: Callable[[Path], object], kind: str) -> None:
    path = tmp_path / "x"  # a socket's path must be short
    make(path)
    answer = await intake_on(store).accept_file(order_for(path))
    assert answer == Refused(RefusedReason.NOT_A_FILE, f"this is a {kind}, not a file")
    assert path.is_symlink() or path.exists()


@pytest.mark.parametrize("where", ["link/secret.txt", "../secret.txt", "sub/../../secret.txt"])
async def test_nothing_outside_the_folder_is_read(store: Store, where: str) -> None:
    secret = dropped(store, "../secret.txt", b"secret")
    (store.data.consume / "link").symlink_to(secret.parent)
    (store.data.consume / "sub").mkdir()
    found = secret.stat()
    order = AcceptFile(store.data.consume / where, store.data.consume, found.st_size, found.st_mtime_ns, found.st_ino)
    answer = await intake_on(store).accept_file(order)
    assert isinstance(answer, Refused)
    assert answer.reason == RefusedReason.OUTSIDE
    assert secret.exists()
    assert documents_in(store) == []


async def test_the_watched_folder_itself_may_be_a_link(store: Store, tmp_path: Path) -> None:
    dropped(store)
    (tmp_path / "link").symlink_to(store.data.consume)
    path = tmp_path / "link" / "letter.txt"
    assert isinstance(await intake_on(store).accept_file(order_for(path)), FileAccepted)
    assert not path.exists()


async def test_a_hard_link_elsewhere_keeps_the_bytes_there(store: Store, tmp_path: Path) -> None:
    path = dropped(store)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.hardlink_to(path)
    await intake_on(store).accept_file(order_for(path))
    assert (path.exists(), elsewhere.read_bytes(), elsewhere.stat().st_mode & 0o200) == (False, b"Dear archive", 0o200)


async def test_a_hard_link_to_an_original_is_a_duplicate_and_leaves_the_original_alone(store: Store) -> None:
    first = await intake_on(store).accept_file(order_for(dropped(store)))
    assert isinstance(first, FileAccepted)
    original = store.originals.path(store.documents.get(first.document_id))
    link = store.data.consume / "link.txt"
    link.hardlink_to(original)
    again = await intake_on(store).accept_file(order_for(link))
    assert isinstance(again, FileAccepted)
    assert (again.duplicate, again.source_removed, link.exists()) == (True, True, False)
    assert (original.read_bytes(), original.stat().st_nlink) == (b"Dear archive", 1)


async def test_a_sparse_file_of_one_tebibyte_is_refused_by_its_size(store: Store) -> None:
    path = dropped(store)
    os.truncate(path, 1024**4)
    intake = intake_on(store)
    answer = await intake.accept_file(order_for(path))
    assert answer == Refused(RefusedReason.TOO_LARGE, "the file has 1099511627776 bytes, and no more than 10737418240 are taken in")
    assert [(file.name, file.reason) for file in intake.state().refused] == [("letter.txt", RefusedReason.TOO_LARGE)]
    assert path.exists()


@pytest.mark.parametrize(("size", "accepted"), [(9, True), (10, True), (11, False)])
async def test_the_limit_of_size_is_exact(store: Store, size: int, accepted: bool) -> None:
    intake = intake_on(store, settings=IntakeSettings(max_file_bytes=10, min_free_bytes=0))
    answer = await intake.accept_file(order_for(dropped(store, data=b"x" * size)))
    assert isinstance(answer, FileAccepted) == accepted


@pytest.mark.parametrize(("free", "reason"), [(999, RefusedReason.NO_SPACE), (1011, RefusedReason.TOO_LARGE), (1012, None)])
async def test_some_of_the_disk_stays_free_and_a_file_too_large_for_it_holds_up_no_other(
    store: Store, free: int, reason: RefusedReason | None
) -> None:
    intake = intake_on(store, settings=IntakeSettings(min_free_bytes=1000), free=lambda _: free)
    path = dropped(store)
    answer = await intake.accept_file(order_for(path))
    assert (answer.reason if isinstance(answer, Refused) else None) == reason
    assert path.exists() == (reason is not None)


async def test_a_file_that_vanished_is_no_error(store: Store) -> None:
    path = dropped(store)
    order = order_for(path)
    path.unlink()
    assert await intake_on(store).accept_file(order) == NotSettled("the file is gone")


async def test_a_file_left_by_a_crash_in_its_removal_is_taken_in_under_its_name(store: Store) -> None:
    await intake_on(store).accept_file(order_for(dropped(store, ".scriba-taken-0123456789abcdef-letter.txt")))
    assert [document.original_filename for document in documents_in(store)] == ["letter.txt"]


class Killed(BaseException):
    """What ends a process in the middle of a step."""


@pytest.mark.parametrize("crashes", [1, 2])
@pytest.mark.parametrize("name", ["letter.pdf", "-rf", "two\nlines.pdf", "n" * 200])
async def test_a_crash_in_its_removal_makes_no_second_delivery(
    store: Store, monkeypatch: pytest.MonkeyPatch, crashes: int, name: str
) -> None:
    path = dropped(store, name)
    for _ in range(crashes):
        with monkeypatch.context() as crashing:
            crashing.setattr("actors.intake.source.os.unlink", killed)
            with pytest.raises(Killed):
                await intake_on(store).accept_file(order_for(path))
        [path] = store.data.consume.iterdir()
        assert path.name != name
    answer = await intake_on(store).accept_file(order_for(path))
    assert isinstance(answer, FileAccepted)
    assert (answer.duplicate, answer.source_removed) == (False, True)
    assert [(document.original_filename, document.duplicate_count) for document in documents_in(store)] == [(shown_name(name), 0)]
    assert list(store.data.consume.iterdir()) == []


def killed(*_: object, **__: object) -> None:
    raise Killed


ODD_NAMES = [
    b"n" * 255,
    b"n" * 251 + b".pdf",
    "u\u0308.pdf".encode(),
    "\u00fc.pdf".encode(),
    b"two\nlines.pdf",
    b"..pdf",
    b"...",
    b"-rf",
    b"\xff\xfe.pdf",
    "\u202efdp.exe".encode(),
    b" ",
    "\U0001f4c4.pdf".encode(),
]


@pytest.mark.parametrize("name", ODD_NAMES)
async def test_a_file_of_any_name_is_taken_in_and_removed(store: Store, name: bytes) -> None:
    path = dropped(store, os.fsdecode(name))
    answer = await intake_on(store).accept_file(order_for(path))
    assert isinstance(answer, FileAccepted)
    assert answer.source_removed
    assert list(store.data.consume.iterdir()) == []
    [document] = documents_in(store)
    assert (original_of(store, document), "\n" in document.original_filename) == (b"Dear archive", False)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.binary(min_size=1, max_size=255).filter(lambda name: not set(name) & set(b"/\0") and name not in (b".", b"..")),
    data=st.binary(max_size=100),
)
async def test_bytes_come_in_unharmed_whatever_name_and_content(store: Store, name: bytes, data: bytes) -> None:
    path = dropped(store, os.fsdecode(name), data)
    answer = await intake_on(store).accept_file(order_for(path))
    assert isinstance(answer, FileAccepted)
    assert original_of(store, store.documents.get(answer.document_id)) == data
    assert list(store.data.consume.iterdir()) == []
