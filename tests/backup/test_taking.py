"""A backup holds all of an archive, gets only what is new, and is whole at every moment."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentId
from actors.store.store import Store
from daemon.backup.errors import AnotherArchive, BackupDamaged, BackupUnderWay, NotFinished, TargetInside, TargetInUse
from daemon.backup.sources import FolderSource
from daemon.backup.targets import opened_target
from daemon.commands.backup import restore_backup, take_backup
from daemon.settings.model import Settings
from tests.archives import open_archive
from tests.backup.conftest import DOCUMENTS, settings_of
from tests.store.making import document_id

DERIVED = DOCUMENTS + 1


def backed_up(settings: Settings, place: Path, *, secrets: bool = False, prune: bool = False, verify: bool = False) -> str:
    words, whole = take_backup(settings, place, secrets=secrets, prune=prune, verify=verify)
    assert whole, words
    return words


def files(root: Path) -> dict[str, bytes]:
    """Read all files of an archive but the database and what a run leaves."""
    folders = (root / name for name in ("originals", "archive", "thumbnails", "secrets"))
    there = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(root)): path.read_bytes() for path in there}


def titles(data: DataDir) -> dict[int, str]:
    with closing(open_archive(data)) as store:
        return {document: store.documents.get(DocumentId(document)).title for document in range(1, DOCUMENTS + 1)}


@pytest.mark.parametrize("name", ["backup", "backup.tar"])
def test_what_is_restored_is_what_was_there(settings: Settings, tmp_path: Path, name: str) -> None:
    words = backed_up(settings, tmp_path / name, secrets=True)
    assert f"{DOCUMENTS} originals, {DERIVED + 2} other files and the database" in words
    assert "Its secrets are in it" in words
    restored = tmp_path / "restored"
    assert "each with the bytes of then" in restore_backup(settings_of(restored), tmp_path / name, incomplete=False)
    assert files(restored) == files(settings.data_dir)
    assert (restored / "scriba.toml").read_text() == 'log_level = "info"\n'
    assert titles(DataDir(restored)) == {number: f"Paper {number}" for number in range(1, DOCUMENTS + 1)}
    assert {path.stat().st_mode & 0o777 for path in (restored / "originals").rglob("*.pdf")} == {0o444}
    assert (restored / "secrets" / "secrets.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["backup", "backup.tar"])
def test_secrets_stay_where_they_are_unless_they_are_wanted(settings: Settings, tmp_path: Path, name: str) -> None:
    assert "Keep them elsewhere" in backed_up(settings, tmp_path / name)
    words = restore_backup(settings_of(tmp_path / "restored"), tmp_path / name, incomplete=False)
    assert "put secrets/secrets.key back" in words
    assert not any((tmp_path / "restored" / "secrets").iterdir())
    assert not (tmp_path / "restored" / "scriba.toml").exists()


def test_nobody_else_may_read_a_backup(settings: Settings, tmp_path: Path) -> None:
    backed_up(settings, tmp_path / "backup")
    backed_up(settings, tmp_path / "backup.tar")
    assert (tmp_path / "backup").stat().st_mode & 0o077 == 0
    assert (tmp_path / "backup.tar").stat().st_mode & 0o077 == 0


def test_only_what_is_new_is_copied(store: Store, settings: Settings, tmp_path: Path) -> None:
    place = tmp_path / "backup"
    assert f"{DOCUMENTS + DERIVED + 1} files were new" in backed_up(settings, place)
    times = {path: path.stat().st_mtime_ns for path in place.rglob("*.pdf")}
    assert "0 files were new" in backed_up(settings, place)
    document_id(store, "new")
    # A database, an original, and a thumbnail in the place of another.
    store.thumbnails.put(DocumentId(1), b"another picture")
    assert "3 files were new" in backed_up(settings, place)
    assert {path: path.stat().st_mtime_ns for path in times} == times
    assert len(list((place / "database").iterdir())) == 1


def test_what_is_no_longer_named_stays_until_it_is_pruned(store: Store, settings: Settings, tmp_path: Path) -> None:
    place = tmp_path / "backup"
    backed_up(settings, place)
    store.thumbnails.put(DocumentId(2), b"another picture")
    backed_up(settings, place)
    pictures = len(list((place / "files").rglob("*")))
    assert "1 that are no longer part of it were removed" in backed_up(settings, place, prune=True)
    assert len(list((place / "files").rglob("*"))) < pictures
    restore_backup(settings_of(tmp_path / "restored"), place, incomplete=False)
    assert files(tmp_path / "restored") == {
        path: data for path, data in files(settings.data_dir).items() if not path.startswith("secrets/")
    }


def test_an_original_that_the_archive_has_lost_or_damaged_is_told_and_never_taken(store: Store, settings: Settings, tmp_path: Path) -> None:
    place, lost, damaged = tmp_path / "backup", DocumentId(1), DocumentId(2)
    store.originals.path(store.documents.get(lost)).unlink()
    harm(store.originals.path(store.documents.get(damaged)))
    words, whole = take_backup(settings, place, secrets=False, prune=False, verify=False)
    assert not whole
    assert "2 originals are missing or damaged in the archive itself; `scribad check` names them" in words
    assert f"{DOCUMENTS - 2} originals" in words


def test_a_sound_copy_outlives_the_original(store: Store, settings: Settings, tmp_path: Path) -> None:
    backed_up(settings, tmp_path / "backup")
    harm(store.originals.path(store.documents.get(DocumentId(2))))
    backed_up(settings, tmp_path / "backup")
    restore_backup(settings_of(tmp_path / "restored"), tmp_path / "backup", incomplete=False)
    assert b"paper 2" in files(tmp_path / "restored").values()


def harm(path: Path) -> None:
    """Turn a byte of a file."""
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)


@pytest.mark.parametrize("kind", ["originals", "files", "database"])
def test_what_has_rotted_in_a_backup_is_found_and_copied_again(settings: Settings, tmp_path: Path, kind: str) -> None:
    place = tmp_path / "backup"
    backed_up(settings, place)
    harm(next(path for path in sorted((place / kind).rglob("*")) if path.is_file()))
    assert "0 files were new" in backed_up(settings, place)
    assert "1 files were new" in backed_up(settings, place, verify=True)
    restore_backup(settings_of(tmp_path / "restored"), place, incomplete=False)


@pytest.mark.parametrize("name", ["backup", "backup.tar"])
def test_the_backup_of_one_archive_never_goes_for_another(settings: Settings, tmp_path: Path, name: str) -> None:
    backed_up(settings, tmp_path / name)
    empty = DataDir(tmp_path / "empty")
    open_archive(empty).close()
    for _ in range(2):
        with pytest.raises(AnotherArchive, match="of another archive, or this one has lost every document"):
            take_backup(settings_of(empty.root), tmp_path / name, secrets=False, prune=True, verify=False)
    restore_backup(settings_of(tmp_path / "restored"), tmp_path / name, incomplete=False)


@pytest.mark.parametrize("content", [b"", b"photographs"])
def test_a_file_that_is_no_backup_is_not_overwritten(settings: Settings, tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "photographs.tar"
    place.write_bytes(content)
    with pytest.raises(TargetInUse, match="holds other things"):
        take_backup(settings, place, secrets=False, prune=False, verify=False)
    assert place.read_bytes() == content


@pytest.mark.parametrize("last", [1, 4, DOCUMENTS + 3])
def test_a_backup_that_was_killed_is_gone_on_with(data: DataDir, settings: Settings, tmp_path: Path, last: int) -> None:
    place = tmp_path / "backup"
    killed(data, place, last)
    with pytest.raises(NotFinished, match="goes on with it"):
        FolderSource(place)
    # All but the database, whose copy is made anew, and may be the same.
    assert f"{DOCUMENTS + DERIVED + 1 - last} files were new" in backed_up(settings, place)


def test_the_backup_of_before_counts_until_the_next_is_whole(store: Store, data: DataDir, settings: Settings, tmp_path: Path) -> None:
    place = tmp_path / "backup"
    backed_up(settings, place)
    before = files(data.root)
    document_id(store, "new")
    for number in range(1, DOCUMENTS):
        store.thumbnails.put(DocumentId(number), b"another %d" % number)
    killed(data, place, 4)
    restore_backup(settings_of(tmp_path / "restored"), place, incomplete=False)
    assert files(tmp_path / "restored") == {path: kept for path, kept in before.items() if not path.startswith("secrets/")}


def killed(data: DataDir, place: Path, last: int) -> None:
    ended = subprocess.run([sys.executable, "-m", "tests.backup.killed", str(data.root), str(place), f"{last}"], check=False, timeout=60)
    assert ended.returncode == -9


@pytest.mark.parametrize("where", ["", "inside", "..", "originals/backup.tar"])
def test_a_backup_never_lies_in_what_it_backs_up(settings: Settings, where: str) -> None:
    with pytest.raises(TargetInside, match="lie in one another"):
        take_backup(settings, settings.data_dir / where, secrets=False, prune=False, verify=False)


def test_a_folder_with_other_things_is_left_alone(settings: Settings, tmp_path: Path) -> None:
    place = tmp_path / "photographs"
    place.mkdir()
    (place / "summer.jpg").write_bytes(b"sea")
    with pytest.raises(TargetInUse, match="holds other things"):
        take_backup(settings, place, secrets=False, prune=True, verify=False)
    assert [path.name for path in place.iterdir()] == ["summer.jpg"]


@pytest.mark.parametrize("name", ["backup", "backup.tar"])
def test_two_backups_never_go_to_one_place_at_once(settings: Settings, tmp_path: Path, name: str) -> None:
    with opened_target(tmp_path / name), pytest.raises(BackupUnderWay):
        take_backup(settings, tmp_path / name, secrets=False, prune=False, verify=False)


def test_a_backup_with_a_damaged_manifest_is_not_overwritten(settings: Settings, tmp_path: Path) -> None:
    backed_up(settings, tmp_path / "backup")
    (tmp_path / "backup" / "manifest.json").write_text("{}")
    with pytest.raises(BackupDamaged, match=r"manifest\.json"):
        take_backup(settings, tmp_path / "backup", secrets=False, prune=True, verify=False)
