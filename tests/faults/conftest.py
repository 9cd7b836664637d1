"""The archives under fault. Tests of a file share one, since a start takes seconds; longer, it would take a part of a core from others."""

from collections.abc import Iterator

import pytest

from tests.faults.archive import Archive, running_archive
from tests.faults.proxy import Proxy, running_proxy
from tests.intake.conftest import store
from tests.postgres import DURABLE, Postgres, running_postgres

__all__ = ["archive", "archive_on_postgres", "proxy", "server", "store"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive on SQLite."""
    with running_archive(tmp_path_factory.mktemp("archive")) as archive:
        yield archive


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """A PostgreSQL that keeps what it has committed, whatever ends it."""
    with running_postgres(DURABLE) as server:
        yield server


@pytest.fixture(scope="session")
def proxy(server: Postgres) -> Iterator[Proxy]:
    """The way to that PostgreSQL, which can be cut."""
    with running_proxy(server.port) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def archive_on_postgres(tmp_path_factory: pytest.TempPathFactory, server: Postgres, proxy: Proxy) -> Iterator[Archive]:
    """An archive on PostgreSQL, through the proxy."""
    url = server.url(server.create()).replace(f":{server.port}/", f":{proxy.port}/").replace("postgres@", "postgres:a-secret-password@")
    with running_archive(tmp_path_factory.mktemp("archive-on-postgres"), database_url=url) as archive:
        yield archive
