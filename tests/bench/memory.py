"""A daemon that has nothing to do: how soon it serves, and what it holds."""

import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import httpx

from tests.bench.processes import count_by_kind, cpu_seconds, memory
from tests.bench.report import Figures, Report
from tests.bench.scans import write_scan
from tests.bench.waiting import MOST_SECONDS, wait_for_all
from tests.running import Daemon, wait_until

STARTS = 3
SCAN_PAGES = 4
QUIET_CORES = 0.25
LOOK_SECONDS = 5.0
# All that a daemon on Ray cannot do without; the settings are ours.
BARE_RAY = """
import sys
from pathlib import Path
from actors.runtime.environment import prepare_environment
folder = Path(sys.argv[1])
prepare_environment(folder / "cluster.token")
from actors.runtime.cluster import ClusterSettings, start_ray
settings = ClusterSettings(folder / "ray", 2)
started = start_ray(settings)
print(flush=True)
sys.stdin.readline()
started.stop()
"""


def measure(folder: Path) -> Report:
    """Start bare Ray and the daemon in turns; then look at the last one while it rests, before and after its first work."""
    daemon = Daemon(folder / "data")
    daemon.data.root.mkdir()
    write_scan(folder / "scan.pdf", range(SCAN_PAGES))
    bare, starts, ready = [], [], []
    try:
        for _ in range(STARTS):
            bare.append(bare_ray_seconds(folder))
            daemon.stop()
            begun = time.monotonic()
            starts.append(daemon.start())
            wait_until(lambda: all_working(daemon), MOST_SECONDS, daemon.story)
            ready.append(time.monotonic() - begun)
        fresh = resting(daemon)
        shutil.copy(folder / "scan.pdf", daemon.data.consume)
        with daemon.client() as client:
            wait_for_all(daemon, client, 1)
        worked = resting(daemon)
    finally:
        daemon.kill()
    start: Figures = {"seconds": median(starts), "bare_ray_seconds": median(bare), "all_actors_seconds": median(ready)}
    return {
        "start": {**start, "ratio_to_bare_ray": median(starts) / median(bare)},
        "memory": {"idle_fresh": fresh, "idle_after_work": worked},
    }


def resting(daemon: Daemon) -> Figures:
    """Wait until a daemon does next to nothing, and tell what that takes."""
    wait_until(lambda: cores_used(daemon, 1) < QUIET_CORES, MOST_SECONDS, daemon.story)
    processes = daemon.processes()
    return {"cores_used": cores_used(daemon, LOOK_SECONDS), "processes": {**count_by_kind(processes)}, "mib": {**memory(processes)}}


def all_working(daemon: Daemon) -> bool:
    """Tell whether every actor has begun; a daemon answers before that."""
    return httpx.get(f"http://{daemon.address}/readyz", trust_env=False).is_success


def cores_used(daemon: Daemon, seconds: float) -> float:
    """Look for a while; give how many cores were kept busy."""
    before, begun = cpu_seconds(daemon.processes()), time.monotonic()
    time.sleep(seconds)
    return (cpu_seconds(daemon.processes()) - before) / (time.monotonic() - begun)


def bare_ray_seconds(folder: Path) -> float:
    """Start Ray in a process of its own, without anything of ours on it."""
    begun = time.monotonic()
    command = [sys.executable, "-c", BARE_RAY, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        seconds = time.monotonic() - begun
        process.stdin.write("\n")
        process.stdin.close()
        process.wait()
    return seconds
