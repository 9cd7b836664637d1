"""The daemon, or a part of it, is killed in the middle of its work: nothing is lost, nothing doubled."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from scriba.v1.documents_pb2 import DocumentState
from tests.end_to_end.invariants import Sent, broken_invariants, stray_processes
from tests.end_to_end.person import Person
from tests.ocr.papers import digital_pdf, scan_pdf
from tests.running import Daemon, running, wait_until

SETTLE = {"consumer_stability_delay": "0.3"}
SECONDS = 100.0


def papers(count: int, first: int = 0) -> dict[str, Sent]:
    """Make scans, digital pages and notes, each with a word of its own on its last page."""
    made = {}
    for number in range(first, first + count):
        word = f"unique{number:05d}x"
        text = f"paper number {number}\nbears the word {word}"
        match number % 3:
            case 0:
                made[f"scan-{number}.pdf"] = Sent(scan_pdf("a page before", text), word)
            case 1:
                made[f"digital-{number}.pdf"] = Sent(digital_pdf(text), word)
            case _:
                made[f"scan-{number}.pdf"] = Sent(scan_pdf(text), word)
    return made


def drop_all(daemon: Daemon, sent: dict[str, Sent]) -> None:
    """Put files into the watched folder; it need not run."""
    for name, each in sent.items():
        staged = daemon.data.root / "staged"
        staged.write_bytes(each.content)
        staged.rename(daemon.data.consume / name)


def all_ready(daemon: Daemon, count: int) -> bool:
    """Tell whether so many documents are ready and nothing is at work."""
    documents = daemon.documents()
    return len(documents) >= count and daemon.settled()


def check(daemon: Daemon, sent: dict[str, Sent]) -> None:
    """Wait until all is done, then check the invariants, and that every document is ready."""
    wait_until(lambda: all_ready(daemon, len(sent)), SECONDS, daemon.story)
    with Person(daemon) as person:
        assert broken_invariants(person, sent) == []
        assert {each.state for each in person.client.list_documents()} == {DocumentState.DOCUMENT_STATE_READY}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Daemon]:
    """A daemon that may be killed."""
    with running(tmp_path / "data", **SETTLE) as daemon:
        yield daemon


def something_read(daemon: Daemon) -> bool:
    """Tell whether some documents are ready and others are not."""
    states = [each.state for each in daemon.documents()]
    return DocumentState.DOCUMENT_STATE_READY in states


def kill_all(daemon: Daemon) -> None:
    """Kill the daemon and all it has started at once, as a lost machine does."""
    daemon.kill()


def kill_alone(daemon: Daemon) -> None:
    """Kill the daemon's own process, as the system does when memory is short."""
    psutil.Process(daemon.pid).kill()
    assert daemon.wait(10.0)


@pytest.mark.parametrize("murder", [kill_all, kill_alone])
def test_a_daemon_killed_in_the_middle_goes_on_and_loses_and_doubles_nothing(own: Daemon, murder: Callable[[Daemon], None]) -> None:
    sent = papers(6)
    drop_all(own, sent)
    wait_until(lambda: something_read(own), SECONDS, own.story)
    processes = own.processes()
    murder(own)
    own.start()
    assert stray_processes(processes) == []
    check(own, sent)
    processes = own.processes()
    assert own.stop() == 0
    assert stray_processes(processes) == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_thirty_documents_survive_five_kills_at_random_times(own: Daemon, seed: int) -> None:
    chance = random.Random(seed)
    sent = papers(30)
    drop_all(own, sent)
    for _ in range(5):
        wait_a_while(own, chance.uniform(0.0, 8.0))
        processes = own.processes()
        own.kill()
        assert stray_processes(processes) == []
        own.start()
    check(own, sent)


def wait_a_while(daemon: Daemon, seconds: float) -> None:
    """Let a daemon work for a time, whatever it does."""
    psutil.wait_procs([psutil.Process(daemon.pid)], timeout=seconds)


def by_words(daemon: Daemon, *words: str) -> list[psutil.Process]:
    """Find the daemon's processes whose command line holds one of these words."""
    return [process for process in daemon.processes() if any(word in " ".join(process.cmdline()) for word in words)]


def kill(processes: list[psutil.Process]) -> None:
    """Kill processes; one that has just ended by itself will do."""
    assert processes
    for process in processes:
        if process.is_running():
            process.kill()


def test_every_actor_may_be_killed_while_documents_are_read(own: Daemon) -> None:
    sent = papers(6)
    drop_all(own, sent)
    wait_until(lambda: bool(own.documents()), SECONDS, own.story)
    for actor in by_words(own, "ray::Host"):
        kill([actor])
        wait_a_while(own, 0.5)
    check(own, sent)
    more = papers(3, first=6)
    drop_all(own, more)
    check(own, sent | more)


def test_decoders_and_the_edge_may_be_killed_while_documents_are_read(own: Daemon) -> None:
    sent = papers(6)
    drop_all(own, sent)
    wait_until(lambda: bool(by_words(own, "actors.ocr.child read_page")), SECONDS, own.story)
    kill(by_words(own, "actors.ocr.child"))
    kill(by_words(own, "envoy"))
    wait_until(own.answers, SECONDS, own.story)
    check(own, sent)


@pytest.mark.parametrize("part", ["raylet/raylet", "gcs/gcs_server"])
def test_a_daemon_without_ray_recovers_or_ends_with_words_and_the_next_start_goes_on(own: Daemon, part: str) -> None:
    sent = papers(4)
    drop_all(own, sent)
    wait_until(lambda: bool(own.documents()), SECONDS, own.story)
    processes = own.processes()
    kill(by_words(own, part))
    code = own.wait(60.0)
    assert code not in (None, 0)
    assert "Ray" in own.story()
    assert stray_processes(processes) == []
    own.start()
    check(own, sent)
