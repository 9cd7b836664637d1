"""What tests of several machines do to an archive and its machines, and see of it."""

from collections.abc import Sequence
from pathlib import Path

import psutil

from tests.cluster.network import Place
from tests.faults.archive import Archive, Papers
from tests.faults.papers import Kind
from tests.running import Daemon

PORT = 8440
LOST = "page was lost with its reader"


def drop_scans(archive: Archive, count: int, pages: int = 4) -> Papers:
    """Hand scans in."""
    scans = dict(archive.paper(Kind.SCAN, pages) for _ in range(count))
    archive.drop(scans)
    return scans


def pages_lost(archive: Archive) -> int:
    """Count the pages that were sent out again because their reader was lost."""
    return archive.daemon.log.read_text(errors="replace").count(LOST)


def freeze(processes: Sequence[psutil.Process]) -> None:
    """Let a machine stand still: what it has in hand now stays in hand."""
    for process in processes:
        process.suspend()


def thaw(processes: Sequence[psutil.Process]) -> None:
    """Let a machine go on, as one that has slept."""
    for process in processes:
        process.resume()


def daemon_at(place: Place, folder: Path, **settings: str) -> Daemon:
    """Tell a daemon where it is, and that machines may join."""
    daemon = Daemon(folder / "data", consumer_stability_delay="0.2", cluster="true", ocr_workers="1", **settings)
    daemon.before, daemon.address = place.before, f"{place.address}:{PORT}"
    return daemon
