"""I6: an original is never opened for writing."""

import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from actors.store.files.data_dir import DataDir

READ_ONLY = 0o444


@dataclass(frozen=True, slots=True)
class Stand:
    """What a write, a chmod or a second file in its place would change of a file."""

    inode: int
    mtime_ns: int
    ctime_ns: int


def stands(data: DataDir) -> dict[Path, Stand]:
    """Note how every original stands. The same bytes handed in again touch its times, and only that."""
    return {path: stand_of(path) for path in files(data)}


def files(data: DataDir) -> list[Path]:
    """List the originals."""
    return [path for path in data.originals.glob("*/*") if path.is_file()]


def stand_of(path: Path) -> Stand:
    """Look at one file."""
    found = path.stat()
    return Stand(found.st_ino, found.st_mtime_ns, found.st_ctime_ns)


def originals_touched(data: DataDir, noted: Mapping[Path, Stand]) -> list[str]:
    """I6: every original is read-only, and stands as it stood when it was noted."""
    writable = [f"I6: {path} may be written" for path in files(data) if stat.S_IMODE(path.stat().st_mode) != READ_ONLY]
    return writable + [f"I6: {path} was touched" for path, stand in noted.items() if path.exists() and stand_of(path) != stand]
