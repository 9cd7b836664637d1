"""F16: very many files at once. Events are lost, the watcher is killed half-way, and every file becomes a document, once."""

import time
from pathlib import Path

import pytest

from scriba.v1.documents_pb2 import DocumentState
from tests.bench.waiting import accepted, at_rest
from tests.end_to_end.invariants import broken_invariants, note
from tests.end_to_end.person import Person
from tests.faults.plugin import Trials
from tests.load.figures import held, keep, latencies
from tests.load.flood import drop_at_once, flood, overflowing, some_of_each, watcher_of
from tests.load.sampling import Sampler, growth, warm
from tests.running import running, wait_until

SETTINGS = {"consumer_stability_delay": "0.3", "consumer_rescan_interval": "5"}
# A file takes a twentieth of a second; on a machine that others use, no more than this. For every wait, so that a hang is told from work.
SECONDS_PER_FILE = 0.5
SECONDS = 100.0
# From so many files on the daemon itself is killed, too: each commit has other tests for that.
MANY = 2_000
# The index's writer fills its arenas to their 64 MB, and what was loaded anew after the kill as much again; beyond that, memory must not
# follow the number of files.
GROWTH_MIB = 128.0
GROWTH_DESCRIPTORS = 40.0


@pytest.mark.soak
@pytest.mark.fault("F16", each=300, nightly=10_000)
@pytest.mark.timeout(3_600)
def test_every_file_of_a_flood_becomes_one_document(tmp_path: Path, pytestconfig: pytest.Config, trials: Trials) -> None:
    sent = flood(trials.count)
    patience = SECONDS + SECONDS_PER_FILE * len(sent)
    with running(tmp_path / "data", **SETTINGS) as daemon, Person(daemon) as person:
        first = some_of_each(len(sent))
        drop_at_once(daemon, first)
        wait_until(lambda: done(person, len(first)), SECONDS, daemon.story)
        noted, calls = note(daemon), list[float]()

        def reached(count: int) -> bool:
            calls.append(timed_search(person))
            return accepted(person.client) >= count

        with Sampler(daemon, 2.0, lambda: float(accepted(person.client))) as sampler:
            with overflowing(daemon):
                drop_at_once(daemon, sent)
            begun = time.monotonic()
            wait_until(lambda: reached(len(first) + len(sent) // 2), patience, daemon.story)
            watcher_of(daemon).kill()
            if len(sent) >= MANY:
                wait_until(lambda: reached(len(first) + len(sent) * 3 // 4), patience, daemon.story)
                daemon.kill()
                daemon.start()
            wait_until(lambda: reached(len(first) + len(sent)), patience, daemon.story)
            taken_in = time.monotonic() - begun
            wait_until(lambda: reached(0) and done(person, len(first) + len(sent)), patience, daemon.story)
            ready = time.monotonic() - begun
        keep(
            pytestconfig.rootpath,
            "files_at_once",
            {
                "files": float(len(sent)),
                "accepted_per_second": len(sent) / taken_in,
                "ready_per_second": len(sent) / ready,
                "search": latencies(calls),
                **held(sampler.samples),
            },
        )
        assert all(each.state == DocumentState.DOCUMENT_STATE_READY for each in person.client.list_documents())
        assert broken_invariants(person, first | sent, noted) == []
        steady = warm(sampler.samples)
        assert growth(steady, lambda sample: sample.mib) < GROWTH_MIB
        assert growth(steady, lambda sample: sample.descriptors) < GROWTH_DESCRIPTORS
    trials.tried(len(sent))


def done(person: Person, count: int) -> bool:
    """Tell whether so many documents are there, and no job is left."""
    return accepted(person.client) >= count and at_rest(person.client)


def timed_search(person: Person) -> float:
    """Search as somebody does meanwhile; give the milliseconds."""
    begun = time.perf_counter()
    person.finds("paper number")
    return (time.perf_counter() - begun) * 1000
