"""Where a backup goes: a folder that only ever gets more, or one file."""

import fcntl
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Protocol, cast

from actors.store.files.durable import place_file, remove_folder, sync_folder, write_file
from daemon.backup import manifest as manifests
from daemon.backup.copying import AT_ONCE, Counted, copy_to, digest_of
from daemon.backup.errors import BackupDamaged, BackupUnderWay, TargetInUse
from daemon.backup.manifest import Kept, Manifest

MARK = "scriba-backup"
SECTIONS = ("originals", "files", "database")
ENDING = ".tar"


class Target(Protocol):
    """Takes bytes by names that nothing else ever has. What it has taken counts once its manifest is there, which names all of it."""

    @property
    def before(self) -> Manifest | None:
        """What the backup held until now; None where it is the first."""

    @property
    def drafts(self) -> Path:
        """A folder for work in hand on the same disk, empty at first."""

    @property
    def at_once(self) -> int:
        """How many files it takes at once."""

    def holds(self, name: str, kept: Kept) -> bool:
        """Tell whether these bytes have come already: by their size, or where all is verified by reading them."""

    def take(self, source: Path, name: str, kept: Kept) -> bool:
        """Take a file; False where its bytes are others than was said."""

    def finish(self, manifest: Manifest, *, prune: bool) -> int:
        """Let the manifest count from now on, and tell how many files were pruned that it does not name."""


class FolderTarget:
    """A folder: each file that is new is copied, and stays."""

    def __init__(self, root: Path, before: Manifest | None, *, verify: bool = False) -> None:
        self._root = root
        self._verify = verify
        self.before = before
        self.drafts = root / "drafts"
        self.at_once = AT_ONCE

    def holds(self, name: str, kept: Kept) -> bool:
        there = self._root / name
        if not there.is_file() or there.stat().st_size != kept.size:
            return False
        return not self._verify or digest_of(there) == kept.sha256

    def take(self, source: Path, name: str, kept: Kept) -> bool:
        with source.open("rb") as file:
            return copy_to(file, self._root / name, kept.sha256, 0o400, sync=True)

    def finish(self, manifest: Manifest, *, prune: bool) -> int:
        for section in SECTIONS:
            for folder in {self._root / section, *(self._root / section).glob("*/")}:
                if folder.is_dir():
                    sync_folder(folder)
        write_file(self._root / manifests.NAME, manifests.written(manifest))
        named = manifest.objects()
        strangers = [path for section in SECTIONS for path in (self._root / section).rglob("*") if self._stranger(path, named)]
        gone = [path for path in strangers if prune or path.parent.name == "database" or path.name.startswith(".")]
        for path in gone:
            path.unlink()
        return sum(path.parent.name != "database" and not path.name.startswith(".") for path in gone)

    def _stranger(self, path: Path, named: dict[str, Kept]) -> bool:
        return path.is_file() and str(path.relative_to(self._root)) not in named


class TarTarget:
    """One file, written anew each time, and put in its place when it is whole. The manifest comes last: without it, it was torn."""

    def __init__(self, tar: tarfile.TarFile, before: Manifest | None, drafts: Path) -> None:
        self._tar = tar
        self._names = set[str]()
        self.before = before
        self.drafts = drafts
        self.at_once = 1

    def holds(self, name: str, kept: Kept) -> bool:  # noqa: ARG002  # nothing is there from before
        return name in self._names

    def take(self, source: Path, name: str, kept: Kept) -> bool:
        with source.open("rb") as file:
            counted = Counted(file)
            self._add(name, os.fstat(file.fileno()).st_size, counted)
        self._names.add(name)
        return counted.sha256 == kept.sha256

    def finish(self, manifest: Manifest, *, prune: bool) -> int:  # noqa: ARG002  # it holds nothing else
        data = manifests.written(manifest)
        self._add(manifests.NAME, len(data), Counted(BytesIO(data)))
        return 0

    def _add(self, name: str, size: int, counted: Counted) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o400
        self._tar.addfile(member, cast("BytesIO", counted))


@contextmanager
def opened_target(place: Path, *, verify: bool = False) -> Iterator[Target]:
    """Make or find the place for a backup, for this one alone; `verify` reads again what has come before.

    Raises TargetInUse, BackupUnderWay, BackupDamaged, OSError.
    """
    with opened_tar(place) if place.suffix == ENDING else opened_folder(place, verify) as target:
        remove_folder(target.drafts)
        target.drafts.mkdir(mode=0o700)
        try:
            yield target
        finally:
            remove_folder(target.drafts)


@contextmanager
def opened_folder(root: Path, verify: bool) -> Iterator[FolderTarget]:
    """Make or find a folder for backups."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (root / MARK).is_file() and any(root.iterdir()):
        raise TargetInUse(root)
    with alone(root / MARK, root):
        there = root / manifests.NAME
        yield FolderTarget(root, manifests.read(there.read_bytes()) if there.is_file() else None, verify=verify)


@contextmanager
def opened_tar(place: Path) -> Iterator[TarTarget]:
    """Make one file, in the place of one of before when it is whole."""
    before = manifest_in(place) if place.exists() else None
    draft = place.with_name(f".{place.name}.part")
    with alone(draft, place):
        os.truncate(draft, 0)
        try:
            with draft.open("r+b") as file:
                with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                    yield TarTarget(tar, before, place.with_name(f".{place.name}.drafts"))
                file.flush()
                os.fsync(file.fileno())
            place_file(draft, place)
        finally:
            draft.unlink(missing_ok=True)


def manifest_in(place: Path) -> Manifest:
    """Read what a backup in one file holds; raises TargetInUse where it is none, so that nothing else is ever overwritten."""
    try:
        with tarfile.open(place, "r:") as tar, cast("IO[bytes]", tar.extractfile(manifests.NAME)) as file:
            return manifests.read(file.read())
    except (tarfile.TarError, KeyError, IsADirectoryError, BackupDamaged) as error:
        raise TargetInUse(place) from error


@contextmanager
def alone(mark: Path, place: Path) -> Iterator[None]:
    """Hold a file's lock, which goes with this process; raises BackupUnderWay."""
    descriptor = os.open(mark, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupUnderWay(place) from error
        yield
    finally:
        os.close(descriptor)
