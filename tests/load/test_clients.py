"""Two hundred clients at once search, list, open and download while documents are read."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from scriba.v1 import admin_pb2
from tests.bench.digital import write_note
from tests.bench.report import Figures
from tests.bench.scans import page_jpeg
from tests.bench.waiting import wait_for_all
from tests.end_to_end.person import Person
from tests.load.figures import held, keep, latencies
from tests.load.sampling import Sampler, growth, warm
from tests.running import Daemon, running, wait_until

CLIENTS = int(os.environ.get("LOAD_CLIENTS", "200"))
SECONDS = float(os.environ.get("LOAD_SECONDS", "120"))
PROCESSES = 4
DOCUMENTS = min(500, 4 * CLIENTS)
START_SECONDS = 120.0
# A person who reads what was found acts every other second; 0 is a program that never waits.
PEOPLE, PROGRAMS = 2.0, 0.0
# Each client may hold a stream and a thread of the daemon's pools busy; pools have their sizes, so that what grows on is a leak.
GROWTH_MIB = 48.0
GROWTH_DESCRIPTORS = 20.0


@dataclass(frozen=True, slots=True)
class Phase:
    """What one phase came to."""

    pages_per_minute: float
    milliseconds: dict[str, list[float]]
    refused: Counter[str]
    seconds: float


@pytest.mark.soak
def test_two_hundred_clients_are_answered_while_documents_are_read(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    with running(tmp_path / "data", consumer_stability_delay="0.1") as daemon, Person(daemon) as person:
        fill(daemon, person, tmp_path)
        supply(daemon, tmp_path)
        wait_until(lambda: pages_read(person) > 1, START_SECONDS, daemon.story)
        alone = phase(daemon, person, 0, PEOPLE)
        with Sampler(daemon, 2.0) as while_people:
            people = phase(daemon, person, CLIENTS, PEOPLE)
        with Sampler(daemon, 2.0) as while_programs:
            programs = phase(daemon, person, CLIENTS, PROGRAMS)
        keep(
            pytestconfig.rootpath,
            "clients",
            {
                "clients": float(CLIENTS),
                "pages_per_minute_alone": alone.pages_per_minute,
                "people": told(people, alone),
                "programs": told(programs, alone),
                **held([*while_people.samples, *while_programs.samples]),
            },
        )
        assert people.refused == programs.refused == Counter()
        assert people.pages_per_minute > 0
        assert programs.pages_per_minute > 0
        # More calls at once hold more; as many for longer must not.
        for sampler in (while_people, while_programs):
            steady = warm(sampler.samples)
            assert growth(steady, lambda sample: sample.mib) < GROWTH_MIB
            assert growth(steady, lambda sample: sample.descriptors) < GROWTH_DESCRIPTORS
        daemon.kill()


def fill(daemon: Daemon, person: Person, folder: Path) -> None:
    """Put documents into the archive for people to find."""
    for number in range(DOCUMENTS):
        write_note(folder / "note", number).rename(daemon.data.consume / f"note-{number:05d}.txt")
    wait_for_all(daemon, person.client, DOCUMENTS)


def supply(daemon: Daemon, folder: Path) -> None:
    """Hand in more scans than can be read in all phases; each is another file, with one page."""
    pages = int(3 * SECONDS * (os.cpu_count() or 1)) + 100
    scan = page_jpeg(0)
    for number in range(pages):
        # What follows the end of a JPEG belongs to nobody, and makes it another file.
        (folder / "scan").write_bytes(scan + f"{number:06d}".encode())
        (folder / "scan").rename(daemon.data.consume / f"scan-{number:06d}.jpg")


def phase(daemon: Daemon, person: Person, clients: int, pause: float) -> Phase:
    """Let clients act for a while, or nobody, and count the pages that are read meanwhile."""
    before, begun = pages_read(person), time.monotonic()
    if clients:
        crowds = [crowd(daemon, clients // PROCESSES, pause, seed) for seed in range(PROCESSES)]
        answers = [json.loads(each.communicate(timeout=SECONDS + START_SECONDS)[0]) for each in crowds]
    else:
        time.sleep(SECONDS)
        answers = []
    spent = time.monotonic() - begun
    milliseconds: dict[str, list[float]] = {}
    refused = Counter[str]()
    for answer in answers:
        refused += Counter(answer["refused"])
        for act, times in answer["milliseconds"].items():
            milliseconds.setdefault(act, []).extend(times)
    return Phase((pages_read(person) - before) / spent * 60, milliseconds, refused, spent)


def crowd(daemon: Daemon, clients: int, pause: float, seed: int) -> subprocess.Popen[str]:
    """Begin a process of clients."""
    words = [daemon.address, str(daemon.data.local_token), str(clients), str(SECONDS), str(pause), str(seed)]
    return subprocess.Popen([sys.executable, "-m", "tests.load.crowd", *words], stdout=subprocess.PIPE, text=True)


def pages_read(person: Person) -> int:
    """Count the pages that readers have read since the start."""
    return sum(node.pages_read for node in person.client.admin.ListNodes(admin_pb2.ListNodesRequest()).nodes)


def told(phase: Phase, alone: Phase) -> Figures:
    """Sum up a phase."""
    calls = sum(map(len, phase.milliseconds.values()))
    return {
        "calls_per_second": calls / phase.seconds,
        "refused": float(phase.refused.total()),
        "pages_per_minute": phase.pages_per_minute,
        "ingest_ratio_to_alone": phase.pages_per_minute / alone.pages_per_minute if alone.pages_per_minute else 0.0,
        **{act: latencies(times) for act, times in sorted(phase.milliseconds.items())},
    }
