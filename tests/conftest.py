"""What all tests share: no limit of time on made-up examples, and one daemon for most end-to-end tests, since a start takes seconds."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.end_to_end.person import Person
from tests.running import Daemon, running

# Left alone, an example that takes a fifth of a second on a busy machine fails its test.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


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
