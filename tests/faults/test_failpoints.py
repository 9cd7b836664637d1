"""A process that comes to an armed place does what it is told there, and no other does."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from actors.failpoints import Failpoint, Moment, Order, Point, after, around, before, checkpoint
from tests.running import wait_until

REACHING = """
import sys
from pathlib import Path
from actors.failpoints import Point, around, checkpoint
with around(checkpoint(Path(sys.argv[1])), Point.STORED):
    print("between", flush=True)
"""


def reaching(folder: Path) -> subprocess.Popen[bytes]:
    """Start a process that stores something."""
    return subprocess.Popen([sys.executable, "-c", REACHING, str(folder)], stdout=subprocess.PIPE)


@pytest.mark.parametrize(("moment", "printed"), [(Moment.BEFORE, b""), (Moment.AFTER, b"between\n")])
def test_a_process_is_killed_on_the_side_of_the_step_that_was_armed(tmp_path: Path, moment: Moment, printed: bytes) -> None:
    (tmp_path / f"{moment}-stored").write_text(Order.KILL)
    process = reaching(tmp_path)
    assert (process.communicate()[0], process.returncode) == (printed, -signal.SIGKILL)


def test_one_order_ends_one_process(tmp_path: Path) -> None:
    (tmp_path / "before-stored").write_text(Order.KILL)
    processes = [reaching(tmp_path) for _ in range(4)]
    for process in processes:
        process.communicate()
    assert sorted(process.returncode for process in processes) == [-signal.SIGKILL, 0, 0, 0]


def test_a_process_that_is_held_stands_still_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "before-stored").write_text(Order.HOLD)
    process = reaching(tmp_path)
    told = tmp_path / "before-stored.held"
    wait_until(lambda: told.exists() and psutil.Process(process.pid).status() == psutil.STATUS_STOPPED, 20)
    process.kill()
    assert (told.read_text(), process.communicate()[0]) == (str(process.pid), b"")


def test_a_step_that_fails_has_no_place_after_it(tmp_path: Path) -> None:
    reached: list[Failpoint] = []
    with pytest.raises(OSError, match="full"), around(reached.append, Point.STAGED):
        raise OSError("full")
    with around(reached.append, Point.STORED):
        pass
    assert reached == [before(Point.STAGED), before(Point.STORED), after(Point.STORED)]


def test_without_a_folder_nothing_is_looked_for() -> None:
    with around(checkpoint(None), Point.SEEN):
        pass
