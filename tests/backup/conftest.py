"""An archive to back up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentId
from actors.store.store import Store
from daemon.settings.loading import load_settings
from daemon.settings.model import Settings
from tests.archives import open_archive
from tests.store.making import document_id

DOCUMENTS = 6


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    return DataDir(tmp_path / "data")


@pytest.fixture
def store(data: DataDir) -> Iterator[Store]:
    """Give an archive with documents that were read, its key and its settings."""
    store = open_archive(data)
    for number in range(1, DOCUMENTS + 1):
        document = document_id(store, f"paper {number}", title=f"Paper {number}")
        store.thumbnails.put(document, b"picture %d" % number)
    store.archives.path(DocumentId(1)).write_bytes(b"searchable")
    data.secrets_key.write_text("key")
    (data.root / "scriba.toml").write_text('log_level = "info"\n')
    yield store
    store.close()


@pytest.fixture
def settings(store: Store) -> Settings:
    return settings_of(store.data.root)


def settings_of(root: Path, url: str = "") -> Settings:
    """Give the settings of an archive in a folder."""
    return load_settings({"data_dir": root}, {"SCRIBA_DATABASE_URL": url}).settings
