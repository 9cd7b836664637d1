"""One look at a stored file: what it is, whether it can be read, what its bytes are."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

_CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look has found. `identity` changes when the file does; `sha256` is empty where it was not counted."""

    path: Path
    regular: bool
    mode: int
    size: int
    modified: float
    identity: str
    sha256: str = ""
    error: str = ""

    @property
    def readable(self) -> bool:
        """Tell whether its bytes could be read."""
        return not self.error


def glance(path: Path) -> Seen | None:
    """Look at a file without opening it; None when it is not there."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    identity = f"{status.st_dev} {status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
    return Seen(path, stat.S_ISREG(status.st_mode), stat.S_IMODE(status.st_mode), status.st_size, status.st_mtime, identity)


def read_through(path: Path, expected: str = "") -> Seen | None:
    """Look at a file and read all of it; bytes that are not the expected ones are read a second time, from the disk."""
    seen = glance(path)
    if seen is None or not seen.regular:
        return seen
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        return _told(seen, "", str(error.strerror))
    try:
        found = _digest(descriptor)
        if expected and found != expected:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            if _digest(descriptor) != found:
                return _told(seen, "", "each reading gives other bytes")
        return _told(seen, found, "")
    except OSError as error:
        return _told(seen, "", str(error.strerror))
    finally:
        os.close(descriptor)


def _digest(descriptor: int) -> str:
    digest, place = hashlib.sha256(), 0
    while chunk := os.pread(descriptor, _CHUNK_BYTES, place):
        digest.update(chunk)
        place += len(chunk)
    return digest.hexdigest()


def _told(seen: Seen, sha256: str, error: str) -> Seen:
    return Seen(seen.path, seen.regular, seen.mode, seen.size, seen.modified, seen.identity, sha256, error)
