"""F5: an fsync fails with EIO. Nothing is accepted any more, nothing made safe again, health says so, and a restart goes on."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.plugin import Trials

SECONDS = 1_500.0


@pytest.mark.skipif(shutil.which("fiu-run") is None, reason="needs the packages fiu-utils and libfiu-dev")
@pytest.mark.timeout(2_000)
@pytest.mark.fault("F5", each=20, nightly=500)
def test_an_fsync_that_fails_stops_everything_and_is_never_tried_again(tmp_path: Path, trials: Trials) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    program = [sys.executable, "-m", "tests.faults.failing_fsync", str(tmp_path / "data"), str(sources), str(trials.count)]
    done = subprocess.run(["fiu-run", "-x", *program], capture_output=True, text=True, check=False, timeout=SECONDS)
    assert done.returncode == 0, done.stderr
    trials.tried(sum(line.isdecimal() for line in done.stdout.splitlines()))
