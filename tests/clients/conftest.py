"""What the client tests share: a server with an archive, a client of it, and a home without settings."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import scriba
from tests.clients.fake_archive import FakeArchive
from tests.clients.fake_server import TOKEN, FakeServer
from tests.clients.real_server import real_server
from tests.service.house import TOKEN as ADMINISTRATORS
from tests.service.house import House

QUICK = scriba.Backoff(attempts=4, pause=lambda _: None)


@pytest.fixture
def archive() -> FakeArchive:
    """Give an empty archive."""
    return FakeArchive()


@pytest.fixture
def server(archive: FakeArchive) -> Iterator[FakeServer]:
    """Serve it."""
    server = FakeServer(archive)
    yield server
    server.stop()


@pytest.fixture
def client(server: FakeServer) -> Iterator[scriba.Client]:
    """Connect to it; broken streams are taken up without a pause."""
    with scriba.Client(server.address, TOKEN, timeout=10, retry=QUICK) as client:
        yield client


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home with nothing in it, as the place where we are, and an environment that says nothing of Scriba."""
    for name in list(os.environ):
        if name.startswith(("SCRIBA_", "XDG_")):
            monkeypatch.delenv(name)
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def signed_in(home: Path, server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home whose environment names the server and its token."""
    monkeypatch.setenv("SCRIBA_SERVER", server.address)
    monkeypatch.setenv("SCRIBA_TOKEN", TOKEN)
    return home


@pytest.fixture
def house(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Be the administrator of a new archive behind the real servicers."""
    with real_server(tmp_path) as (address, house):
        monkeypatch.setenv("SCRIBA_SERVER", address)
        monkeypatch.setenv("SCRIBA_TOKEN", ADMINISTRATORS)
        yield house
