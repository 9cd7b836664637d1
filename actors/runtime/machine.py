"""How much of this machine is ours: what a container or a service manager allows counts, not what is built in."""

import os
from pathlib import Path

import psutil

CGROUP = Path("/sys/fs/cgroup")


def usable_cores(cgroup: Path = CGROUP) -> int:
    """Count the cores that this process may keep busy, at least one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota, period = [*_words(cgroup / "cpu.max"), "max", "1"][:2]
    return cores if quota == "max" else max(1, min(cores, int(quota) // int(period)))


def usable_memory(cgroup: Path = CGROUP) -> int:
    """Tell the bytes of memory that this process may use with all others of its group."""
    there: int = psutil.virtual_memory().total
    (limit,) = _words(cgroup / "memory.max")[:1] or ["max"]
    return there if limit == "max" else min(there, int(limit))


def _words(file: Path) -> list[str]:
    try:
        return file.read_text().split()
    except OSError:
        return []
