"""Scanned pages, dropped to ready, against Tesseract alone and against the peer's way, in one run."""

import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.processes import cpu_seconds
from tests.bench.raw import peer_way, raw_seconds, render
from tests.bench.report import Report
from tests.bench.scans import write_scan
from tests.running import Daemon, running, wait_until

# As a household's day: short letters, and one longer document.
DOCUMENTS = (1, 1, 1, 2, 2, 3, 4, 4, 6, 12)
PEER_DOCUMENTS = (1, 2)
MOST_SECONDS = 900.0


@dataclass(frozen=True, slots=True)
class PagesFigures:
    """Pages per minute, and ratios of them; CPU seconds are those of all processes of the daemon."""

    pages: int
    per_minute: float
    raw_per_minute: float
    peer_per_minute: float
    ratio_to_raw: float
    ratio_to_peer_way: float
    cpu_seconds_per_page: float


def measure(folder: Path) -> Report:
    """Run raw, ours, raw again (the machine's speed drifts), then the peer's way on a few documents."""
    scans = make_documents(folder / "scans", DOCUMENTS)
    rendered = [page for scan in scans for page in render(scan, folder)]
    half = len(rendered) // 2
    with running(folder / "data") as daemon:
        wait_until(lambda: all_ready(daemon, 0), 60, daemon.story)
        before = raw_seconds(rendered[:half])
        cpu_before = cpu_seconds(daemon.processes())
        seconds = drop_to_ready(daemon, scans)
        cpu = cpu_seconds(daemon.processes()) - cpu_before
        raw = before + raw_seconds(rendered[half:])
    peer_scans = make_documents(folder / "peer", PEER_DOCUMENTS)
    peer = sum(peer_way(scan, folder / f"peer-{scan.stem}.pdf")[0] for scan in peer_scans)
    ours, alone, peers = (
        60 * count / time for count, time in ((len(rendered), seconds), (len(rendered), raw), (sum(PEER_DOCUMENTS), peer))
    )
    figures = PagesFigures(len(rendered), ours, alone, peers, ours / alone, ours / peers, cpu / len(rendered))
    return {"pages": {**asdict(figures)}}


def make_documents(folder: Path, sizes: tuple[int, ...]) -> list[Path]:
    """Write scans with so many pages each."""
    folder.mkdir(parents=True)
    made, seed = [], 0
    for number, pages in enumerate(sizes):
        path = folder / f"scan-{number:03d}.pdf"
        write_scan(path, range(seed, seed + pages))
        seed += pages
        made.append(path)
    return made


def drop_to_ready(daemon: Daemon, scans: list[Path]) -> float:
    """Drop documents into the folder and wait until all are ready; give the wall seconds."""
    count = len(daemon.documents())
    started = time.monotonic()
    for scan in scans:
        shutil.copy(scan, daemon.data.consume)
    wait_until(lambda: all_ready(daemon, count + len(scans)), MOST_SECONDS, daemon.story)
    return time.monotonic() - started


def all_ready(daemon: Daemon, count: int) -> bool:
    """Tell whether there are so many documents, and no job at work."""
    return len(daemon.documents()) == count and daemon.settled()
