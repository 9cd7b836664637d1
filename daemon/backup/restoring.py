"""Makes an archive of a backup, in a folder where nothing is: all of it, each file as it was, the database last."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import make_url

from actors.store.database import Database, make_file
from actors.store.files.data_dir import DataDir
from actors.store.files.durable import place_file, remove_file, sync_file, sync_folder, write_file
from actors.store.migration import bring_up
from actors.store.moving.moving import move
from daemon.backup import manifest as manifests
from daemon.backup.copying import AT_ONCE, copy_to, digest_of
from daemon.backup.errors import BackupDamaged, NotEmpty
from daemon.backup.manifest import Kept, Manifest, database_object, object_of
from daemon.backup.snapshot import read_snapshot
from daemon.backup.sources import Source

MARK = ".restoring"
SETTINGS = "scriba.toml"
# What may be there before: the settings of the archive to be, and the lock of a restore that has just begun.
NOTHING = frozenset({SETTINGS, "run"})


def check_place(data: DataDir, url: str, manifest: Manifest) -> None:
    """Make sure that nothing is there, or half of the same backup. Raises NotEmpty."""
    address = make_url(url)
    database = Path(address.database or "") if address.get_backend_name() == "sqlite" else None
    begun = data.root / MARK
    if begun.is_file():
        if begun.read_text(encoding="ascii") != identity(manifest):
            raise NotEmpty(data.root)
        return
    if data.root.is_dir() and any(path.name not in NOTHING for path in data.root.iterdir()):
        raise NotEmpty(data.root)
    if database is not None and database.exists():
        raise NotEmpty(database)


def restore(source: Source, data: DataDir, url: str, *, incomplete: bool) -> Sequence[str]:
    """Put all in its place, and name what is missing or changed where an `incomplete` archive will do.

    Killed at any moment it goes on when called again, by which files are read again. Raises BackupDamaged, StoreError, StartError, OSError.
    """
    manifest = source.manifest
    write_file(data.root / MARK, identity(manifest).encode("ascii"))
    data.create()
    draft = data.run / "restored.db"
    draft.unlink(missing_ok=True)
    if not put(source, database_object(manifest.database), manifest.database, draft, 0o600):
        raise BackupDamaged((database_object(manifest.database),))
    read_snapshot(draft)
    damaged = [path for path, kept in manifest.files.items() if not there(source, data, path, kept)]
    if damaged and not incomplete:
        raise BackupDamaged(damaged)
    make_durable(data, [data.root / path for path in manifest.files if path not in set(damaged)])
    place_database(draft, url)
    remove_file(data.root / MARK)
    return damaged


def make_durable(data: DataDir, files: Sequence[Path]) -> None:
    """See to it that all files outlive a power cut before there is a database that names them."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(sync_file, files))
        list(threads.map(sync_folder, {data.root, *(folder for file in files for folder in (file.parent, file.parent.parent))}))


def there(source: Source, data: DataDir, path: str, kept: Kept) -> bool:
    """See to it that a file is in its place, whole; False where the backup has it not."""
    target = data.root / path
    if target.is_file() and (path == SETTINGS or digest_of(target) == kept.sha256):
        return True
    return put(source, object_of(path, kept), kept, target, 0o444 if path.startswith("originals/") else 0o600)


def put(source: Source, name: str, kept: Kept, target: Path, mode: int) -> bool:
    """Copy one file out of the backup; False where it is not what it was."""
    with suppress(FileNotFoundError), source.open(name) as file:
        return copy_to(file, target, kept.sha256, mode, sync=False)
    return False


def place_database(draft: Path, url: str) -> None:
    """Let the archive begin: with the file itself, or with its rows on a server."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        sync_file(draft)
        place_file(draft, Path(address.database or ""))
        return
    with closing(Database(f"sqlite:///{draft}")) as rows, closing(Database(url)) as target:
        make_file(url)
        bring_up(rows)
        move(rows, target)
    for rest in (draft, draft.with_name(f"{draft.name}.turn")):
        remove_file(rest)


def identity(manifest: Manifest) -> str:
    """Tell one backup from another."""
    return hashlib.sha256(manifests.written(manifest)).hexdigest()
