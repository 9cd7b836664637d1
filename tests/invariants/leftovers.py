"""I8: nothing is left over: no file in the spool, no process that nobody waits for, no open descriptor."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil
from sqlalchemy import make_url

from actors.store.files.data_dir import DataDir
from tests.running import Daemon, wait_until
from tests.sandbox.guards import is_guard

MORE_DESCRIPTORS = 5
ACTOR = "ray::Host"
DECODER = "actors.ocr.decoders.child"
CLEANING_SECONDS = 5.0
# The system takes a moment to bury what was killed.
BURIAL_SECONDS = 15.0


def files_left_over(data: DataDir) -> list[str]:
    """I8: the spool and the watched folder are empty, at the latest a moment after the last job has ended."""
    left: list[str] = []

    def none_left() -> bool:
        left[:] = [f"I8: {path} is left over" for folder in (data.spool, data.consume) for path in folder.rglob("*") if path.is_file()]
        return not left

    with suppress(TimeoutError):
        wait_until(none_left, CLEANING_SECONDS)
    return left


def processes_left_over(daemon: Daemon, seconds: float = BURIAL_SECONDS) -> list[str]:
    """I8: every process on the daemon's folders is its descendant, alive, and as many as there should be."""
    wrong: list[str] = []

    def none_left() -> bool:
        wrong[:] = [*strangers(daemon), *dead_children(daemon), *too_many(daemon)]
        return not wrong

    with suppress(TimeoutError):
        wait_until(none_left, seconds)
    return wrong


def strangers(daemon: Daemon) -> list[str]:
    """List processes that work in the daemon's folders, and have another parent."""
    own = {process.pid for process in daemon.processes()}
    return [
        f"I8: {process.pid} {command_of(process)} is no child of the daemon's"
        for process in psutil.process_iter()
        if process.pid not in own and works_in(process, folders_of(daemon))
    ]


def folders_of(daemon: Daemon) -> list[str]:
    """Name the folders that nobody but the daemon and its children has anything to do with."""
    with suppress(FileNotFoundError):
        return [str(daemon.data.root), (daemon.data.run / "ray").read_text().strip()]
    return [str(daemon.data.root)]


def works_in(process: psutil.Process, folders: Sequence[str]) -> bool:
    """Tell whether a process has files open there."""
    with suppress(psutil.Error):
        return any(Path(file.path).is_relative_to(folder) for file in process.open_files() for folder in folders)
    return False


def dead_children(daemon: Daemon) -> list[str]:
    """List children that have ended and were not noticed."""
    wrong = []
    for process in daemon.processes():
        with suppress(psutil.NoSuchProcess):
            if process.status() == psutil.STATUS_ZOMBIE:
                wrong.append(f"I8: {process.pid}, a child of {process.ppid()}, has ended unnoticed")
    return wrong


def too_many(daemon: Daemon) -> list[str]:
    """Count Envoys and decoders: one, and one for each actor that decodes."""
    kinds: Counter[str] = Counter()
    for process in daemon.processes():
        command = command_of(process)
        kinds["envoy"] += "/envoy" in command and "--config-path" in command
        kinds["actors"] += command.startswith(ACTOR)
        kinds["decoders"] += DECODER in command and not is_guard(process)
    wrong = [f"I8: {kinds['envoy']} Envoys run"] if kinds["envoy"] > 1 else []
    return wrong + ([f"I8: {kinds['decoders']} decoders run for {kinds['actors']} actors"] if kinds["decoders"] > kinds["actors"] else [])


def stray_processes(processes: Sequence[psutil.Process], seconds: float = BURIAL_SECONDS) -> list[str]:
    """I8: nothing of a daemon's that has ended still runs; `processes` was taken while it did."""
    _, alive = psutil.wait_procs(list(processes), timeout=seconds)
    return [f"I8: {process.pid} {command} still runs" for process in alive if (command := command_of(process))]


def command_of(process: psutil.Process) -> str:
    """Give the command line of a process; nothing for one that has ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def descriptors(daemon: Daemon) -> dict[str, list[int]]:
    """Count the descriptors of the daemon and of each actor, the busiest first, but for the database's pools, which are bounded."""
    actors = [count for process in daemon.processes() if command_of(process).startswith(ACTOR) and (count := open_in(process, daemon))]
    return {"the daemon": [open_in(psutil.Process(daemon.pid), daemon)], "the actors": sorted(actors, reverse=True)}


def open_in(process: psutil.Process, daemon: Daemon) -> int:
    """Count the descriptors of one process but for its connections to the database; 0 when it has ended."""
    with suppress(psutil.NoSuchProcess):
        files = sum(file.path.startswith(str(daemon.data.database)) for file in process.open_files())
        port = make_url(daemon.store_url).port
        lines = sum(bool(line.raddr) and line.raddr.port == port for line in process.net_connections("tcp")) if port else 0
        return process.num_fds() - files - lines
    return 0


def descriptors_left_open(daemon: Daemon, noted: Mapping[str, Sequence[int]], seconds: float = BURIAL_SECONDS) -> list[str]:
    """I8: nobody has more than `MORE_DESCRIPTORS` more open than when it was noted, after some work."""
    wrong: list[str] = []

    def few() -> bool:
        now = descriptors(daemon)
        wrong[:] = [
            f"I8: {who} have {now[who]} descriptors open, before it were {list(before)}"
            for who, before in noted.items()
            if any(after > earlier + MORE_DESCRIPTORS for after, earlier in zip(now[who], before, strict=False))
        ]
        return not wrong

    with suppress(TimeoutError):
        wait_until(few, seconds)
    return wrong
