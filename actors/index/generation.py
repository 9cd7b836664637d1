"""Generations of the index on disk: each a directory, and one file that names the one in use.

index/current               {"generation": "g000003", "schema": 1}; replaced by rename
index/g000003/documents/    tantivy
index/g000003/words/        tantivy
index/g000003/readers       readers hold a shared lock on it; without one, a generation that is no longer named is removed
"""

import fcntl
import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from actors.index.schema import SCHEMA_VERSION, create_index, document_schema, word_schema
from actors.store.files.durable import sync_folder

_POINTER = "current"
_READERS = "readers"
_NAME = re.compile(r"g(\d{6,})")


@dataclass(frozen=True, slots=True)
class Generation:
    """One complete index."""

    root: Path
    number: int

    @property
    def path(self) -> Path:
        """The directory that holds it."""
        return self.root / f"g{self.number:06d}"

    @property
    def pointer(self) -> Path:
        """The file that names the generation in use."""
        return self.root / _POINTER

    @property
    def documents(self) -> Path:
        """The index of documents."""
        return self.path / "documents"

    @property
    def words(self) -> Path:
        """The index of distinct words."""
        return self.path / "words"

    def create(self) -> None:
        """Make its directories, with empty indexes in them."""
        for schema, path in ((document_schema(), self.documents), (word_schema(), self.words)):
            path.mkdir(parents=True)
            create_index(schema, path)
        (self.path / _READERS).touch()

    def hold(self) -> IO[bytes]:
        """Keep it from being removed until the returned file is closed. Raises FileNotFoundError when it is gone."""
        handle = (self.path / _READERS).open("rb")
        fcntl.flock(handle, fcntl.LOCK_SH)
        if not os.fstat(handle.fileno()).st_nlink:  # it was removed while we waited
            handle.close()
            raise FileNotFoundError(self.path)
        return handle


def current(root: Path) -> Generation | None:
    """Name the generation in use; None when there is none of this schema."""
    try:
        pointer = json.loads((root / _POINTER).read_text())
        found = _NAME.fullmatch(pointer["generation"])
        matches = pointer["schema"] == SCHEMA_VERSION
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return Generation(root, int(found[1])) if found and matches else None


def following(root: Path) -> Generation:
    """Name a generation that no directory has yet."""
    return Generation(root, max(_numbers(root), default=0) + 1)


def switch(generation: Generation) -> None:
    """Put a generation in use, for good: after a power cut it is either this one or the one before."""
    fresh = generation.pointer.with_suffix(".new")
    with fresh.open("w") as handle:
        json.dump({"generation": generation.path.name, "schema": SCHEMA_VERSION}, handle)
        handle.flush()
        os.fsync(handle.fileno())
    for directory in (generation.documents, generation.words, generation.path):
        sync_folder(directory)
    fresh.replace(generation.pointer)
    sync_folder(generation.root)


def remove_others(root: Path, kept: int) -> list[int]:
    """Remove generations that nobody reads any more; gives the numbers of those that are still read."""
    return [number for number in _numbers(root) if number != kept and not _remove(Generation(root, number))]


def _remove(generation: Generation) -> bool:
    readers = generation.path / _READERS
    if readers.exists():
        with readers.open("rb") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            shutil.rmtree(generation.path, ignore_errors=True)
    else:
        shutil.rmtree(generation.path, ignore_errors=True)
    return True


def _numbers(root: Path) -> list[int]:
    return sorted(int(found[1]) for entry in root.iterdir() if (found := _NAME.fullmatch(entry.name)))
