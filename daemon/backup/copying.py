"""Bytes copied and counted in one go."""

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

PIECE = 1 << 20
# A disk makes many files durable at once nearly as fast as one.
AT_ONCE = 16


class Counted:
    """A file that is read once; its digest is known behind its end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def read(self, size: int = PIECE) -> bytes:
        """Read on."""
        piece = self._file.read(size)
        self._digest.update(piece)
        return piece

    @property
    def sha256(self) -> str:
        """The digest of what was read."""
        return self._digest.hexdigest()


def copy_to(source: BinaryIO, target: Path, expected: str, mode: int, *, sync: bool) -> bool:
    """Copy to a place, whole or not at all; False, and nothing, where the bytes are others than expected.

    With `sync` what is in its place is durable; its name is once its folder is synced.
    """
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.part")
    counted = Counted(source)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            while piece := counted.read():
                file.write(piece)
            file.flush()
            os.fchmod(file.fileno(), mode)
            if sync:
                os.fsync(file.fileno())
        if counted.sha256 != expected:
            return False
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return True


def digest_of(path: Path) -> str:
    """Read a file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
