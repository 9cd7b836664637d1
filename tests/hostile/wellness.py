"""Whether a daemon is as well as before: it answers at once, and memory and descriptors are what they were."""

from collections.abc import Mapping
from dataclasses import dataclass

import psutil

from scriba.v1.admin_pb2 import GetStatisticsRequest
from tests.end_to_end.person import Person
from tests.invariants.leftovers import command_of
from tests.running import Daemon, wait_until

MORE_DESCRIPTORS = 5
# What allocators keep of a flood once it is over: Envoy 130 MB after a hundred downloads that nobody read, and no more after four such
# floods than after one.
MORE_BYTES = 192_000_000
RECOVERY_SECONDS = 60.0
ANSWER_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Load:
    """What one process holds."""

    descriptors: int
    bytes: int


def held(daemon: Daemon) -> Mapping[str, Load]:
    """Measure the daemon and its Envoy, the two that strangers reach."""
    envoys = [process for process in psutil.Process(daemon.pid).children(recursive=True) if "--config-path" in command_of(process)]
    (envoy,) = [process for process in envoys if "leash" not in command_of(process)] or envoys
    return {
        name: Load(process.num_fds(), process.memory_info().rss)
        for name, process in (("daemon", psutil.Process(daemon.pid)), ("envoy", envoy))
    }


def is_well_again(person: Person, before: Mapping[str, Load]) -> None:
    """Ask as everybody does, then wait until what was opened is closed and what was gathered is let go."""
    person.client.admin.GetStatistics(GetStatisticsRequest(), timeout=ANSWER_SECONDS)

    def as_before() -> bool:
        now = held(person.daemon)
        return all(
            now[name].descriptors <= load.descriptors + MORE_DESCRIPTORS and now[name].bytes <= load.bytes + MORE_BYTES
            for name, load in before.items()
        )

    wait_until(as_before, RECOVERY_SECONDS, lambda: f"{before} became {held(person.daemon)}")
