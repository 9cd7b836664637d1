"""A day of ordinary use, in minutes: nothing is lost, and nothing grows that should not."""

import json
import os
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

import scriba
from actors.store.files.data_dir import DataDir
from tests.bench.report import Figures
from tests.bench.waiting import accepted, at_rest
from tests.end_to_end.invariants import broken_invariants
from tests.end_to_end.person import Person
from tests.load.day import Act, Planned, counts, plan
from tests.load.figures import held, keep, latencies
from tests.load.flood import some_of_each
from tests.load.household import Household
from tests.load.sampling import Sample, Sampler, growth, usual, warm
from tests.running import Daemon, running, wait_until

# A whole day's acts take twenty minutes; in fewer minutes so much less is done.
WHOLE_MINUTES = 20.0
MINUTES = float(os.environ.get("LOAD_MINUTES", str(WHOLE_MINUTES)))
SEED = int(os.environ.get("LOAD_SEED", "1"))
SECONDS = 600.0
LOOK_SECONDS = 2.0
# Caches with bounds (SQLite's pages, tantivy's arenas, pools of threads) fill during the first acts, and a decoder keeps up to half of what
# it may take. What is left after the warm-up must not follow what is done: a leak of a page's picture (1 MiB) for every tenth act is seen.
MOST_MIB_PER_1000 = 100.0
MOST_DESCRIPTORS_PER_1000 = 20.0
# A day of fewer acts says nothing of memory: in its few minutes a second decoder's models or one training of tags weigh more than a leak.
LEAST_ACTS = 500
STEADY_DESCRIPTORS = 40.0
# A daemon that is being ended says so of what it breaks off; no other line may be an error.
EXPECTED: frozenset[str] = frozenset()


@pytest.mark.soak
def test_a_day_of_ordinary_use_loses_nothing_and_lets_nothing_grow(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    planned = plan(SEED, MINUTES / WHOLE_MINUTES)
    with running(tmp_path / "data", consumer_stability_delay="0.3", consumer_rescan_interval="5") as daemon, Person(daemon) as person:
        wait_until(lambda: can_search(person), SECONDS, daemon.story)
        household = Household(daemon, SEED)
        household.hand_in(some_of_each(0))
        wait_until(lambda: accepted(person.client) == len(household.sent) and at_rest(person.client), SECONDS, daemon.story)
        with Sampler(daemon, LOOK_SECONDS, lambda: float(household.acts)) as sampler:
            late = live(household, planned, MINUTES * 60)
        wait_until(lambda: daemon.settled() and at_rest(person.client), SECONDS, daemon.story)
        household.empty_the_trash_back()
        household.close()
        wait_until(lambda: accepted(person.client) == len(household.sent) and at_rest(person.client), SECONDS, daemon.story)
        before_night = [sample for sample in sampler.samples if sample.work < work_before(planned, Act.RESTART)]
        mib, descriptors, acts = grown(before_night)
        keep(
            pytestconfig.rootpath,
            "day",
            {
                "minutes": MINUTES,
                "late_seconds": late,
                "acts": {**counts(planned)},
                "documents": float(len(household.sent)),
                "search": latencies([each for times in household.milliseconds.values() for each in times]),
                "search_by_hour": {f"{hour:02d}": latencies(times) for hour, times in sorted(household.milliseconds.items())},
                "disk": disk(daemon.data, len(household.sent)),
                "mib_per_1000_acts": mib / max(acts, 1.0) * 1000,
                **held(before_night),
            },
        )
        assert broken_invariants(person, household.sent, purged=household.purged) == []
        assert errors_told(daemon) == Counter()
        assert acts < LEAST_ACTS or mib < MOST_MIB_PER_1000 * acts / 1000
        assert descriptors < max(STEADY_DESCRIPTORS, MOST_DESCRIPTORS_PER_1000 * acts / 1000)


def can_search(person: Person) -> bool:
    """Tell whether there is an index; a new archive makes one in its first second, and says so."""
    try:
        person.finds("*")
    except scriba.Unavailable:
        return False
    return True


def grown(samples: Sequence[Sample]) -> tuple[float, float, float]:
    """Tell by how much memory (MiB) and descriptors grew with what was done, once they were warm, and how much that was."""
    steady = usual(warm(samples))
    mib = growth(steady, lambda sample: sample.mib, lambda sample: sample.work)
    descriptors = growth(steady, lambda sample: sample.descriptors, lambda sample: sample.work)
    return mib, descriptors, steady[-1].work - steady[0].work


def live(household: Household, planned: Sequence[Planned], seconds: float) -> float:
    """Do everything at its time, or as soon as may be; give how late the last act was."""
    begun = time.monotonic()
    for each in planned:
        while (left := begun + each.share * seconds - time.monotonic()) > 0:
            time.sleep(left)
        household.do(each)
    return max(0.0, time.monotonic() - begun - seconds)


def work_before(planned: Sequence[Planned], act: Act) -> int:
    """Count what is done before an act."""
    return next(number for number, each in enumerate(planned) if each.act is act)


def errors_told(daemon: Daemon) -> Counter[str]:
    """Count the lines of the log that are errors and not expected."""
    told = Counter[str]()
    for line in daemon.log.read_text(errors="replace").splitlines():
        if line.startswith("{"):
            entry = json.loads(line)
            if entry.get("level") in ("error", "critical") and entry["event"] not in EXPECTED:
                told[f"{entry.get('process')}: {entry['event']}: {entry.get('error', '')}"] += 1
    return told


def disk(data: DataDir, documents: int) -> Figures:
    """Tell what lies on the disk for each document, by what it is for."""
    parts = {
        "originals": data.originals,
        "archive": data.archive,
        "thumbnails": data.thumbnails,
        "index": data.index,
        "spool": data.spool,
        "whole": data.root,
    }
    sizes = {
        f"{name}_kib": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1024 for name, folder in parts.items()
    }
    sizes["database_kib"] = data.database.stat().st_size / 1024
    return {**sizes, "whole_kib_per_document": sizes["whole_kib"] / max(documents, 1)}


def bytes_below(folder: Path) -> int:
    """Add up the sizes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
