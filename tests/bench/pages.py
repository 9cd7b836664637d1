"""Scanned pages, dropped to ready, against Tesseract alone and against the peer's way, in one run."""

import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import scriba
from tests.bench.processes import cpu_seconds
from tests.bench.raw import Cost, read_as_the_peer, read_raw, render
from tests.bench.report import Report
from tests.bench.scans import write_scan
from tests.bench.waiting import wait_for_all
from tests.running import Daemon, running

# As a household's day: short letters, and one longer document.
DOCUMENTS = (1, 1, 1, 2, 2, 3, 4, 4, 6, 12)
PEER_DOCUMENTS = (1, 2, 1, 2)


@dataclass(frozen=True, slots=True)
class PagesFigures:
    """Pages per minute, CPU seconds a page (of all processes), and ratios of both."""

    pages: int
    per_minute: float
    raw_per_minute: float
    peer_per_minute: float
    ratio_to_raw: float
    ratio_to_peer_way: float
    cpu_seconds_per_page: float
    raw_cpu_seconds_per_page: float
    peer_cpu_seconds_per_page: float
    cpu_ratio_to_raw: float
    cpu_ratio_to_peer_way: float


def measure(folder: Path) -> Report:
    """Run raw and the peer's way, ours, and both again: the speed of a machine drifts."""
    scans, peer_scans = make_documents(folder / "scans", DOCUMENTS), make_documents(folder / "peer", PEER_DOCUMENTS)
    rendered = [page for scan in scans for page in render(scan, folder)]
    early, late = slice(None, None, 2), slice(1, None, 2)
    raw, peer = read_raw(rendered[early]), read_like_the_peer(peer_scans[:2])
    ours = read_by_us(folder / "data", scans)
    raw, peer = raw + read_raw(rendered[late]), peer + read_like_the_peer(peer_scans[2:])
    return {"pages": {**asdict(figures(len(rendered), sum(PEER_DOCUMENTS), ours, raw, peer))}}


def figures(pages: int, peer_pages: int, ours: Cost, raw: Cost, peer: Cost) -> PagesFigures:
    """Make figures of what was spent."""
    ours_cpu, raw_cpu, peer_cpu = ours.cpu_seconds / pages, raw.cpu_seconds / pages, peer.cpu_seconds / peer_pages
    ours_rate, raw_rate, peer_rate = 60 * pages / ours.seconds, 60 * pages / raw.seconds, 60 * peer_pages / peer.seconds
    return PagesFigures(
        pages=pages,
        per_minute=ours_rate,
        raw_per_minute=raw_rate,
        peer_per_minute=peer_rate,
        ratio_to_raw=ours_rate / raw_rate,
        ratio_to_peer_way=ours_rate / peer_rate,
        cpu_seconds_per_page=ours_cpu,
        raw_cpu_seconds_per_page=raw_cpu,
        peer_cpu_seconds_per_page=peer_cpu,
        cpu_ratio_to_raw=raw_cpu / ours_cpu,
        cpu_ratio_to_peer_way=peer_cpu / ours_cpu,
    )


def read_like_the_peer(scans: list[Path]) -> Cost:
    """Read documents one after another in the peer's way."""
    return sum((read_as_the_peer(scan, scan.with_name(f"peer-{scan.name}"))[0] for scan in scans), Cost())


def read_by_us(data: Path, scans: list[Path]) -> Cost:
    """Drop documents into the folder of a daemon and wait until all are ready."""
    with running(data) as daemon, daemon.client() as client:
        cpu = cpu_seconds(daemon.processes())
        seconds = drop_to_ready(daemon, client, scans)
        return Cost(seconds, cpu_seconds(daemon.processes()) - cpu)


def make_documents(folder: Path, sizes: tuple[int, ...], seed: int = 0) -> list[Path]:
    """Write scans with so many pages each; others for another seed."""
    folder.mkdir(parents=True)
    made = []
    for number, pages in enumerate(sizes):
        path = folder / f"scan-{number:03d}.pdf"
        write_scan(path, range(seed, seed + pages))
        seed += pages
        made.append(path)
    return made


def drop_to_ready(daemon: Daemon, client: scriba.Client, scans: list[Path], known: int = 0) -> float:
    """Drop documents into the folder, beside those that are known, and wait until all are ready; give the wall seconds."""
    started = time.monotonic()
    for scan in scans:
        shutil.copy(scan, daemon.data.consume)
    wait_for_all(daemon, client, known + len(scans))
    return time.monotonic() - started
