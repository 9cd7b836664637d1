"""A backup as it is read again."""

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, Protocol, cast

from daemon.backup import manifest as manifests
from daemon.backup.errors import BackupDamaged, NotABackup, NotFinished
from daemon.backup.manifest import Manifest
from daemon.backup.targets import MARK


class Source(Protocol):
    """Gives bytes by their names."""

    @property
    def manifest(self) -> Manifest:
        """What is in it."""

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """Open one file; raises FileNotFoundError."""


class FolderSource:
    """A folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        there = root / manifests.NAME
        if not there.is_file():
            raise NotFinished(root) if (root / MARK).is_file() else NotABackup(root)
        self.manifest = manifests.read(there.read_bytes())

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        with (self._root / name).open("rb") as file:
            yield file


class TarSource:
    """One file."""

    def __init__(self, tar: tarfile.TarFile, place: Path) -> None:
        self._tar = tar
        self._members = {member.name: member for member in tar.getmembers() if member.isfile()}
        if manifests.NAME not in self._members:
            raise NotABackup(place)
        with self.open(manifests.NAME) as file:
            self.manifest = manifests.read(file.read())

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        if name not in self._members:
            raise FileNotFoundError(name)
        with cast("IO[bytes]", self._tar.extractfile(self._members[name])) as file:
            yield cast("BinaryIO", file)


@contextmanager
def opened_source(place: Path) -> Iterator[Source]:
    """Open a backup. Raises NotABackup, NotFinished, BackupDamaged, BackupTooNew, OSError."""
    if place.is_dir():
        yield FolderSource(place)
        return
    try:
        with tarfile.open(place, "r:") as tar:
            yield TarSource(tar, place)
    except tarfile.ReadError as error:
        raise (BackupDamaged((place.name,)) if tarfile.is_tarfile(place) else NotABackup(place)) from error
