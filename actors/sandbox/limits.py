"""What a decoder may use up, whatever shuts it in."""

import os
import resource
from contextlib import suppress

from actors.sandbox.kernel import system_call
from actors.sandbox.syscalls import IOPRIO_SET

MEBIBYTE = 1 << 20
NICENESS = 10  # the daemon that people wait for comes first
# The last of the best-effort class. The idle class may wait for ever behind a busy disk, and a page has a deadline.
IO_PRIORITY = (2 << 13) | 7
IO_PRIORITY_OF_PROCESS = 1
# The largest file: an archive is seldom larger than its original, and uploads end at 10 GiB.
MAX_FILE_BYTES = 10_240 * MEBIBYTE
# Two documents stay open with some files each; the interpreter closes all of them one by one when it starts a program.
MAX_OPEN_FILES = 256
# A page is read by one process, or one and a program that it starts.
MAX_PROCESSES = 64
# Without a namespace the kernel counts all processes of the user, so that a lower limit would hit the innocent. Root's it does not count at
# all: whoever started the decoder counts its family, too.
MAX_PROCESSES_OF_USER = 4_096
# Beyond a call's deadline: it ends a decoder whose parent is stopped and can't.
CPU_GRACE_SECONDS = 60


def lower_priority() -> None:
    """Let everyone else go first, at the processor and at the disk."""
    os.nice(NICENESS)
    with suppress(OSError):  # the kernel may be built without; nothing but speed hangs on it
        system_call(IOPRIO_SET, IO_PRIORITY_OF_PROCESS, 0, IO_PRIORITY)


def set_limits(processes: int) -> None:
    """Bound what one decoder can take, for good: no memory images, file sizes, descriptors, processes."""
    for which, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, MAX_FILE_BYTES),
        (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
        (resource.RLIMIT_NPROC, processes),
    ):
        _, hard = resource.getrlimit(which)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (allowed, allowed))


def limit_call(memory_bytes: int, seconds: float) -> None:
    """Let an allocation fail here where the parent's watch would come too late, and end what outlives its time.

    Data, not address space: mapped models are free.
    """
    _lower(resource.RLIMIT_DATA, memory_bytes)
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds) + CPU_GRACE_SECONDS)


def _lower(which: int, size: int) -> None:
    _, hard = resource.getrlimit(which)
    resource.setrlimit(which, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))
