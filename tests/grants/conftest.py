"""A store for grants."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from actors.store.files.data_dir import DataDir
from actors.store.store import Store
from tests.archives import open_archive


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_archive(DataDir(tmp_path / "data"))
    yield store
    store.close()
