"""The daemon, or a part of it, is killed in the middle of its work: nothing is lost, nothing doubled."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from scriba.v1.documents_pb2 import DocumentState
from tests.end_to_end.invariants import Sent, broken_invariants, command_of, stray_processes
from tests.end_to_end.person import Person
from tests.ocr.papers import digital_pdf, scan_pdf
from tests.running import Daemon, running, wait_until

SETTLE = {"consumer_stability_delay": "0.3"}
SECONDS = 100.0
# What a service manager allows before it kills.
PATIENCE_SECONDS = 15.0


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
        assert [each for each in person.client.list_documents() if each.state != DocumentState.DOCUMENT_STATE_READY] == []
        assert broken_invariants(person, sent) == []


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Daemon]:
    """A daemon that may be killed."""
    with running(tmp_path / "data", **SETTLE) as daemon:
        yield daemon


def some_at_work(daemon: Daemon) -> bool:
    """Tell whether documents are being read."""
    return any(each.state == DocumentState.DOCUMENT_STATE_PROCESSING for each in daemon.documents())


def kill_all(daemon: Daemon) -> None:
    """Kill the daemon and all it has started at once, as a lost machine does."""
    daemon.kill()


def kill_alone(daemon: Daemon) -> None:
    """Kill the daemon's own process, as the system does when memory is short."""
    psutil.Process(daemon.pid).kill()
    assert daemon.wait(10.0)


def ask_to_end(daemon: Daemon) -> None:
    """End it as a service manager does, which has no more patience than this."""
    started = time.monotonic()
    assert daemon.stop() == 0
    assert time.monotonic() - started < PATIENCE_SECONDS


def test_a_daemon_ended_in_the_middle_goes_on_and_loses_and_doubles_nothing(own: Daemon) -> None:
    sent: dict[str, Sent] = {}
    for end in (kill_all, kill_alone, ask_to_end):
        more = papers(3, first=len(sent))
        drop_all(own, more)
        sent |= more
        wait_until(lambda: some_at_work(own), SECONDS, own.story)
        processes = own.processes()
        end(own)
        own.start()
        assert stray_processes(processes) == []
    check(own, sent)
    with own.client() as client:
        assert {job.attempt for job in client.list_jobs()} == {1}
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
        own.start()
        assert stray_processes(processes) == []
    check(own, sent)


def wait_a_while(daemon: Daemon, seconds: float) -> None:
    """Let a daemon work for a time, whatever it does."""
    psutil.wait_procs([psutil.Process(daemon.pid)], timeout=seconds)


def by_words(daemon: Daemon, *words: str) -> list[psutil.Process]:
    """Find the daemon's processes whose command line holds one of these words."""
    return [process for process in daemon.processes() if any(word in command_of(process) for word in words)]


def kill(processes: list[psutil.Process]) -> None:
    """Kill processes; one that has just ended by itself will do."""
    assert processes
    for process in processes:
        if process.is_running():
            process.kill()


def test_every_process_but_rays_own_may_be_killed_while_documents_are_read(own: Daemon) -> None:
    sent = papers(6)
    drop_all(own, sent)
    wait_until(lambda: bool(by_words(own, "actors.ocr.child read_page")), SECONDS, own.story)
    # One, not all: a page whose decoder dies twice is taken for the culprit.
    kill(by_words(own, "actors.ocr.child read_page")[:1])
    kill(by_words(own, "envoy"))
    wait_until(own.answers, SECONDS, own.story)
    for actor in by_words(own, "ray::Host"):
        kill([actor])
        wait_a_while(own, 0.5)
    more = papers(3, first=len(sent))
    drop_all(own, more)
    check(own, sent | more)
    with Person(own) as person:
        noticed = broken_invariants(person, sent | more | papers(1, first=99))
    assert [line[:2] for line in noticed] == ["I1", "I3", "I5"]


@pytest.mark.parametrize("part", ["raylet/raylet", pytest.param("gcs/gcs_server", marks=pytest.mark.soak)])
def test_a_daemon_without_ray_ends_with_words_and_the_next_start_goes_on(own: Daemon, part: str) -> None:
    sent = papers(4)
    drop_all(own, sent)
    wait_until(lambda: bool(own.documents()), SECONDS, own.story)
    processes = own.processes()
    kill(by_words(own, part))
    assert own.wait(PATIENCE_SECONDS) == 1
    assert "start scribad again" in own.story()
    assert stray_processes(processes) == []
    own.start()
    check(own, sent)
