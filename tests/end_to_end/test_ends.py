"""How the daemon ends, and why it does not start."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.invariants import Sent, stray_processes
from tests.end_to_end.test_kills import SECONDS, SETTLE, check, drop_all, papers, something_read
from tests.running import Daemon, running, wait_until

# What a service manager allows before it kills.
PATIENCE_SECONDS = 15.0


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Daemon]:
    """A daemon that may be ended."""
    with running(tmp_path / "data", **SETTLE) as daemon:
        yield daemon


def second(folder: Path, address: str) -> subprocess.CompletedProcess[str]:
    """Try to start another daemon."""
    command = [sys.executable, "-m", "daemon", "run", "--data-dir", str(folder), "--listen", address]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_sigterm_in_the_middle_ends_in_time_and_the_next_start_goes_on(own: Daemon) -> None:
    sent: dict[str, Sent] = papers(6)
    drop_all(own, sent)
    wait_until(lambda: something_read(own), SECONDS, own.story)
    processes = own.processes()
    started = time.monotonic()
    assert own.stop() == 0
    assert time.monotonic() - started < PATIENCE_SECONDS
    assert stray_processes(processes) == []
    own.start()
    check(own, sent)
    with own.client() as client:
        assert {job.attempt for job in client.list_jobs()} == {1}


def test_a_second_daemon_on_the_same_folder_is_refused_in_words(daemon: Daemon, tmp_path: Path) -> None:
    refused = second(daemon.data.root, "127.0.0.1:1")
    assert (refused.returncode, str(daemon.pid) in refused.stderr, str(daemon.data.root) in refused.stderr) == (1, True, True)
    assert "Traceback" not in refused.stderr
    assert daemon.answers()


def test_a_port_in_use_is_told_in_words(daemon: Daemon, tmp_path: Path) -> None:
    refused = second(tmp_path / "other", daemon.address)
    assert (refused.returncode, daemon.address in refused.stderr) == (1, True)
    assert "Traceback" not in refused.stderr
    assert daemon.answers()
