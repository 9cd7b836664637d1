"""One scan of many pages, and a letter that comes while it is read. `BIG_PAGES` in the environment sets the number of pages."""

import os
import shutil
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

import img2pdf  # type: ignore[import-untyped]  # it carries no types
import psutil

import scriba
from scriba.v1 import admin_pb2, documents_pb2
from tests.bench.processes import cpu_seconds, memory, page_decoders
from tests.bench.report import Figures, Report
from tests.bench.scans import page_jpeg
from tests.running import Daemon, running, wait_until

PAGES = int(os.environ.get("BIG_PAGES", "200"))
# Light pages, so that it is the flow that is measured; some distinct ones, again and again.
LINES = 8
DISTINCT = 10
LETTER_AT = 0.25
MOST_SECONDS = 12.0 * PAGES + 120
LOOK_SECONDS = 0.25
# Reading the memory of thirty processes takes a tenth of a second of a core.
MEMORY_SECONDS = 3.0


@dataclass(slots=True)
class Seen:
    """What was seen while the scan was read, look by look."""

    reading: list[int] = field(default_factory=list)
    memory: list[dict[str, float]] = field(default_factory=list)


def measure(folder: Path) -> Report:
    """Drop a letter alone to a warm daemon, then the scan, and at a quarter of it another letter."""
    jpegs = [page_jpeg(seed, LINES) for seed in range(DISTINCT)]
    scan = write(folder / "big.pdf", [jpegs[number % DISTINCT] for number in range(PAGES)])
    letters = [write(folder / f"letter-{seed}.pdf", [page_jpeg(seed, LINES)]) for seed in range(DISTINCT, DISTINCT + 3)]
    with running(folder / "data") as daemon, daemon.client() as client:
        seconds_to_ready(daemon, client, letters[0])
        alone = seconds_to_ready(daemon, client, letters[1])
        shutil.copy(scan, daemon.data.consume)
        wait_until(lambda: pages_done(client) > 0, 120, daemon.story)
        with looking(daemon, client) as seen:
            begun, cpu, idle = time.monotonic(), cpu_seconds(page_decoders(daemon.processes())), psutil.cpu_times().idle
            begun_at = pages_done(client)
            wait_until(lambda: pages_done(client) >= PAGES * LETTER_AT, MOST_SECONDS, daemon.story)
            behind = seconds_to_ready(daemon, client, letters[2])
            wait_until(lambda: pages_done(client) >= PAGES, MOST_SECONDS, daemon.story)
            seconds = time.monotonic() - begun
            cpu = cpu_seconds(page_decoders(daemon.processes())) - cpu
            idle = psutil.cpu_times().idle - idle
            wait_until(lambda: state_of(client, scan) == documents_pb2.DOCUMENT_STATE_READY, MOST_SECONDS, daemon.story)
            bound = time.monotonic() - begun - seconds
    cores = os.cpu_count() or 1
    return {
        "big_scan": {
            "pages": PAGES,
            "per_minute": 60 * (PAGES - begun_at) / seconds,
            "readers_busy_share": fmean(min(reading, cores) for reading in seen.reading) / cores,
            "pages_in_flight": fmean(seen.reading),
            "readers_cpu_share": cpu / seconds / cores,
            "machine_idle_share": idle / seconds / cores,
            "letter_seconds": behind,
            "letter_alone_seconds": alone,
            "letter_ratio_to_alone": behind / alone,
            "last_page_to_ready_seconds": bound,
            "peak_mib": peaks(seen.memory),
        }
    }


def write(path: Path, jpegs: list[bytes]) -> Path:
    """Write a scan of these pages; each stands in the file by itself."""
    path.write_bytes(img2pdf.convert(jpegs))
    return path


def seconds_to_ready(daemon: Daemon, client: scriba.Client, letter: Path) -> float:
    """Drop a letter and wait for it."""
    begun = time.monotonic()
    shutil.copy(letter, daemon.data.consume)
    wait_until(lambda: state_of(client, letter) == documents_pb2.DOCUMENT_STATE_READY, MOST_SECONDS, daemon.story)
    return time.monotonic() - begun


def state_of(client: scriba.Client, file: Path) -> documents_pb2.DocumentState.ValueType:
    """Tell how far a file is that was dropped."""
    found = (document.state for document in client.list_documents() if document.original_filename == file.name)
    return next(found, documents_pb2.DOCUMENT_STATE_UNSPECIFIED)


def pages_done(client: scriba.Client) -> int:
    """Tell how many pages of the scan are read."""
    jobs = client.admin.ListJobs(admin_pb2.ListJobsRequest()).jobs
    return max((job.pages_done for job in jobs if job.pages_total == PAGES), default=0)


@contextmanager
def looking(daemon: Daemon, client: scriba.Client) -> Iterator[Seen]:
    """Look at readers and memory until the block ends; of the readers only while pages are unread."""
    seen, over = Seen(), threading.Event()

    def look_at_readers() -> None:
        if pages_done(client) < PAGES:
            seen.reading.append(sum(node.pages_reading for node in client.admin.ListNodes(admin_pb2.ListNodesRequest()).nodes))

    threads = [
        threading.Thread(target=every, args=(LOOK_SECONDS, over, look_at_readers)),
        threading.Thread(target=every, args=(MEMORY_SECONDS, over, lambda: seen.memory.append(memory(daemon.processes())))),
    ]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        over.set()
        for thread in threads:
            thread.join()


def every(seconds: float, over: threading.Event, act: Callable[[], object]) -> None:
    """Do something again and again until it is over."""
    while not over.wait(seconds):
        act()


def peaks(looks: list[dict[str, float]]) -> Figures:
    """Give the most that each kind of process, and all together, held at one look."""
    most: defaultdict[str, float] = defaultdict(float)
    for look in looks:
        for kind, size in look.items():
            most[kind] = max(most[kind], size)
    return {**most}
