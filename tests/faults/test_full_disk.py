"""F4: the disk is full at a write, at each in one trial. The source stays or the accept is durable; with room, all goes on once."""

from functools import partial
from pathlib import Path

import pytest

import scriba
from tests.end_to_end.invariants import Sent
from tests.end_to_end.person import Person
from tests.faults.disk import daemon_on, needs_mounts, small_disk
from tests.faults.plugin import Trials
from tests.ocr.papers import digital_pdf
from tests.running import Daemon, wait_until

DISK_BYTES = 24 << 20
DAEMON_DISK_BYTES = 256 << 20
SECONDS = 100.0


def all_are_in(daemon: Daemon, count: int) -> bool:
    """Tell whether so many documents are there and none is at work."""
    return len(daemon.documents()) == count and daemon.settled()


@needs_mounts
@pytest.mark.timeout(1_200)
@pytest.mark.fault("F4", each=48, nightly=390)
def test_a_disk_that_is_full_at_any_write_costs_no_document_and_no_attempt(tmp_path: Path, trials: Trials) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    with small_disk(tmp_path / "data", DISK_BYTES) as disk:
        told = disk.run("-m", "tests.faults.full_disk", str(disk.folder), str(sources), str(trials.count))
    trials.tried(sum(line.isdecimal() for line in told.splitlines()))


@needs_mounts
@pytest.mark.timeout(1_200)
@pytest.mark.fault("F4", each=2, nightly=10)
def test_a_daemon_whose_disk_fills_goes_on_when_there_is_room(tmp_path: Path, trials: Trials) -> None:
    settings = {"consumer_stability_delay": "0.3", "min_free_bytes": "16MiB"}
    with small_disk(tmp_path / "data", DAEMON_DISK_BYTES) as disk, daemon_on(disk, **settings) as daemon, Person(daemon) as person:
        sent: dict[str, Sent] = {}
        for number in range(trials.count):
            names = {f"{number}-{kind}.pdf": f"fullword{number}{kind}" for kind in ("before", "after")}
            sent |= {name: Sent(digital_pdf(f"a page with {word}"), word) for name, word in names.items()}
            before, after = names
            person.upload(before, sent[before].content)
            disk.fill(1 << (12 + number % 10))
            wait_until(lambda: "nearly full" in person.type("info").out, SECONDS, daemon.story)
            with pytest.raises(scriba.Error, match="nearly full"):
                person.upload(after, sent[after].content)
            disk.make_room()
            wait_until(lambda: "nearly full" not in person.type("info").out, SECONDS, daemon.story)
            person.upload(after, sent[after].content)
            wait_until(partial(all_are_in, daemon, len(sent)), SECONDS, daemon.story)
            trials.tried()
        assert {job.attempt for job in person.client.list_jobs()} == {1}
        assert disk.broken_invariants(daemon, sent) == []
