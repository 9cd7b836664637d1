"""What a daemon's processes take: CPU and memory, process by process."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress

import psutil

from tests.sandbox.guards import is_guard

MEBIBYTE = 1024 * 1024


def cpu_seconds(processes: Sequence[psutil.Process]) -> float:
    """Add up the CPU seconds of processes and of their ended children."""
    total = 0.0
    for process in processes:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def memory(processes: Sequence[psutil.Process]) -> dict[str, float]:
    """Give the proportional memory (PSS, MiB) by kind of process, and `total`."""
    by_kind: defaultdict[str, float] = defaultdict(float)
    for process in processes:
        try:
            by_kind[kind(process)] += process.memory_full_info().pss / MEBIBYTE
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return {**{name: round(size, 1) for name, size in sorted(by_kind.items())}, "total": round(sum(by_kind.values()), 1)}


def count_by_kind(processes: Sequence[psutil.Process]) -> dict[str, int]:
    """Count the processes of each kind."""
    counted: Counter[str] = Counter()
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            counted[kind(process)] += 1
    return dict(sorted(counted.items()))


def page_decoders(processes: Sequence[psutil.Process]) -> list[psutil.Process]:
    """Find the processes that read pages."""
    found = []
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            if kind(process) == PAGE_DECODER:
                found.append(process)
    return found


def kind(process: psutil.Process) -> str:
    """Name what a process is, for a table."""
    if is_guard(process):
        return "decoder's guard"
    line = " ".join(process.cmdline())
    return next((name for mark, name in MARKS if mark in line), process.name())


PAGE_DECODER = "page decoder"
# The first mark that a command line bears; every actor of ours bears the name of its host.
MARKS = (
    ("actors.ocr.decoders.child read_page", PAGE_DECODER),
    ("actors.ocr.decoders.child", "file decoder"),
    ("ray::Host", "actor"),
    ("gcs_server", "ray gcs"),
    ("raylet/raylet", "ray raylet"),
    ("dashboard", "ray dashboard"),
    ("DashboardAgent", "ray agent"),
    ("RuntimeEnvAgent", "ray agent"),
    ("log_monitor", "ray log monitor"),
    ("autoscaler", "ray autoscaler"),
    ("default_worker", "ray worker"),
    ("ray::", "ray worker"),
    ("envoy", "envoy"),
    ("daemon", "scribad"),
    ("scribad", "scribad"),
)
