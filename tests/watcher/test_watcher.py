"""What the watcher does about files that appear, change, vanish and are refused."""

import os
from pathlib import Path

import pytest

from actors.intake.messages import AcceptFile, FileAccepted, FileAnswer, NotSettled, Refused, RefusedReason
from actors.store.nouns.archive import DocumentId
from actors.watcher.messages import FolderStand
from actors.watcher.settings import WatchedFolder
from tests.watcher.world import HandEvents, HandIntake, World, takes


def written(path: Path, data: bytes = b"text", age: float = 0.0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if age:
        os.utime(path, (path.stat().st_atime, path.stat().st_mtime - age))
    return path


async def test_files_that_lie_there_at_the_start_are_sent_oldest_first(tmp_path: Path) -> None:
    for age, name in enumerate(["new.pdf", "older.pdf", "oldest.pdf"]):
        written(tmp_path / name, age=age * 10)
    world = World(WatchedFolder(tmp_path))
    await world.settle()
    await world.passes(2)
    assert world.intake.names == ["oldest.pdf", "older.pdf", "new.pdf"]
    assert world.watcher.state().accepted == 3


async def test_a_file_is_sent_only_after_it_rests(tmp_path: Path) -> None:
    world = World(WatchedFolder(tmp_path))
    await world.settle()
    path = written(tmp_path / "slow.pdf", b"1")
    for size in range(2, 8):
        world.events.paths.add(path)
        await world.passes(1)
        assert world.intake.orders == []
        path.write_bytes(b"1" * size)
    world.events.paths.add(path)
    await world.passes(3)
    assert [order.size for order in world.intake.orders] == [7]


async def test_an_empty_file_must_rest_for_longer(tmp_path: Path) -> None:
    written(tmp_path / "empty.pdf", b"")
    world = World(WatchedFolder(tmp_path))
    await world.settle()
    await world.passes(9)
    assert world.intake.orders == []
    await world.passes(1)
    assert world.intake.names == ["empty.pdf"]


async def test_a_lost_event_costs_at_most_the_time_between_scans(tmp_path: Path) -> None:
    world = World(WatchedFolder(tmp_path), rescan_seconds=60.0)
    await world.settle()
    written(tmp_path / "unnoticed.pdf")
    await world.passes(55)
    assert world.intake.orders == []
    await world.passes(8)
    assert world.intake.names == ["unnoticed.pdf"]


async def test_an_overflow_of_events_makes_it_look_at_everything(tmp_path: Path) -> None:
    world = World(WatchedFolder(tmp_path))
    await world.settle()
    for number in range(300):
        written(tmp_path / f"{number}.pdf", age=300 - number)
    world.events.overflowed = True
    await world.passes(3)
    assert sorted(world.intake.names) == sorted(f"{number}.pdf" for number in range(300))
    assert world.intake.most_in_hand <= 4


async def test_a_watcher_killed_half_way_is_followed_by_one_that_takes_the_rest(tmp_path: Path) -> None:
    for number in range(40):
        written(tmp_path / f"{number}.pdf", str(number).encode())
    taken: list[str] = []

    def dies_after_twenty(order: AcceptFile) -> FileAnswer:
        if len(taken) == 20:
            raise ConnectionError("the watcher is gone")
        taken.append(order.path.name)
        return takes(order)

    first = World(WatchedFolder(tmp_path), intake=HandIntake(dies_after_twenty))
    await first.settle()
    await first.passes(3)
    second = World(WatchedFolder(tmp_path))
    await second.settle()
    await second.passes(3)
    assert sorted(taken + second.intake.names) == sorted(f"{number}.pdf" for number in range(40))


async def test_a_polled_folder_is_looked_at_in_its_own_time_and_without_events(tmp_path: Path) -> None:
    world = World(WatchedFolder(tmp_path, polling_seconds=10.0))
    await world.settle()
    assert world.events.watched == []
    written(tmp_path / "from-afar.pdf")
    await world.passes(9.5)
    assert world.intake.orders == []
    await world.passes(3)
    assert world.intake.names == ["from-afar.pdf"]


async def test_a_folder_that_the_system_cannot_watch_is_polled(tmp_path: Path) -> None:
    world = World(WatchedFolder(tmp_path), events=HandEvents(limit=0))
    await world.settle()
    assert [folder.stand for folder in world.watcher.state().folders] == [FolderStand.POLLING]
    written(tmp_path / "a.pdf")
    await world.passes(13)
    assert world.intake.names == ["a.pdf"]


async def test_a_folder_made_later_removed_and_made_again_is_watched_each_time(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    world = World(WatchedFolder(folder))
    await world.settle()
    assert [state.stand for state in world.watcher.state().folders] == [FolderStand.MISSING]
    for name in ("first.pdf", "second.pdf"):
        written(folder / name)
        await world.passes(8)
        assert [state.stand for state in world.watcher.state().folders] == [FolderStand.EVENTS]
        assert world.events.watched == [folder]
        folder.rmdir()
        await world.passes(6)
        assert [state.stand for state in world.watcher.state().folders] == [FolderStand.MISSING]
    assert world.intake.names == ["first.pdf", "second.pdf"]


async def test_files_of_a_folder_that_vanished_are_forgotten(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    path = written(folder / "a.pdf")
    world = World(WatchedFolder(folder), settle_seconds=30.0)
    await world.settle()
    assert world.watcher.state().waiting == 1
    path.unlink()
    folder.rmdir()
    await world.passes(6)
    assert world.watcher.state().waiting == 0


async def test_a_refused_file_is_tried_again_after_longer_waits_and_at_once_when_it_changes(tmp_path: Path) -> None:
    path = written(tmp_path / "huge.pdf")
    world = World(WatchedFolder(tmp_path), intake=HandIntake(lambda _: Refused(RefusedReason.TOO_LARGE, "too large")))
    await world.settle()
    await world.passes(2)
    assert (len(world.intake.orders), world.watcher.state().refused) == (1, 1)
    await world.passes(29)
    assert len(world.intake.orders) == 1
    await world.passes(1)
    assert len(world.intake.orders) == 2
    await world.passes(59)
    assert len(world.intake.orders) == 2
    path.write_bytes(b"smaller now")
    world.events.paths.add(path)
    await world.passes(3)
    assert [order.size for order in world.intake.orders] == [4, 4, 11]


async def test_a_full_disk_stops_all_files_after_the_first_answer_and_ends_by_itself(tmp_path: Path) -> None:
    for number in range(50):
        written(tmp_path / f"{number}.pdf")
    world = World(WatchedFolder(tmp_path), intake=HandIntake(lambda _: Refused(RefusedReason.NO_SPACE, "disk full")), in_flight=2)
    await world.settle()
    await world.passes(10)
    assert (len(world.intake.orders), world.watcher.state().paused) == (2, "disk full")
    assert (world.watcher.next_time() or 0) > world.clock.now
    world.intake.answer = takes
    await world.passes(20)
    assert (len(world.intake.orders), world.watcher.state().paused) == (52, "")


async def test_an_intake_that_fails_is_asked_again_later(tmp_path: Path) -> None:
    written(tmp_path / "a.pdf")

    def fails(_: AcceptFile) -> FileAnswer:
        raise ConnectionError("the actor died")

    world = World(WatchedFolder(tmp_path), intake=HandIntake(fails))
    await world.settle()
    await world.passes(10)
    assert len(world.intake.orders) == 1
    world.intake.answer = takes
    await world.passes(10)
    assert world.watcher.state().accepted == 1


async def test_a_file_that_is_not_settled_is_sent_again_after_it_rests(tmp_path: Path) -> None:
    written(tmp_path / "a.pdf")
    world = World(WatchedFolder(tmp_path), intake=HandIntake(lambda _: NotSettled("being written")))
    await world.settle()
    await world.passes(2)
    world.intake.answer = takes
    await world.passes(2)
    assert (len(world.intake.orders), world.watcher.state().accepted) == (2, 1)


async def test_an_accepted_file_that_stays_is_not_sent_again_until_it_changes(tmp_path: Path) -> None:
    path = written(tmp_path / "read-only.pdf")
    world = World(WatchedFolder(tmp_path), intake=HandIntake(lambda _: FileAccepted(DocumentId(1), None, True, "", source_removed=False)))
    await world.settle()
    await world.passes(200)
    assert (len(world.intake.orders), world.watcher.state().left, world.watcher.state().duplicates) == (1, 1, 1)
    path.write_bytes(b"changed")
    world.events.paths.add(path)
    await world.passes(3)
    assert len(world.intake.orders) == 2


async def test_a_file_put_in_the_place_of_one_in_flight_is_sent_too(tmp_path: Path) -> None:
    path = written(tmp_path / "scan.pdf", b"first")
    second = b"second page"

    def replaced(order: AcceptFile) -> FileAnswer:
        answer = takes(order)
        if order.size != len(second):
            path.write_bytes(second)
        return answer

    world = World(WatchedFolder(tmp_path), intake=HandIntake(replaced))
    await world.settle()
    await world.passes(6)
    assert [order.size for order in world.intake.orders] == [5, 11]


@pytest.mark.parametrize(("recursive", "names"), [(True, ["deep.pdf", "top.pdf"]), (False, ["top.pdf"])])
async def test_folders_inside_are_watched_if_asked_and_stay_when_emptied(tmp_path: Path, recursive: bool, names: list[str]) -> None:
    written(tmp_path / "top.pdf")
    written(tmp_path / "Bills" / "2026" / "deep.pdf")
    world = World(WatchedFolder(tmp_path, recursive=recursive, subdirs_as_tags=True))
    await world.settle()
    await world.passes(3)
    assert sorted(world.intake.names) == names
    assert {order.path.name: order.tags for order in world.intake.orders}.get("deep.pdf") == (("Bills", "2026") if recursive else None)
    assert (tmp_path / "Bills" / "2026").is_dir()


async def test_an_event_of_a_new_folder_finds_the_files_in_it(tmp_path: Path) -> None:
    world = World(WatchedFolder(tmp_path, recursive=True))
    await world.settle()
    written(tmp_path / "Bills" / "2026" / "deep.pdf")
    world.events.paths.add(tmp_path / "Bills")
    await world.passes(3)
    assert world.intake.names == ["deep.pdf"]


async def test_a_file_belongs_to_the_innermost_watched_folder(tmp_path: Path) -> None:
    written(tmp_path / "inner" / "a.pdf")
    inner = WatchedFolder(tmp_path / "inner", subdirs_as_tags=True)
    world = World(WatchedFolder(tmp_path, recursive=True, subdirs_as_tags=True), inner)
    await world.settle()
    await world.passes(70)
    assert [(order.folder, order.tags) for order in world.intake.orders] == [(inner.path, ())]


async def test_the_innermost_folder_says_what_is_looked_into(tmp_path: Path) -> None:
    written(tmp_path / "flat" / "deep" / "a.pdf")
    world = World(WatchedFolder(tmp_path, recursive=True), WatchedFolder(tmp_path / "flat", polling_seconds=500.0))
    await world.settle()
    await world.passes(70)
    assert world.intake.orders == []


async def test_ignored_files_and_folders_are_never_sent(tmp_path: Path) -> None:
    for name in (
        ".DS_Store",
        "._a.pdf",
        "Thumbs.db",
        "~$letter.docx",
        "a.pdf.part",
        "b.crdownload",
        "@eaDir/c.pdf",
        ".stfolder/d.pdf",
        "Private/e.pdf",
        "x-draft.pdf",
    ):
        written(tmp_path / name)
    world = World(WatchedFolder(tmp_path, recursive=True), ignore_dirs=("Private",), ignore_patterns=("draft",))
    await world.settle()
    world.events.paths.update(path for path in tmp_path.rglob("*") if path.is_file())
    await world.passes(70)
    assert world.intake.orders == []
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 10
