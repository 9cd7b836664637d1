"""A real archive for every test, copied from one that is made once: migrations take longer than most tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from actors.store.files.data_dir import DataDir
from actors.store.opening import open_store
from actors.store.store import Store


@pytest.fixture(scope="session")
def fresh_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = DataDir(tmp_path_factory.mktemp("fresh") / "data")
    open_store(data.database_url, data).close()
    return data.root


@pytest.fixture
def store(fresh_archive: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copytree(fresh_archive, tmp_path / "data")
    data = DataDir(tmp_path / "data")
    store = open_store(data.database_url, data)
    yield store
    store.close()
