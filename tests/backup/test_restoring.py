"""An archive comes out of a backup whole, into an empty place, or not at all."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import BinaryIO

import pytest

from actors.store.errors import StoreHalfMoved
from actors.store.files.data_dir import DataDir
from actors.store.moving.errors import TargetNotEmpty
from actors.store.nouns.archive import DocumentOrder
from actors.store.opening import open_store
from actors.store.store import Store
from daemon.backup.errors import BackupDamaged, NotABackup, NotEmpty
from daemon.backup.restoring import check_place, restore
from daemon.backup.sources import FolderSource
from daemon.commands.backup import restore_backup, take_backup
from daemon.instance import AlreadyRunning, only_instance
from daemon.settings.model import Settings
from tests.archives import open_archive
from tests.backup.conftest import DOCUMENTS, settings_of
from tests.backup.test_taking import files, harm
from tests.postgres import Postgres, running_postgres
from tests.store.making import deliver, document_id


@pytest.fixture
def backup(settings: Settings, tmp_path: Path) -> Path:
    take_backup(settings, tmp_path / "backup", secrets=False, prune=False, verify=False)
    return tmp_path / "backup"


@pytest.fixture
def tar(settings: Settings, tmp_path: Path) -> Path:
    take_backup(settings, tmp_path / "backup.tar", secrets=False, prune=False, verify=False)
    return tmp_path / "backup.tar"


@pytest.fixture
def new(tmp_path: Path) -> Settings:
    return settings_of(tmp_path / "new")


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.mark.parametrize("kind", ["originals", "files", "database"])
@pytest.mark.parametrize("act", ["harm", "cut", "remove"])
def test_a_backup_that_is_damaged_is_refused_with_the_name_of_what_is(backup: Path, new: Settings, kind: str, act: str) -> None:
    victim = next(path for path in sorted((backup / kind).rglob("*")) if path.is_file())
    match act:
        case "harm":
            harm(victim)
        case "cut":
            victim.chmod(0o600)
            victim.write_bytes(victim.read_bytes()[:-1])
        case _:
            victim.unlink()
    with pytest.raises(BackupDamaged, match=r"the backup is damaged: \S+ missing or changed") as refused:
        restore_backup(new, backup, incomplete=False)
    assert len(refused.value.names) == 1
    assert not (new.data_dir / "scriba.db").exists()


def test_what_is_whole_is_restored_where_that_will_do(backup: Path, new: Settings, store: Store) -> None:
    victim = next((backup / "originals").rglob("*.pdf"))
    victim.unlink()
    with pytest.raises(BackupDamaged):
        restore_backup(new, backup, incomplete=False)
    assert "1 files are missing, since the backup is damaged" in restore_backup(new, backup, incomplete=True)
    assert len(list((new.data_dir / "originals").rglob("*.pdf"))) == DOCUMENTS - 1
    with closing(open_archive(DataDir(new.data_dir))) as there:
        assert there.documents.count(deleted=False) == store.documents.count(deleted=False)


@pytest.mark.parametrize("part", [0, 0.1, 0.5, 0.9, 0.98])
def test_a_file_that_was_torn_is_refused(tar: Path, new: Settings, part: float) -> None:
    data = tar.read_bytes()
    tar.write_bytes(data[: int(len(data) * part)])
    with pytest.raises((NotABackup, BackupDamaged)):
        restore_backup(new, tar, incomplete=False)
    assert not new.data_dir.exists()


def test_what_is_no_backup_is_refused(tmp_path: Path, new: Settings) -> None:
    (tmp_path / "letter.txt").write_text("Dear Anna")
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "letter.txt", tmp_path / "empty"):
        with pytest.raises(NotABackup, match="holds no backup of Scriba"):
            restore_backup(new, place, incomplete=False)
    with pytest.raises(FileNotFoundError):
        restore_backup(new, tmp_path / "nowhere", incomplete=False)


def test_an_archive_that_is_there_is_left_alone(backup: Path, settings: Settings) -> None:
    before = files(settings.data_dir)
    with pytest.raises(NotEmpty, match="is not empty"):
        restore_backup(settings, backup, incomplete=False)
    assert files(settings.data_dir) == before


def test_a_folder_in_use_is_left_alone(backup: Path, new: Settings) -> None:
    with only_instance(new.data_dir), pytest.raises(AlreadyRunning):
        restore_backup(new, backup, incomplete=False)


def test_settings_that_are_there_already_stay(settings: Settings, new: Settings, tmp_path: Path) -> None:
    take_backup(settings, tmp_path / "backup", secrets=True, prune=False, verify=False)
    new.data_dir.mkdir()
    (new.data_dir / "scriba.toml").write_text('log_level = "debug"\n')
    restore_backup(new, tmp_path / "backup", incomplete=False)
    assert (new.data_dir / "scriba.toml").read_text() == 'log_level = "debug"\n'


class Breaking(FolderSource):
    """A backup on a disk that is pulled out after so many files."""

    def __init__(self, root: Path, last: int) -> None:
        super().__init__(root)
        self._numbers = count(1)
        self._last = last

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        if next(self._numbers) > self._last:
            raise OSError("the disk is gone")
        with super().open(name) as file:
            yield file


@pytest.mark.parametrize("last", [0, 1, 3, DOCUMENTS + 2])
def test_a_restore_that_was_broken_off_goes_on(backup: Path, new: Settings, store: Store, last: int) -> None:
    data, source = DataDir(new.data_dir), Breaking(backup, last)
    check_place(data, new.store_url, source.manifest)
    with only_instance(new.data_dir), pytest.raises(OSError, match="the disk is gone"):
        restore(source, data, new.store_url, incomplete=False)
    assert not data.database.exists()
    restore_backup(new, backup, incomplete=False)
    assert set(files(new.data_dir)) == {path for path in files(store.data.root) if not path.startswith("secrets/")}
    assert [path.name for path in new.data_dir.glob(".*")] == []


def test_half_of_another_backup_is_left_alone(backup: Path, new: Settings, settings: Settings, store: Store, tmp_path: Path) -> None:
    data, source = DataDir(new.data_dir), Breaking(backup, 3)
    with only_instance(new.data_dir), pytest.raises(OSError, match="the disk is gone"):
        restore(source, data, new.store_url, incomplete=False)
    document_id(store, "new")
    take_backup(settings, tmp_path / "other", secrets=False, prune=False, verify=False)
    with pytest.raises(NotEmpty):
        restore_backup(new, tmp_path / "other", incomplete=False)


def test_a_backup_of_either_database_is_restored_into_the_other(backup: Path, postgres: Postgres, tmp_path: Path, store: Store) -> None:
    url = postgres.url(postgres.create())
    there = settings_of(tmp_path / "there", url)
    restore_backup(there, backup, incomplete=False)
    data = DataDir(there.data_dir)
    assert not data.database.exists()
    with closing(open_store(url, data)) as moved:
        assert moved.documents.list(DocumentOrder(), None, 100, deleted=False) == store.documents.list(
            DocumentOrder(), None, 100, deleted=False
        )
        deliver(moved, "new")
    take_backup(there, tmp_path / "backup.tar", secrets=False, prune=False, verify=False)
    back = settings_of(tmp_path / "back")
    restore_backup(back, tmp_path / "backup.tar", incomplete=False)
    with closing(open_archive(DataDir(back.data_dir))) as again:
        assert again.documents.count(deleted=False) == DOCUMENTS + 1
    assert files(back.data_dir) == files(there.data_dir)


def test_a_server_that_holds_an_archive_is_left_alone_and_half_of_one_does_not_start(
    backup: Path, postgres: Postgres, tmp_path: Path
) -> None:
    url = postgres.url(postgres.create())
    with closing(open_store(url, DataDir(tmp_path / "other"))) as other:
        deliver(other)
    with pytest.raises(TargetNotEmpty):
        restore_backup(settings_of(tmp_path / "there", url), backup, incomplete=False)
    half = postgres.url(postgres.create())
    with closing(open_store(half, DataDir(tmp_path / "half"))) as store, store.database.write() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = 'moving'")
    with pytest.raises(StoreHalfMoved):
        open_store(half, DataDir(tmp_path / "half"))
