"""Looks at the disks that an archive lies on: how much room they have, and whether they can be written."""

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from actors.disk_errors import FULL
from actors.store.files.health import DiskLook

BLOCK = bytes(4096)
WHOLE = "the archive"
MANY = 1 << 62
_NO_ROOM = "full"
# Systems of files that know no unnamed file say so in one of these ways.
_NO_UNNAMED_FILES = frozenset({errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT})


class DiskFailed(Exception):
    """The disk could not keep what was written to it. No other fsync may be asked of it, since the next one would lie."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder and what it holds, in words. `counts` False: room is not asked for there, since it may be small by design."""

    folder: Path
    holds: str
    counts: bool = True


def look_at(places: Sequence[Place], *, write: bool) -> tuple[DiskLook, ...]:
    """Look at the disk of each place; `write` also writes a block to each disk and waits until it is safe. Raises DiskFailed."""
    disks: dict[int, list[Place]] = {}
    broken = []
    for place in places:
        try:
            disks.setdefault(place.folder.stat().st_dev, []).append(place)
            read_only = os.statvfs(place.folder).f_flag & os.ST_RDONLY
        except OSError as error:
            broken.append(DiskLook(place.holds, 0, error.strerror or str(error)))
        else:
            broken += [DiskLook(place.holds, 0, "it is read-only")] if read_only else []
    return tuple(broken) or tuple(_look(there, write) for there in disks.values())


def _look(places: Sequence[Place], write: bool) -> DiskLook:
    """Look at one disk, which may hold several places."""
    holds = places[0].holds if len(places) == 1 else WHOLE
    broken = _why_not_written(places[0].folder) if write else ""
    if broken == _NO_ROOM:  # by quota, or no file can be added, whatever the free bytes say
        return DiskLook(holds, 0, places=tuple(place.holds for place in places if place.counts))
    disk = os.statvfs(places[0].folder)
    counted = tuple(place.holds for place in places if place.counts)
    free = disk.f_bavail * disk.f_frsize if counted else MANY
    return DiskLook(holds, free, broken, counted, disk.f_blocks * disk.f_frsize)


def _why_not_written(folder: Path) -> str:
    """Write to a folder and say why that fails, '' when it does not."""
    try:
        descriptor = _open_probe(folder)
    except OSError as error:
        return _words(error)
    try:
        os.write(descriptor, BLOCK)
        os.fsync(descriptor)
    except OSError as error:
        if error.errno == errno.EIO:
            raise DiskFailed(f"the disk failed: {error.strerror}") from error
        return _words(error)
    finally:
        os.close(descriptor)
    return ""


def _open_probe(folder: Path) -> int:
    """Open a file that has no name, so that a kill leaves none behind; where that can't be had, one that loses its name at once."""
    try:
        return os.open(folder, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    except OSError as error:
        if error.errno not in _NO_UNNAMED_FILES:
            raise
    named = folder / ".probe"
    descriptor = os.open(named, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    named.unlink()
    return descriptor


def _words(error: OSError) -> str:
    return _NO_ROOM if error.errno in FULL else error.strerror or str(error)
