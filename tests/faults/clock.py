"""Takes documents all the way while the clock is set: `python -m tests.faults.clock ROOT SOURCES CLOCK COUNT`, run under libfaketime.

CLOCK is the file that libfaketime reads the time from. Prints how many trials went well.
"""

import asyncio
import sys
import time
from pathlib import Path

from actors.intake.messages import FileAccepted
from actors.store.nouns.jobs import JobState
from tests.faults.life import LATER, Life
from tests.pipeline.cast import ReaderLost, until

# An hour and a day both ways, the beginning of time, the hours in which Europe's clocks are set, and back to where it was.
CLOCKS = ("-1h", "+1h", "-1d", "+1d", "1970-01-02 00:00:00", "2027-03-28 00:59:58", "2027-10-31 00:59:58", "+0")
SECONDS = 60.0


def set_clock(file: Path, clock: str) -> None:
    """Set the clock, and wait until this process sees it."""
    before = time.time() - time.monotonic()
    file.write_text(("@" if clock[0].isdigit() else "") + clock + "\n")
    deadline = time.monotonic() + SECONDS
    while abs(time.time() - time.monotonic() - before) < 1 and clock != "+0":
        assert time.monotonic() < deadline, f"the clock did not become {clock}"
        time.sleep(0.05)


async def trial(life: Life, sources: Path, clock_file: Path, number: int) -> None:
    """Hold one job at its page while the clock is set, and let another be tried again after it was."""
    held, failing = sources / f"held{number}.txt", sources / f"failing{number}.txt"
    held.write_text(f"held {number}")
    failing.write_text(f"failing {number}")
    life.readers.gate.clear()
    life.readers.at_gate.clear()
    first = await life.accept(held)
    assert isinstance(first, FileAccepted)
    await life.readers.at_gate.wait()
    life.binder.failures = [ReaderLost("its process ended")]
    second = await life.accept(failing)
    assert isinstance(second, FileAccepted)
    await until(lambda: state_of(life, second) is JobState.RETRYING, SECONDS)
    set_clock(clock_file, CLOCKS[number % len(CLOCKS)])
    life.readers.gate.set()
    await until(lambda: state_of(life, first) is JobState.SUCCEEDED, SECONDS)
    life.ahead += LATER  # of both clocks alike, so that nobody waits for the pause
    await life.pipeline.wake()
    await until(lambda: state_of(life, second) is JobState.SUCCEEDED, SECONDS)
    for answer, attempts in ((first, 1), (second, 2)):
        assert answer.job_id is not None
        assert life.store.jobs.get(answer.job_id).attempt == attempts


def state_of(life: Life, answer: FileAccepted) -> JobState:
    """Tell where the job of a file is."""
    assert answer.job_id is not None
    return life.store.jobs.get(answer.job_id).state


async def main(root: Path, sources: Path, clock_file: Path, count: int) -> None:
    """Make so many trials."""
    life = Life(root)
    life.readers.read_numbers.append(0)  # the gate holds none but the first page that it has read
    async with life.at_work():
        for number in range(count):
            await trial(life, sources, clock_file, number)
            sys.stdout.write(f"{number}\n")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])))
