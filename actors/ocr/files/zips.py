"""How much may come out of a zip: office files are zips, and a small one can hold the world."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from actors.ocr.errors import DocumentUnreadable


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """The most entries, unpacked bytes, and unpacked bytes for each packed one (RELIABILITY, decompression)."""

    entries: int = 10_000
    unpacked_bytes: int = 2 << 30
    ratio: int = 200


LIMITS = ZipLimits()


def check_zip(path: Path, limits: ZipLimits = LIMITS) -> None:
    """Refuse a file that is no sound zip or passes a limit; nothing is unpacked for it.

    Entries tell their sizes themselves, but zipfile gives no more of one than it has told.
    """
    try:
        with zipfile.ZipFile(path) as file:
            entries = file.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise DocumentUnreadable("The file is damaged: it can't be unpacked.") from error
    if len(entries) > limits.entries:
        raise DocumentUnreadable(f"The file has {len(entries)} files inside, and {limits.entries} are allowed.")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes:
        raise DocumentUnreadable(f"The file unpacks to {unpacked} bytes, and {limits.unpacked_bytes} are allowed.")
    if unpacked > limits.ratio * path.stat().st_size:
        raise DocumentUnreadable(f"The file unpacks to more than {limits.ratio} times its size, which is not allowed.")
