"""A house for every test, on an archive of its own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from actors.store.files.data_dir import DataDir
from actors.store.store import Store
from tests.archives import open_archive
from tests.service.house import House, open_house
from tests.service.people import Person, person


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_archive(DataDir(tmp_path / "data"))
    yield store
    store.close()


@pytest.fixture
async def house(store: Store) -> AsyncIterator[House]:
    async with open_house(store) as house:
        yield house


@pytest.fixture
async def elsewhere(tmp_path: Path) -> AsyncIterator[House]:
    """A second house, with an archive of its own."""
    store = open_archive(DataDir(tmp_path / "elsewhere"))
    async with open_house(store) as house:
        yield house
    store.close()


@pytest.fixture
def anna(house: House) -> Person:
    return person(house, "Anna")


@pytest.fixture
def bert(house: House) -> Person:
    return person(house, "Bert")
