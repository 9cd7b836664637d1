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
from tests.running import Daemon, started, wait_until
from tests.systemd import Manager, listening

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
def manager(tmp_path: Path) -> Iterator[Manager]:
    """The ear of a service manager."""
    with listening(tmp_path / "notify") as manager:
        yield manager


@pytest.fixture
def own(tmp_path: Path, manager: Manager) -> Iterator[Daemon]:
    """A daemon that may be ended, started as systemd starts one."""
    (tmp_path / "data").mkdir()
    daemon = Daemon(tmp_path / "data", **SETTLE)
    daemon.environment |= {"NOTIFY_SOCKET": manager.address, "WATCHDOG_USEC": "2000000"}
    with started(daemon):
        yield daemon


def some_at_work(daemon: Daemon) -> bool:
    """Tell whether documents are being read."""
    return any(each.state == DocumentState.DOCUMENT_STATE_PROCESSING for each in daemon.documents())


def ask_to_end(daemon: Daemon) -> None:
    """End it as a service manager does, which has no more patience than this."""
    started = time.monotonic()
    assert daemon.stop() == 0
    assert time.monotonic() - started < PATIENCE_SECONDS


def test_a_daemon_asked_to_end_in_the_middle_goes_on_and_loses_and_doubles_nothing(own: Daemon, manager: Manager) -> None:
    sent: dict[str, Sent] = papers(2)
    drop(own, sent)
    wait_until(lambda: some_at_work(own), SECONDS, own.story)
    processes = own.processes()
    told = manager.told()
    assert "WATCHDOG=1" in told[: told.index(f"READY=1\nSTATUS=serving on {own.address}")]
    ask_to_end(own)
    assert "STOPPING=1\nSTATUS=stopping" in manager.told()
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
