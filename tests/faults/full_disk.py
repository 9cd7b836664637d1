"""Fills a disk at every step of the work on a document: `python -m tests.faults.full_disk ROOT SOURCES COUNT`, run where ROOT is small.

Prints how many trials went well. Each leaves a little more room than the one before, so that every write fails in one of them.
"""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

from actors.intake.messages import FileAccepted
from actors.store.nouns.archive import DocumentState, JobId
from actors.store.nouns.jobs import JobState
from tests.faults.life import LATER, Life
from tests.pipeline.cast import until

STEP_BYTES = 4096
STEPS = 100
SECONDS = 60.0


class FullDisk:
    """The disk of a life, which a test fills."""

    def __init__(self, root: Path) -> None:
        self._filler = root / ".filler"

    def fill(self, left: int) -> None:
        """Leave so many bytes."""
        with suppress(OSError), self._filler.open("ab", buffering=0) as file:
            while (more := self._free() - left) > 0:
                file.write(bytes(min(more, 1 << 16)))

    def make_room(self) -> None:
        """Give all back."""
        self._filler.unlink(missing_ok=True)

    def _free(self) -> int:
        disk = os.statvfs(self._filler.parent)
        return disk.f_bavail * disk.f_frsize


async def trial(life: Life, disk: FullDisk, source: Path, left: int) -> None:
    """Take one document all the way with a disk that is full somewhere on it."""
    word = source.stem
    content = f"{word} {'and more ' * 2000}".encode()
    source.write_bytes(content)
    disk.fill(left)
    answer = await life.accept(source)
    if isinstance(answer, FileAccepted):
        assert not source.exists()
        await comes_to_rest(life)
    else:
        assert source.read_bytes() == content
    disk.make_room()
    if not isinstance(answer, FileAccepted):
        answer = await life.accept(source)
        assert isinstance(answer, FileAccepted), answer
    await ends_well(life, answer, word, content)


async def comes_to_rest(life: Life) -> None:
    """Wait until the pipeline has looked for work, and has none in hand that it could do: also what failed may not be written down."""
    looks = life.looks
    while life.looks <= looks + 4:
        await life.pipeline.wake()
        await asyncio.sleep(0.01)
    while (await life.pipeline.state()).documents_at_work:
        await asyncio.sleep(0.01)


async def ends_well(life: Life, answer: FileAccepted, word: str, content: bytes) -> None:
    """See a document to its end, once there is room."""
    life.ahead += LATER
    await life.pipeline.wake()
    await until(lambda: state_of(life, answer) is JobState.SUCCEEDED, SECONDS)
    (document,) = life.documents(answer.sha256)
    assert document.state is DocumentState.READY
    assert not document.warnings
    assert life.store.jobs.get(job_of(answer)).attempt == 1
    assert life.store.originals.path(document).read_bytes() == content
    assert life.finds(word) == 1


def job_of(answer: FileAccepted) -> JobId:
    """Give the job of an accepted file."""
    assert answer.job_id is not None
    return answer.job_id


def state_of(life: Life, answer: FileAccepted) -> JobState:
    """Tell where the job of a file is."""
    return life.store.jobs.get(job_of(answer)).state


async def main(root: Path, sources: Path, count: int) -> None:
    """Make so many trials."""
    life, disk = Life(root), FullDisk(root)
    async with life.at_work():
        for number in range(count):
            await trial(life, disk, sources / f"word{number}x.txt", number % STEPS * STEP_BYTES)
            sys.stdout.write(f"{number}\n")
    left = [path for path in (root / "spool").rglob("*") if path.is_file()]
    assert left == []


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
