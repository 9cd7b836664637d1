"""F3: all state of Ray's is removed, under a running daemon and between two runs."""

import shutil
from pathlib import Path

import pytest

from tests.end_to_end.invariants import stray_processes
from tests.faults.archive import SECONDS, Archive
from tests.faults.plugin import Trials
from tests.running import wait_until


def ray_folder(archive: Archive) -> Path:
    """Find the folder of the Ray at work."""
    return Path((archive.daemon.data.run / "ray").read_text().strip())


@pytest.mark.timeout(20_000)
@pytest.mark.soak
@pytest.mark.fault("F3", each=1, nightly=10)
def test_a_daemon_without_the_state_of_its_ray_begins_anew_and_loses_nothing(archive: Archive, trials: Trials) -> None:
    for number in range(trials.count):
        remove = remove_between_two_runs if number % 2 else remove_under_way
        remove(archive)
        assert archive.broken() == []
        trials.tried()


def remove_under_way(archive: Archive) -> None:
    """Take Ray's folder away while documents are read: the daemon begins anew, in its own process."""
    daemon = archive.daemon
    fresh = archive.papers(6)
    archive.drop(fresh)
    wait_until(lambda: len(archive.documents()) == len(archive.sent), SECONDS, daemon.story)
    pid, folder, processes = daemon.pid, ray_folder(archive), daemon.processes()
    shutil.rmtree(folder)
    assert archive.lost() == []
    wait_until(lambda: (daemon.data.run / "ray").exists() and ray_folder(archive) != folder, SECONDS, daemon.story)
    wait_until(daemon.answers, SECONDS, daemon.story)
    assert daemon.pid == pid
    assert stray_processes(processes[1:]) == []
    archive.wait_until_ready(fresh)


def remove_between_two_runs(archive: Archive) -> None:
    """Kill the daemon, and take away all that its Ray has left before the next start."""
    daemon = archive.daemon
    folder, processes = ray_folder(archive), daemon.processes()
    daemon.kill()
    shutil.rmtree(folder, ignore_errors=True)
    (daemon.data.run / "ray").unlink()
    fresh = archive.papers(3)
    archive.drop(fresh)
    daemon.start()
    assert stray_processes(processes) == []
    archive.wait_until_ready(fresh)
