"""Takes a backup, while the archive is used: the database first, then what it names."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version as version_of
from pathlib import Path

from actors.store.files.data_dir import DataDir
from actors.store.files.originals import Originals
from daemon.backup.copying import digest_of
from daemon.backup.errors import AnotherArchive, FileChanged
from daemon.backup.manifest import Kept, Manifest, database_object, object_of
from daemon.backup.snapshot import named_now, take_snapshot
from daemon.backup.targets import Target

TRIES = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """What a backup came to: all that is in it, and how much was copied now. `lost` originals are named by the archive and not there."""

    manifest: Manifest
    lost: int
    copied_files: int
    copied_bytes: int
    pruned: int


class Taking:
    """One backup on its way."""

    def __init__(self, url: str, data: DataDir, target: Target) -> None:
        self._url = url
        self._data = data
        self._target = target
        self._stored = Originals(data)
        self._before: Mapping[str, Kept] = target.before.files if target.before else {}
        self._copied: list[int] = []

    def take(self, *, secrets: bool, prune: bool) -> Taken:
        """Copy all that is not there yet. Killed at any moment it leaves the backup of before. Raises StartError, StoreError, OSError."""
        snapshot = take_snapshot(self._url, self._target.drafts / "scriba.db")
        self._require_same(snapshot.originals)
        database = Kept(digest_of(snapshot.file), snapshot.file.stat().st_size)
        self._copy(snapshot.file, database_object(database), database)
        with ThreadPoolExecutor(self._target.at_once) as threads:
            originals = dict(filter(None, threads.map(self._original, snapshot.originals)))
            files = originals | dict(filter(None, threads.map(self._other, self._others(secrets))))
        there = {kept.sha256 for kept in originals.values()}
        missing = tuple(digest for digest in snapshot.originals if digest not in there)
        made, scriba = datetime.now(UTC).isoformat(timespec="seconds"), version_of("scriba")
        manifest = Manifest(made, scriba, snapshot.revision, secrets, database, files, missing)
        pruned = self._target.finish(manifest, prune=prune)
        # What was purged since the snapshot is not lost.
        lost = len(named_now(self._url) & set(missing)) if missing else 0
        return Taken(manifest, lost, len(self._copied), sum(self._copied), pruned)

    def _require_same(self, originals: Sequence[str]) -> None:
        """Keep the backup of one archive from going when another, maybe an empty one, is named by mistake. Raises AnotherArchive."""
        before = {kept.sha256 for path, kept in self._before.items() if path.startswith("originals/")}
        if before and before.isdisjoint(originals):
            raise AnotherArchive

    def _original(self, digest: str) -> tuple[str, Kept] | None:
        """Copy an original; None where nobody has it: it was purged since the snapshot, is lost, or is no longer what it was."""
        there = self._stored.find(digest)
        # Removed between the two looks: as if it had not been there at all.
        with suppress(FileNotFoundError):
            if there is not None:
                path, kept = str(there.relative_to(self._data.root)), Kept(digest, there.stat().st_size)
                if self._copy(there, path, kept):
                    return path, kept
        return None

    def _others(self, secrets: bool) -> list[Path]:
        """List what was made of originals, and the secrets where they are wanted."""
        folders = [self._data.archive, self._data.thumbnails, *([self._data.secrets] if secrets else [])]
        files = [path for folder in folders for path in sorted(folder.glob("[!.]*"))]
        return [path for path in [*files, *([self._data.root / "scriba.toml"] if secrets else [])] if path.is_file()]

    def _other(self, file: Path) -> tuple[str, Kept] | None:
        path = str(file.relative_to(self._data.root))
        with suppress(FileNotFoundError):
            return path, self._keep_changing(file, path, self._before.get(path))
        return None

    def _keep_changing(self, file: Path, path: str, before: Kept | None) -> Kept:
        """Copy a file in whose place another may be put at any moment."""
        for _ in range(TRIES):
            found = file.stat()
            if before and (before.size, before.mtime_ns) == (found.st_size, found.st_mtime_ns):
                kept = before
            else:
                kept = Kept(digest_of(file), found.st_size, found.st_mtime_ns)
            if self._copy(file, object_of(path, kept), kept):
                return kept
            before = None
        raise FileChanged(path)

    def _copy(self, file: Path, name: str, kept: Kept) -> bool:
        if self._target.holds(name, kept):
            return True
        if not self._target.take(file, name, kept):
            return False
        self._copied.append(kept.size)
        return True
