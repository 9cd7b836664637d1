"""The store on each database that it promises to run on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from actors.store.files.data_dir import DataDir
from actors.store.opening import open_store
from actors.store.store import Store
from tests.archives import open_archive
from tests.emptied import Emptied
from tests.postgres import Postgres, running_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def emptied(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Emptied:
    """Give databases with the present schema and nothing in them."""
    name = postgres.create()
    open_store(postgres.url(name), DataDir(tmp_path_factory.mktemp("template"))).close()
    return Emptied(postgres, name)


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    return DataDir(tmp_path / "archive")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, data: DataDir) -> Iterator[str]:
    if request.param == "sqlite":
        yield data.database_url
        return
    server: Postgres = request.getfixturevalue("postgres")
    emptied: Emptied = request.getfixturevalue("emptied")
    with emptied.lend() as name:
        yield server.url(name)


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, url: str) -> Iterator[str]:
    """Give a database without any table."""
    if url.startswith("sqlite"):
        yield url
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def store(url: str, data: DataDir) -> Iterator[Store]:
    opened = open_archive(data) if url == data.database_url else open_store(url, data)
    yield opened
    opened.close()
