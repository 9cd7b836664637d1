"""What a daemon's processes take: CPU and memory, process by process."""

from collections import defaultdict
from collections.abc import Sequence

import psutil

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


def kind(process: psutil.Process) -> str:
    """Name what a process is, for a table."""
    words = process.cmdline()
    line = " ".join(words)
    for mark, name in MARKS:
        if mark in line:
            return name
    return process.name()


MARKS = (
    ("actors.ocr.child", "decoder"),
    ("ray::", "actor"),
    ("gcs_server", "ray gcs"),
    ("raylet", "ray raylet"),
    ("dashboard", "ray agent"),
    ("log_monitor", "ray log monitor"),
    ("default_worker", "ray worker"),
    ("envoy", "envoy"),
    ("daemon", "scribad"),
    ("scribad", "scribad"),
)
