"""When Ray has ended, the daemon begins anew: at once, then later, and not for ever."""

import os
import subprocess
import sys

import pytest

from daemon.next_life import MOST_ENDS, VARIABLE, ends_told, pause_after, recent

BECOMING = """
import os, sys
from daemon.next_life import begin_next_life, end_children, ends_told
import subprocess, psutil
if not ends_told(os.environ):
    left = os.open("/dev/null", os.O_RDONLY)
    os.set_inheritable(left, True)
    subprocess.Popen(["sleep", "60"])
    end_children()
    print(os.getpid(), sys.argv[1:], psutil.Process().children(), flush=True)
    begin_next_life([12.5], {**os.environ, "KEPT": "yes"})
print(os.getpid(), sys.argv[1:], psutil.Process().children(), ends_told(os.environ), os.environ["KEPT"], os.path.exists(f"/dev/fd/{3}"))
"""


def test_pauses_grow_and_end() -> None:
    pauses = [pause_after([0.0] * ends) for ends in range(MOST_ENDS + 2)]
    assert pauses == [0.0, 0.0, 1.0, 2.0, 4.0, 8.0, None]


def test_only_ends_of_the_last_minutes_count() -> None:
    assert recent([10.0, 500.0, 5000.0], now=700.0) == [500.0]


@pytest.mark.parametrize(("told", "ends"), [("", []), ("1.0 2.5", [1.0, 2.5]), ("yesterday", [])])
def test_what_a_former_life_has_told_is_read(told: str, ends: list[float]) -> None:
    assert ends_told({VARIABLE: told}) == ends


def test_a_process_becomes_a_new_one_with_its_arguments_and_without_its_children_and_descriptors() -> None:
    lives = subprocess.run(
        [sys.executable, "-c", BECOMING, "run", "--listen"], capture_output=True, text=True, check=True, timeout=60, env=os.environ
    )
    first, second = lives.stdout.splitlines()
    assert first.endswith(" ['run', '--listen'] []")
    assert second == f"{first} [12.5] yes False"
