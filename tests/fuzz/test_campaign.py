"""The long look for what breaks a target: each has its time, FUZZ_SECONDS of it, and tells how often it was run."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.report import merge
from tests.fuzz.report import OUTPUT
from tests.fuzz.targets import TARGETS

SECONDS = int(os.environ.get("FUZZ_SECONDS", "120"))
UNIT_SECONDS = 10
MEMORY_MIB = 3_000
_EXECUTED = re.compile(r"stat::number_of_executed_units: (\d+)")


@pytest.mark.soak
@pytest.mark.timeout(SECONDS + 300)
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris has no wheel for this machine")
@pytest.mark.parametrize("name", TARGETS)
def test_nothing_is_found_that_breaks_a_target(name: str, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    options = (f"-max_total_time={SECONDS}", f"-timeout={UNIT_SECONDS}", f"-rss_limit_mb={MEMORY_MIB}", "-verbosity=0")
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.campaign", name, str(tmp_path), *options],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    breaking = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert (done.returncode, breaking) == (0, {}), done.stderr[-3000:]
    executed = _EXECUTED.search(done.stderr)
    assert executed is not None, done.stderr[-3000:]
    merge(pytestconfig.rootpath / OUTPUT, {name: {"runs": float(executed[1]), "seconds": float(SECONDS)}})
