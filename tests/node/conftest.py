"""A head for all tests of a file, and a folder for each of the machines that join it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from daemon.node.home import NodeHome
from tests.node.heads import StandingHead, standing_head


@pytest.fixture(scope="module")
def head(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandingHead]:
    """Stand behind TLS, with a certificate that Scriba has made for itself."""
    with standing_head(tmp_path_factory.mktemp("head")) as head:
        yield head


@pytest.fixture
def home(tmp_path: Path) -> NodeHome:
    """Give the folder of a machine that has joined nothing."""
    home = NodeHome(tmp_path / "node")
    home.create()
    return home
