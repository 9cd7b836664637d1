"""The health check of a container: it asks the running daemon, and says what is not well."""

import subprocess
import sys
from pathlib import Path

from tests.running import Daemon, wait_until


def look(folder: Path) -> tuple[int, str]:
    ended = subprocess.run([sys.executable, "-m", "daemon.healthy", str(folder)], capture_output=True, text=True, check=False, timeout=60)
    return ended.returncode, ended.stderr


def test_a_daemon_that_works_is_well(daemon: Daemon) -> None:
    wait_until(lambda: look(daemon.data.root) == (0, ""), 60, daemon.story)


def test_where_none_runs_the_check_says_so_and_fails(tmp_path: Path) -> None:
    code, words = look(tmp_path)  # as while the daemon starts, too
    assert (code, words.startswith("the archive does not answer: ")) == (1, True)
    assert "Traceback" not in words
