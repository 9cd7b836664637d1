"""Archives of files (zip, tar, 7z), opened by libarchive within bounds."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import libarchive  # type: ignore[import-untyped]  # libarchive-c ships no types

from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.zips import LIMITS, ZipLimits

# What systems put beside people's files.
_SHADOW = ("__MACOSX",)
_BESIDES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
DAMAGED = "The archive can't be opened: it is damaged, or locked with a password."


def names_in(path: Path, limits: ZipLimits = LIMITS) -> list[str]:
    """List the names of the files in an archive, as far as they can be had."""
    names, unpacked, most = list[str](), 0, min(limits.unpacked_bytes, limits.ratio * path.stat().st_size)
    try:
        with libarchive.file_reader(str(path)) as archive:
            for entry in archive:
                unpacked += entry.size or 0  # what is packed as one has to be unpacked to come by the next name
                if len(names) >= limits.entries or unpacked > most:
                    break
                if _is_wanted(entry):
                    names.append(str(entry.pathname))
    except (libarchive.ArchiveError, ValueError):
        pass  # its files are not unpacked then, and a person is told why
    return names


def files_of_archive(path: Path, limits: ZipLimits = LIMITS) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Give the files in an archive one after the other: name, and bytes in blocks, to be read before the next.

    Raises DocumentUnreadable where it can't be opened to its end, or passes a limit.
    """
    allowance = _Allowance(limits, path.stat().st_size)
    with _told_damaged(), libarchive.file_reader(str(path)) as archive:
        for entry in archive:
            allowance.note_entry()
            if _is_wanted(entry):
                yield str(entry.pathname), allowance.within(entry.get_blocks())


@contextmanager
def _told_damaged() -> Iterator[None]:
    """Say of what libarchive stumbles over that the file is to blame."""
    try:
        yield
    except (libarchive.ArchiveError, ValueError) as error:
        raise DocumentUnreadable(DAMAGED) from error


class _Allowance:
    """Counts what has come out of an archive; its own figures may be lies."""

    def __init__(self, limits: ZipLimits, packed: int) -> None:
        self._limits = limits
        self._packed = packed
        self._entries = 0
        self._unpacked = 0

    def note_entry(self) -> None:
        self._entries += 1
        if self._entries > self._limits.entries:
            raise DocumentUnreadable(f"The archive holds more than {self._limits.entries} files.")

    def within(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        with _told_damaged():
            for block in blocks:
                self._note_bytes(len(block))
                yield block

    def _note_bytes(self, count: int) -> None:
        self._unpacked += count
        if self._unpacked > self._limits.unpacked_bytes:
            raise DocumentUnreadable(f"The archive unpacks to more than {self._limits.unpacked_bytes} bytes.")
        if self._unpacked > self._limits.ratio * self._packed:
            raise DocumentUnreadable(f"The archive unpacks to more than {self._limits.ratio} times its size.")


def _is_wanted(entry: libarchive.ArchiveEntry) -> bool:
    path = PurePosixPath(str(entry.pathname))
    return bool(entry.isfile) and path.parts[:1] != _SHADOW and path.name not in _BESIDES and not path.name.startswith("._")
