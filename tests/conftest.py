"""One daemon that most end-to-end tests share, since a start takes seconds."""

from collections.abc import Iterator

import pytest

from tests.end_to_end.person import Person
from tests.running import Daemon, running


@pytest.fixture(scope="session")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """A daemon with its own settings, but for the pause after which a file counts as settled."""
    with running(tmp_path_factory.mktemp("house") / "data", consumer_stability_delay="0.3") as daemon:
        yield daemon


@pytest.fixture
def person(daemon: Daemon) -> Iterator[Person]:
    """Somebody who uses the shared daemon."""
    with Person(daemon) as person:
        yield person
