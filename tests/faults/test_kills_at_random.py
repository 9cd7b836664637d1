"""F2: the daemon, an actor, a process of Ray's or PostgreSQL is killed at a random time, with many documents in flight."""

import random
from collections.abc import Callable, Mapping
from functools import partial

import psutil
import pytest

from tests.end_to_end.invariants import command_of, stray_processes
from tests.faults.archive import SECONDS, Archive
from tests.faults.plugin import Trials
from tests.postgres import Postgres
from tests.running import wait_until

HELPERS = ("--config-path", "actors.ocr.decoders.child")
ACTORS = ("watcher", "intake", "pipeline", "index", "binder", "reader")
RAY = ("raylet/raylet", "gcs/gcs_server")
IN_FLIGHT = 30
IN_FLIGHT_ON_A_COMMIT = 15
# A document takes a second or two, and the next kill comes before all are done.
LONGEST_PAUSE_SECONDS = 2.0


def kill_daemon(archive: Archive) -> None:
    """Kill the daemon alone, as the system does when memory is short; it is started again as a service manager does it."""
    processes = archive.daemon.processes()
    processes[0].kill()
    assert archive.daemon.wait(SECONDS) is not None
    assert archive.lost() == []
    archive.daemon.start()
    assert stray_processes(processes) == []


def kill_actor(archive: Archive, name: str) -> None:
    """Kill the process of an actor, one of several readers; it begins again by itself."""
    wait_until(lambda: bool(archive.orders.actors(name)), SECONDS, archive.daemon.story)
    archive.orders.actors(name)[0].kill()
    assert archive.lost() == []


def kill_helper(archive: Archive, words: str) -> None:
    """Kill Envoy, or a decoder if one is at work; it is started again."""
    helpers = [process for process in archive.daemon.processes() if words in command_of(process)]
    for process in helpers[:1]:
        process.kill()
    assert archive.lost() == []
    wait_until(archive.daemon.answers, SECONDS, archive.daemon.story)


def kill_ray(archive: Archive, part: str) -> None:
    """Kill a process of Ray's; the daemon begins anew by itself, in its own process."""
    daemon = archive.daemon
    processes = daemon.processes()
    [doomed] = [process for process in processes if part in command_of(process)]
    doomed.kill()
    assert archive.lost() == []
    wait_until(lambda: not doomed.is_running() and any(part in command_of(each) for each in daemon.processes()), SECONDS, daemon.story)
    wait_until(daemon.answers, SECONDS, daemon.story)
    assert stray_processes(processes[1:]) == []


def kill_postgres(archive: Archive, server: Postgres) -> None:
    """Kill the database; its next start replays what it had committed."""
    server.stop("immediate")
    server.start()
    assert archive.lost() == []


def victims(server: Postgres) -> Mapping[str, Callable[[Archive], None]]:
    """Tell how each of them is killed, and what follows."""
    actors = {name: partial(kill_actor, name=name) for name in ACTORS}
    ray = {part: partial(kill_ray, part=part) for part in RAY}
    helpers = {words: partial(kill_helper, words=words) for words in HELPERS}
    return {"daemon": kill_daemon, **actors, **ray, **helpers, "postgres": partial(kill_postgres, server=server)}


@pytest.mark.timeout(20_000)
@pytest.mark.fault("F2", each=9, nightly=180)
def test_a_kill_at_any_time_costs_time_and_no_document(archive_on_postgres: Archive, server: Postgres, trials: Trials) -> None:
    archive, chance = archive_on_postgres, random.Random(trials.seed)
    killers = victims(server)
    while trials.made < trials.count:
        fresh = archive.papers(IN_FLIGHT if trials.count > len(killers) else IN_FLIGHT_ON_A_COMMIT)
        archive.drop(fresh)
        doomed = chance.sample(list(killers), min(len(killers), trials.count - trials.made))
        for name in doomed:
            wait_a_while(archive, chance.uniform(0, LONGEST_PAUSE_SECONDS))
            killers[name](archive)
        archive.wait_until_ready(fresh)
        assert archive.broken() == []
        trials.tried(len(doomed))


def wait_a_while(archive: Archive, seconds: float) -> None:
    """Let the daemon work for a time, whatever it does."""
    psutil.wait_procs([psutil.Process(archive.daemon.pid)], timeout=seconds)
