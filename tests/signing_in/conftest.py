"""A house whose web app is reached by browsers, on an archive of its own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from actors.store.files.data_dir import DataDir
from actors.store.store import Store
from tests.archives import open_archive
from tests.service.house import House, open_house


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_archive(DataDir(tmp_path / "data"))
    yield store
    store.close()


@pytest.fixture
async def house(store: Store) -> AsyncIterator[House]:
    async with open_house(store) as house:
        yield house
