"""What a Ray that was killed leaves behind, and whether one that runs is whole."""

import asyncio
import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

import psutil

HEAD_PROCESSES = ("gcs_server", "raylet")
NODE_PROCESSES = ("raylet",)
RAY_LOOK_SECONDS = 1.0


def ray_folder(address_file: Path) -> Path:
    """Give the folder of the Ray that was started last."""
    return Path(address_file.read_text().strip())


def end_strays(address_file: Path) -> None:
    """End every process but this one that has files open in the folder of the Ray that was started last.

    When a daemon or a raylet is killed, its workers go on for seconds and Ray's agents for a minute (measured), no longer our children.
    """
    if not address_file.exists():
        return
    folder = ray_folder(address_file)
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.pid != os.getpid() and any(path.startswith(f"{folder}/") for path in open_paths(process)):
                process.kill()


def open_paths(process: psutil.Process) -> list[str]:
    """List the files that a process has open, where the system tells also those that were deleted, which psutil leaves out."""
    descriptors = Path(f"/proc/{process.pid}/fd")
    if not descriptors.is_dir():
        return [file.path for file in process.open_files()]
    paths = []
    for descriptor in descriptors.iterdir():
        with suppress(OSError):
            paths.append(str(descriptor.readlink()))
    return paths


async def ray_ended(address_file: Path, processes: Collection[str] = HEAD_PROCESSES) -> str:
    """Wait until something has ended that Ray can't do without; name it. Ray itself goes on as if nothing were, with dead actors."""
    folder = ray_folder(address_file)
    needed = {process: process.name() for process in psutil.Process().children() if process.name() in processes}
    while True:
        missing = missing_of(needed, folder, processes)
        if missing is not None:
            return missing
        await asyncio.sleep(RAY_LOOK_SECONDS)


def missing_of(needed: Mapping[psutil.Process, str], folder: Path, processes: Collection[str]) -> str | None:
    """Look whether Ray's processes run and its folder is there: without its sockets no actor begins again."""
    for name in sorted(set(processes) - set(needed.values())):
        return f"the process {name}"  # it has ended before the first look
    for process, name in needed.items():
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            return f"the process {name}"
    return None if folder.is_dir() else f"the folder {folder}"
