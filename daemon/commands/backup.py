"""`scribad backup TARGET` and `scribad restore SOURCE`."""

from pathlib import Path

from actors.store.files.data_dir import DataDir
from daemon.backup.errors import TargetInside
from daemon.backup.restoring import check_place, restore
from daemon.backup.sources import opened_source
from daemon.backup.taking import Taken, Taking
from daemon.backup.targets import opened_target
from daemon.commands.no_archive import require_archive
from daemon.instance import only_instance
from daemon.settings.model import Settings

MEGABYTE = 1_000_000


def take_backup(settings: Settings, place: Path, *, secrets: bool, prune: bool, verify: bool) -> tuple[str, bool]:
    """Back up the archive, and say what is there now and whether it is all. Raises NoArchiveHere, StartError, StoreError, OSError."""
    data = require_archive(settings)
    here, there = data.root.resolve(), place.resolve()
    if here.is_relative_to(there) or there.is_relative_to(here):
        raise TargetInside(place, settings.data_dir)
    with opened_target(place, verify=verify) as target:
        taken = Taking(settings.store_url, data, target).take(secrets=secrets, prune=prune)
    if not taken.lost:
        data.backed_up.touch(mode=0o600)
    return "\n".join(words_of(taken, place)), not taken.lost


def words_of(taken: Taken, place: Path) -> list[str]:
    """Say what a backup holds, and what it does not."""
    manifest = taken.manifest
    size = (sum(kept.size for kept in manifest.files.values()) + manifest.database.size) // MEGABYTE
    documents = sum(path.startswith("originals/") for path in manifest.files)
    lines = [
        f"{place} holds the archive as it was at {manifest.made}:",
        f"{documents:,} originals, {len(manifest.files) - documents:,} other files and the database, {size:,} MB.",
        f"{taken.copied_files:,} files were new, {taken.copied_bytes // MEGABYTE:,} MB.",
    ]
    if taken.pruned:
        lines += [f"{taken.pruned:,} that are no longer part of it were removed."]
    if manifest.secrets:
        lines += ["Its secrets are in it: keep it as safe as the archive."]
    else:
        lines += ["Not in it: secrets/ and scriba.toml. Keep them elsewhere:"]
        lines += ["without secrets/secrets.key no password that is kept can be read."]
    if purged := len(manifest.missing) - taken.lost:
        lines += [f"{purged:,} originals were purged while it was made."]
    if taken.lost:
        lines += [f"{taken.lost:,} originals are missing or damaged in the archive itself; `scribad check` names them."]
    return lines


def restore_backup(settings: Settings, place: Path, *, incomplete: bool) -> str:
    """Make an archive of a backup, and say what is there. Raises NotABackup, BackupDamaged, NotEmpty, StoreError, OSError."""
    data = DataDir(settings.data_dir)
    with opened_source(place) as source:
        check_place(data, settings.store_url, source.manifest)
        with only_instance(settings.data_dir, patience_seconds=0):
            damaged = restore(source, data, settings.store_url, incomplete=incomplete)
        manifest = source.manifest
    lines = [
        f"{settings.data_dir} is the archive as it was at {manifest.made}: {len(manifest.files) - len(damaged):,} files and the database, "
        "each with the bytes of then.",
        "The search index is made anew at the first start.",
    ]
    if not manifest.secrets:
        lines += ["Secrets were not in the backup: put secrets/secrets.key back before that, or enter passwords again."]
    if damaged:
        lines += [f"{len(damaged):,} files are missing, since the backup is damaged; `scribad check` names their documents."]
    return "\n".join(lines)
