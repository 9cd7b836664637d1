"""What the store allows, from what was found on its disks; the judgement is pure, the looks are at real disks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from actors.store.files.disks import WHOLE, Place, look_at
from actors.store.files.health import SOUND, DiskLook, StoreHealth, StoreLook, health_of

LEAST = 160_000_000
SLACK = LEAST // 16


def judged(free: int, before: StoreHealth = SOUND) -> StoreHealth:
    return health_of(StoreLook((DiskLook("the index", 10**12), DiskLook("the originals", free))), before, LEAST)


@pytest.mark.parametrize(
    ("free", "accepting", "working"),
    [(LEAST, True, True), (LEAST - 1, False, True), (LEAST // 4, False, True), (LEAST // 4 - 1, False, False), (0, False, False)],
)
def test_a_disk_that_fills_ends_accepting_first_and_working_later(free: int, accepting: bool, working: bool) -> None:
    health = judged(free)
    assert (health.accepting, health.working, health.writable, health.readable) == (accepting, working, True, True)


def test_it_goes_on_only_with_some_room_more_than_it_stopped_with() -> None:
    stopped = judged(LEAST - 1)
    assert not judged(LEAST + SLACK - 1, stopped).accepting
    assert judged(LEAST + SLACK, stopped) == SOUND
    idle = judged(0)
    assert not judged(LEAST // 4 + SLACK - 1, idle).working
    assert judged(LEAST // 4 + SLACK, idle).working


def test_the_words_name_the_disk_what_is_free_and_what_must_be() -> None:
    problem = judged(20_000_000).problem
    assert "the originals" in problem
    assert "20 MB are free, 160 MB must be" in problem


def test_without_a_reserve_no_disk_is_too_full() -> None:
    assert health_of(StoreLook((DiskLook("the originals", 0),)), SOUND, 0) == SOUND


@pytest.mark.parametrize(
    ("look", "readable", "word"),
    [
        (StoreLook(away="connection refused"), False, "connection refused"),
        (StoreLook(stopped="the disk failed"), True, "start Scriba again"),
        (StoreLook((DiskLook("the originals", 10**12, "it is read-only"),)), True, "the disk of the originals cannot be written"),
    ],
)
def test_what_cannot_be_written_is_neither_taken_in_nor_worked_on(look: StoreLook, readable: bool, word: str) -> None:
    health = health_of(look, SOUND, 0)
    assert (health.accepting, health.working, health.writable, health.readable) == (False, False, False, readable)
    assert word in health.problem


def test_folders_on_one_disk_are_looked_at_as_one_and_leave_nothing(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("originals", "index")]
    for folder in folders:
        folder.mkdir()
    (look,) = look_at([Place(folder, folder.name) for folder in folders], write=True)
    assert (look.holds, look.broken) == (WHOLE, "")
    assert look.free_bytes > 0
    assert [list(folder.iterdir()) for folder in folders] == [[], []]


def test_a_folder_that_is_gone_cannot_be_written(tmp_path: Path) -> None:
    (look,) = look_at([Place(tmp_path, "all"), Place(tmp_path / "gone", "the index")], write=False)
    assert (look.holds, look.broken) == ("the index", "No such file or directory")


IN_A_NAMESPACE = """
import subprocess, sys
from pathlib import Path
from actors.store.files.disks import Place, look_at
disk = Path(sys.argv[1])
places = [Place(disk, "the originals")]
def tell(): print([(look.broken, look.free_bytes) for look in look_at(places, write=True)][0])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], check=True)
tell()
(disk / "filler").write_bytes(bytes(65536))
tell()
subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
tell()
"""


@pytest.mark.skipif(subprocess.run(["unshare", "-rm", "true"], check=False).returncode != 0, reason="no mounts without privileges here")
def test_a_full_disk_and_a_read_only_one_are_told_apart(tmp_path: Path) -> None:
    command = ["unshare", "-rm", sys.executable, "-c", IN_A_NAMESPACE, str(tmp_path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ).stdout.splitlines()
    assert told == ["('', 65536)", "('', 0)", "('it is read-only', 0)"]
