"""What a decoder and all that it has started take of the machine."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from actors.sandbox.limits import MAX_PROCESSES

# Written to disk by one call, files that are removed again included. The largest pages make some hundred MB on their way.
WRITTEN_AT_LEAST = 4 << 30
WRITTEN_PER_INPUT_BYTE = 6
# Linux, unless its kernel was built without.
TELLS_CHILDREN = Path("/proc/thread-self/children").exists()


@dataclass(frozen=True, slots=True)
class Family:
    """A look at a process and its children: resident bytes, bytes written to disk so far, how many they are."""

    memory_bytes: int
    written_bytes: int
    processes: int


def look_at(pid: int) -> Family:
    """Look at a process and all its children; at nothing when it is gone."""
    try:
        process = psutil.Process(pid)
        members = [process, *descendants(process)]
    except psutil.NoSuchProcess:
        return Family(0, 0, 0)
    memory = written = 0
    for member in members[:MAX_PROCESSES]:
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            memory += member.memory_info().rss
            written += member.io_counters().write_bytes
    return Family(memory, written, len(members))


def descendants(process: psutil.Process) -> list[psutil.Process]:
    """List the children of a process and theirs; where the system tells them, without a look at every process there is."""
    if not TELLS_CHILDREN:
        return process.children(recursive=True)
    found: list[psutil.Process] = []
    waiting = [process.pid]
    while waiting and len(found) <= MAX_PROCESSES:
        for child in children_of(waiting.pop()):
            with suppress(psutil.NoSuchProcess):
                found.append(psutil.Process(child))
                waiting.append(child)
    return found


def children_of(pid: int) -> list[int]:
    """List the children of a process, by the threads that started them; none of one that is gone."""
    children: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):
                children += map(int, (task / "children").read_text().split())
    return children


def writing_allowance(input_bytes: int) -> int:
    """Tell how much a call on files of a size may write."""
    return WRITTEN_AT_LEAST + WRITTEN_PER_INPUT_BYTE * input_bytes


def excess(family: Family, memory_bytes: int, written_before: int, writable_bytes: int) -> str:
    """Say what a family has too much of; '' when all is well."""
    if family.memory_bytes > memory_bytes:
        return f"needed more than {memory_bytes // 1_000_000} MB of memory"
    if family.processes > MAX_PROCESSES:
        return f"started more than {MAX_PROCESSES} processes"
    if family.written_bytes - written_before > writable_bytes:
        return f"wrote more than {writable_bytes // 1_000_000} MB to the disk"
    return ""
