"""An archive for every test, and a pipeline with its cast; tests that need another cast make their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from actors.store.files.data_dir import DataDir
from actors.store.store import Store
from tests.archives import open_archive
from tests.pipeline.cast import Stage


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_archive(DataDir(tmp_path / "data"))
    yield store
    store.close()


@pytest.fixture
def stage(store: Store) -> Stage:
    return Stage(store)
