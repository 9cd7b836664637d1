"""The daemon is asked to end in the middle of its work, or loses Ray too often: nothing is lost, nothing doubled (kills: tests/faults)."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from daemon.next_life import MOST_ENDS, VARIABLE
from scriba.v1.documents_pb2 import DocumentState
from tests.end_to_end.invariants import Sent, broken_invariants, command_of, stray_processes
from tests.end_to_end.person import Person
from tests.faults.archive import drop
from tests.faults.papers import papers
from tests.running import Daemon, running, wait_until

SETTLE = {"consumer_stability_delay": "0.3"}
SECONDS = 100.0
# What a service manager allows before it kills.
PATIENCE_SECONDS = 15.0


def all_ready(daemon: Daemon, count: int) -> bool:
    """Tell whether so many documents are ready and nothing is at work."""
    documents = daemon.documents()
    return len(documents) >= count and daemon.settled()


def check(daemon: Daemon, sent: dict[str, Sent]) -> None:
    """Wait until all is done, then check the invariants, and that every document is ready."""
    wait_until(lambda: all_ready(daemon, len(sent)), SECONDS, daemon.story)
    with Person(daemon) as person:
        assert [each for each in person.client.list_documents() if each.state != DocumentState.DOCUMENT_STATE_READY] == []
        assert broken_invariants(person, sent) == []


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Daemon]:
    """A daemon that may be ended."""
    with running(tmp_path / "data", **SETTLE) as daemon:
        yield daemon


def some_at_work(daemon: Daemon) -> bool:
    """Tell whether documents are being read."""
    return any(each.state == DocumentState.DOCUMENT_STATE_PROCESSING for each in daemon.documents())


def ask_to_end(daemon: Daemon) -> None:
    """End it as a service manager does, which has no more patience than this."""
    started = time.monotonic()
    assert daemon.stop() == 0
    assert time.monotonic() - started < PATIENCE_SECONDS


def test_a_daemon_asked_to_end_in_the_middle_goes_on_and_loses_and_doubles_nothing(own: Daemon) -> None:
    sent: dict[str, Sent] = papers(2)
    drop(own, sent)
    wait_until(lambda: some_at_work(own), SECONDS, own.story)
    processes = own.processes()
    ask_to_end(own)
    assert stray_processes(processes) == []
    own.start()
    check(own, sent)
    with own.client() as client:
        assert {job.attempt for job in client.list_jobs()} == {1}


def test_a_daemon_that_loses_ray_again_and_again_ends_with_words(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    daemon = Daemon(folder, **SETTLE)
    daemon.environment[VARIABLE] = " ".join(f"{time.monotonic():.1f}" for _ in range(MOST_ENDS))
    try:
        daemon.start()
        processes = daemon.processes()
        [raylet] = [process for process in processes if "raylet/raylet" in command_of(process)]
        raylet.kill()
        assert daemon.wait(PATIENCE_SECONDS) == 1
        assert "Nothing is lost: start scribad again" in daemon.story()
        assert stray_processes(processes) == []
    finally:
        daemon.kill()
