"""F9: the clock is set, by an hour, a day, to 1970, and where summer time begins. No lease is lost or kept for ever; retries come due."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.plugin import Trials

LIBRARIES = ("libfaketimeMT.so.1", "libfaketime.so.1")
FOUND = [found for name in LIBRARIES for found in sorted(Path("/usr/lib").glob(f"**/faketime/{name}"))]
SECONDS = 1_500.0


@pytest.mark.skipif(not FOUND or shutil.which("faketime") is None, reason="needs the package faketime")
@pytest.mark.timeout(2_000)
@pytest.mark.fault("F9", each=4, nightly=20)
def test_jobs_go_on_when_the_clock_is_set(tmp_path: Path, trials: Trials) -> None:
    clock, sources = tmp_path / "clock", tmp_path / "sources"
    clock.write_text("+0\n")
    sources.mkdir()
    environment = {
        "LD_PRELOAD": str(FOUND[0]),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_DONT_RESET": "1",
        "NO_FAKE_STAT": "1",
        "TZ": "Europe/Berlin",
    }
    command = [sys.executable, "-m", "tests.faults.clock", str(tmp_path / "data"), str(sources), str(clock), str(trials.count)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS, env={**os.environ, **environment})
    assert done.returncode == 0, done.stderr
    trials.tried(sum(line.isdecimal() for line in done.stdout.splitlines()))
