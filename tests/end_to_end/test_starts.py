"""Why a daemon does not start."""

import subprocess
import sys
from pathlib import Path

from tests.running import Daemon


def second(folder: Path, address: str) -> subprocess.CompletedProcess[str]:
    """Try to start another daemon."""
    command = [sys.executable, "-m", "daemon", "run", "--data-dir", str(folder), "--listen", address]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_a_second_daemon_on_the_same_folder_is_refused_in_words(daemon: Daemon) -> None:
    refused = second(daemon.data.root, "127.0.0.1:1")
    assert (refused.returncode, str(daemon.pid) in refused.stderr, str(daemon.data.root) in refused.stderr) == (1, True, True)
    assert "Traceback" not in refused.stderr
    assert daemon.answers()


def test_a_port_in_use_is_told_in_words(daemon: Daemon, tmp_path: Path) -> None:
    refused = second(tmp_path / "other", daemon.address)
    assert (refused.returncode, daemon.address in refused.stderr) == (1, True)
    assert "Traceback" not in refused.stderr
    assert daemon.answers()
