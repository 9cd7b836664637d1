"""F20: the power is cut at any write, fsync or rename of a real process; whatever the disk then holds, nothing that was promised is lost.

The process is recorded once (strace.py, recording.py); the states that a cut may leave are made by a model of a disk (power_disk.py).
"""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from actors.store.files.data_dir import DataDir
from actors.store.opening import open_store
from tests.faults.operations import Mark, Operation, Sync, Tree, paths_of
from tests.faults.plugin import Trials
from tests.faults.power_check import Depth, Promises, broken_after_cut
from tests.faults.power_disk import Disk
from tests.faults.power_work import DROPS, content_of
from tests.faults.recording import Recorder
from tests.faults.strace import traced

# A start takes several times as long as a look, and all the work that is left many times.
STARTS_EVERY = 5
WORKS_EVERY = 25


@dataclass(frozen=True)
class Recording:
    """What a process did to a folder, and what was in it before."""

    base: Tree
    operations: list[Operation]

    def without_syncs(self, path: str) -> "Recording":
        """Give the same as if the files and folders whose paths match had never been synced."""
        known = paths_of(self.base, self.operations)
        left_out = {number for number, paths in known.items() if any(re.fullmatch(path, one) for one in paths)}
        assert left_out
        return Recording(self.base, [one for one in self.operations if not (isinstance(one, Sync) and one.file in left_out)])


@pytest.fixture(scope="session")
def fast_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a folder in memory where there is one: the states are many, and their fsyncs mean nothing."""
    memory = Path("/dev/shm")  # noqa: S108  # the folder in it is our own, and its name is not to be guessed
    folder = tmp_path_factory.mktemp("cuts")
    if os.access(memory, os.W_OK):
        folder = memory / f"scriba-{os.getpid()}-{folder.name}"
        folder.mkdir(mode=0o700)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def recording(fast_folder: Path) -> Recording:
    """Record the process at work on an archive that is there, with files in the watched folder."""
    house = fast_folder / "house"
    data = DataDir(house / "data")
    house.mkdir()
    open_store(data.database_url, data).close()
    for name in DROPS:
        (data.consume / f"{name}.txt").write_bytes(content_of(name))
    return recorded(house)


@pytest.fixture(scope="session")
def first_start(fast_folder: Path) -> Recording:
    """Record the same where there is no archive yet."""
    house = fast_folder / "empty"
    house.mkdir()
    (house / "data").mkdir()
    (house / "data" / "consume").mkdir()
    for name in DROPS:
        (house / "data" / "consume" / f"{name}.txt").write_bytes(content_of(name))
    return recorded(house)


def recorded(house: Path) -> Recording:
    """Let the process live in a folder; what was read of it must give the folder that it left."""
    base, now = Tree.of(house), Tree.of(house)
    calls = traced([sys.executable, "-m", "tests.faults.power_work", str(house)], house.with_suffix(".log"), dict(os.environ))
    recorder = Recorder(house, now)
    recorder.take(calls)
    assert now.contents() == Tree.of(house).contents()
    return Recording(base, recorder.operations)


def broken(recording: Recording, target: Path, count: int, seed: int) -> Iterator[list[str]]:
    """Cut the power so many times, at moments that chance chooses, and tell what is broken each time."""
    played = recording.operations
    disk, promises, at = Disk(recording.base), Promises(), 0
    for number, moment in enumerate(sorted(Random(seed).choices(range(len(played) + 1), k=count))):
        for operation in played[at:moment]:
            disk.play(operation)
            if isinstance(operation, Mark):
                promises.hear(operation.text)
        at = moment
        disk.cut(Random(f"{seed} {number}")).lay_out(target)
        depth = Depth.WORK if number % WORKS_EVERY == 0 else Depth.START if number % STARTS_EVERY == 0 else Depth.LOOK
        try:
            found = broken_after_cut(DataDir(target / "data"), promises, depth)
        except Exception as error:  # noqa: BLE001  # an archive that cannot be used at all is what is looked for
            found = [repr(error)]
        finally:
            shutil.rmtree(target)
        yield [f"cut {number} at operation {moment}: {line}" for line in found]


@pytest.mark.parametrize("part", [1, 2, 3])
@pytest.mark.fault("F20", each=50, nightly=6_000)
def test_a_power_cut_loses_nothing_that_was_promised(recording: Recording, fast_folder: Path, trials: Trials, part: int) -> None:
    for found in broken(recording, fast_folder / "cut", trials.count, trials.seed):
        assert found == []
        trials.tried()


@pytest.mark.fault("F20", each=50, nightly=2_000)
def test_a_power_cut_in_the_first_life_loses_nothing_that_was_promised(first_start: Recording, fast_folder: Path, trials: Trials) -> None:
    for found in broken(first_start, fast_folder / "first cut", trials.count, trials.seed):
        assert found == []
        trials.tried()


@pytest.mark.parametrize(
    ("path", "loss"),
    [
        (r"/data/originals/..", "OriginalMissing"),
        (r"/data/originals/../[0-9a-f]{64}.*", "I2: "),
        (r"/data/scriba\.db", "the database is damaged|StoreUnavailable|I3: "),
        (r"/data/scriba\.db-journal", "the database is damaged|StoreUnavailable|I3: "),
        pytest.param(r"/data/(archive|thumbnails)", "was purged, and of it there are|is gone or half", marks=pytest.mark.soak),
        pytest.param(r"/data/spool/pages/\d+", "its layer is gone or half", marks=pytest.mark.soak),
        pytest.param(r"/data/index/g\d+/documents", "I5: ", marks=pytest.mark.soak),
    ],
)
def test_without_one_kind_of_sync_the_model_finds_a_loss(recording: Recording, fast_folder: Path, path: str, loss: str) -> None:
    for found in broken(recording.without_syncs(path), fast_folder / "loss", 400, 1):
        if any(re.search(loss, line) for line in found):
            return
    pytest.fail("nothing was lost, so the model sees no such sync")
