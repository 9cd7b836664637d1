"""What a daemon holds while it works: memory, descriptors and threads of all its processes, looked at every few seconds."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from statistics import mean, mode
from types import TracebackType
from typing import Self

import psutil

import scriba
from tests.bench.processes import memory
from tests.running import Daemon


@dataclass(frozen=True, slots=True)
class Sample:
    """One look. `work` is how much was done by then, in the unit that the sampler was given."""

    seconds: float
    work: float
    mib: float
    descriptors: int
    threads: int
    processes: int
    mib_by_kind: Mapping[str, float]


def look_at(daemon: Daemon, seconds: float, work: float) -> Sample:
    """Add up what the daemon and all that it has started hold now."""
    processes = daemon.processes()
    descriptors = threads = 0
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            descriptors += process.num_fds()
            threads += process.num_threads()
    mib = memory(processes)
    return Sample(seconds, work, mib.pop("total"), descriptors, threads, len(processes), mib)


class Sampler:
    """Looks at a daemon in a thread of its own, as long as the block lasts; a daemon that is down for the moment is left out."""

    def __init__(self, daemon: Daemon, every_seconds: float, work: Callable[[], float] = lambda: 0.0) -> None:
        self.samples: list[Sample] = []
        self._daemon = daemon
        self._every_seconds = every_seconds
        self._work = work
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sampler")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        begun = time.monotonic()
        while not self._ended.wait(self._every_seconds):
            with suppress(psutil.NoSuchProcess, RuntimeError, scriba.Unavailable):
                self.samples.append(look_at(self._daemon, time.monotonic() - begun, self._work()))


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Give the rise of the line through points that misses them least (least squares); 0 where there is no width."""
    middle_x, middle_y = mean(x for x, _ in points), mean(y for _, y in points)
    width = sum((x - middle_x) ** 2 for x, _ in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / width if width else 0.0


def warm(samples: Sequence[Sample], share: float = 0.25) -> Sequence[Sample]:
    """Leave out the first part, in which models are loaded and pools fill."""
    return samples[int(len(samples) * share) :]


def usual(samples: Sequence[Sample]) -> Sequence[Sample]:
    """Leave out the moments in which more processes than mostly were there: one that learns, or that starts in the place of another."""
    most_often = mode(sample.processes for sample in samples)
    return [sample for sample in samples if sample.processes <= most_often]


def growth(
    samples: Sequence[Sample], of: Callable[[Sample], float], over: Callable[[Sample], float] = lambda sample: sample.seconds
) -> float:
    """Tell by how much a figure grew, on the line through all samples, from the first of them to the last."""
    if len(samples) < 2:
        return 0.0
    return slope([(over(sample), of(sample)) for sample in samples]) * (over(samples[-1]) - over(samples[0]))
