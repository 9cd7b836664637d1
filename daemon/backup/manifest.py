"""What a backup holds: a path in the data folder, and the SHA-256 of its bytes, for each of its files. Pure."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

from daemon.backup.errors import BackupDamaged, BackupTooNew

NAME = "manifest.json"
FORMAT = 1
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SECTIONS = frozenset({"originals", "archive", "thumbnails", "secrets", "scriba.toml"})


@dataclass(frozen=True, slots=True)
class Kept:
    """The bytes of one file, and when it was written in the archive: one that has both as before need not be read again."""

    sha256: str
    size: int
    mtime_ns: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """One state of an archive. `missing` are the SHA-256 of originals that its documents name and nobody had."""

    made: str
    scriba: str
    revision: str
    secrets: bool
    database: Kept
    files: Mapping[str, Kept]
    missing: tuple[str, ...] = ()

    def objects(self) -> dict[str, Kept]:
        """Give all that lies in the backup by the names that it has there."""
        return {database_object(self.database): self.database} | {object_of(path, kept): kept for path, kept in self.files.items()}


def object_of(path: str, kept: Kept) -> str:
    """Name a file's bytes in the backup: originals have such names already, and whatever changes gets another."""
    return path if path.startswith("originals/") else f"files/{kept.sha256[:2]}/{kept.sha256}"


def database_object(kept: Kept) -> str:
    """Name the database's copy in the backup."""
    return f"database/{kept.sha256}.db"


def written(manifest: Manifest) -> bytes:
    """Write a manifest, with a digest of itself."""
    told = {"format": FORMAT, **asdict(manifest)}
    return json.dumps({**told, "sha256": _digest(told)}, indent=1).encode("ascii")


def read(data: bytes) -> Manifest:
    """Read a manifest; raises BackupDamaged where one byte is another, and BackupTooNew."""
    try:
        told = json.loads(data)
        if told.get("format", 0) > FORMAT:
            raise BackupTooNew(told.get("scriba", ""))
        if told.pop("sha256") != _digest(told) or told.pop("format") != FORMAT:
            raise BackupDamaged((NAME,))
        files = {safe(path): _kept(kept) for path, kept in told.pop("files").items()}
        database, missing = _kept(told.pop("database")), tuple(told.pop("missing"))
        return Manifest(**told, database=database, files=files, missing=missing)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupDamaged((NAME,)) from error


def safe(path: str) -> str:
    """Refuse a path that leads out of a data folder; raises ValueError."""
    parts = PurePosixPath(path).parts
    if not parts or parts[0] not in _SECTIONS or ".." in parts:
        raise ValueError(path)
    return path


def _kept(told: Mapping[str, object]) -> Kept:
    kept = Kept(**told)  # type: ignore[arg-type]  # looked at below
    if not _DIGEST.fullmatch(kept.sha256):
        raise ValueError(kept.sha256)
    return kept


def _digest(told: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode("ascii")).hexdigest()
