"""The bytes as they came. Nothing here opens an original for writing (RELIABILITY R1, I6)."""

import fcntl
import hashlib
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from actors.store.errors import OriginalMissing
from actors.store.files.data_dir import DataDir
from actors.store.files.durable import make_folder, place_file, seal_file, sync_file, sync_folder
from actors.store.nouns.archive import Document
from actors.store.nouns.versions import StoredFile

READ_ONLY = 0o444
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,16}")


class Originals:
    """Keeps one file per SHA-256. The suffix is for people who look into the folder; the digest alone finds a file."""

    def __init__(self, data: DataDir) -> None:
        self._root = data.originals
        self._lock = data.run / "originals.lock"
        self._durable: set[str] = set()

    def put(self, staged: Path, sha256: str, suffix: str) -> Path:
        """Take a finished file from the spool into the store and answer where it lies, for good.

        Bytes that are stored already are kept as they are, and the staged file is removed. A stored file with other bytes is damaged,
        and the staged one takes its place. A suffix that is not one (`.a b`) is left out.
        """
        folder = self._root / sha256[:2]
        if folder.name not in self._durable:
            make_folder(folder)
            self._durable.add(folder.name)
        # Outside the lock: a large file takes its time, and nobody else need wait for it.
        seal_file(staged, READ_ONLY)
        # A check tells by it for how long a file has waited for its row.
        os.utime(staged)
        sound = inode_with(self.find(sha256), sha256)
        with self.locked():
            there = self.find(sha256)
            if there is not None and there.lstat().st_ino == sound:
                # Tells a purge of the former document that these bytes are wanted again.
                os.utime(there, ns=(time.time_ns(), time.time_ns()))
                # Whoever put it may have died before its own fsync.
                sync_file(there)
                sync_folder(folder)
                staged.unlink()
                return there
            target = there or folder / (sha256 + (suffix if SUFFIX.fullmatch(suffix) else ""))
            place_file(staged, target)
            return target

    def take(self, staged: Path, suffix: str) -> StoredFile:
        """Count the bytes of a finished file, and put it into the store."""
        with staged.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = os.fstat(file.fileno()).st_size
        self.put(staged, digest, suffix)
        return StoredFile(digest, size)

    def path(self, document: Document) -> Path:
        """Find the file of a document's newest version."""
        return self.require(document.sha256)

    def require(self, sha256: str) -> Path:
        """Find the original with these bytes; raises OriginalMissing."""
        there = self.find(sha256)
        if there is None:
            raise OriginalMissing(sha256)
        return there

    def stamp(self, sha256: str) -> int:
        """Give a number that changes when the same bytes are put again; 0 when there are none."""
        there = self.find(sha256)
        return 0 if there is None else there.stat().st_mtime_ns

    def remove(self, sha256: str, stamp: int) -> None:
        """Remove an original, unless it was put again since `stamp` was given."""
        with self.locked():
            there = self.find(sha256)
            if there is not None and there.stat().st_mtime_ns == stamp:
                there.unlink()
                sync_folder(there.parent)

    def find(self, sha256: str) -> Path | None:
        """Find the original with these bytes, if there is one."""
        return min((self._root / sha256[:2]).glob(f"{sha256}*"), default=None)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep putting and removing apart, in all processes."""
        descriptor = os.open(self._lock, os.O_CREAT | os.O_RDONLY | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def inode_with(path: Path | None, sha256: str) -> int:
    """Read a stored file, and give its inode where it is a file with the right bytes; 0 otherwise."""
    try:
        if path is None or path.is_symlink():
            return 0
        with path.open("rb") as file:
            return os.fstat(file.fileno()).st_ino if hashlib.file_digest(file, "sha256").hexdigest() == sha256 else 0
    except OSError:
        return 0
