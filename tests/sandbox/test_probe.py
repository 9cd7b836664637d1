"""What works here is found out by doing it; where nothing does, the words say what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from actors.sandbox.level import SandboxLevel, SandboxUnavailable, weakest
from actors.sandbox.probe import Found, find_level, usable_sandbox

ASK = "from actors.sandbox.probe import found_here; found = found_here(); print(found.level, found.refusals)"
BUBBLEWRAP, LANDLOCK, NONE = SandboxLevel


def found_where(folder: Path, *, landlock: bool) -> str:
    """Ask a process that finds no bubblewrap, and whose kernel may have no Landlock either."""
    wrapper = [] if landlock else ["-m", "tests.sandbox.old_kernel", sys.executable]
    command = [sys.executable, *wrapper, "-c", ASK]
    return subprocess.run(command, env={**os.environ, "PATH": str(folder)}, capture_output=True, text=True, check=True).stdout


def test_without_bubblewrap_it_is_landlock(tmp_path: Path, refusals: dict[SandboxLevel, str]) -> None:
    if refusals[LANDLOCK]:
        pytest.skip(refusals[LANDLOCK])
    assert found_where(tmp_path, landlock=True).startswith("landlock ")
    assert "bwrap is not installed" in found_where(tmp_path, landlock=True)


def test_without_both_it_is_nothing(tmp_path: Path) -> None:
    found = found_where(tmp_path, landlock=False)
    assert found.startswith("none ")
    assert "the kernel has no Landlock" in found


def test_the_strongest_that_works_is_taken() -> None:
    assert find_level(lambda _: "") == Found(BUBBLEWRAP, {})
    assert find_level(lambda level: "no" if level is BUBBLEWRAP else "") == Found(LANDLOCK, {BUBBLEWRAP: "no"})
    assert find_level(str) == Found(NONE, {BUBBLEWRAP: "bubblewrap", LANDLOCK: "landlock"})


def test_where_nothing_works_the_words_say_what_to_do() -> None:
    nothing = find_level(lambda level: f"{level} is broken")
    with pytest.raises(SandboxUnavailable) as raised:
        usable_sandbox(nothing, allow_unsandboxed=False)
    words = str(raised.value)
    for part in ("bubblewrap is broken", "landlock is broken", "apt-get install bubblewrap", "allow_unsandboxed = true"):
        assert part in words
    assert usable_sandbox(nothing, allow_unsandboxed=True).level is NONE


def test_what_works_is_taken_though_nothing_would_be_allowed() -> None:
    assert usable_sandbox(Found(LANDLOCK, {}), allow_unsandboxed=True).level is LANDLOCK


def test_a_machine_is_as_strong_as_its_weakest_reader() -> None:
    assert weakest([BUBBLEWRAP, NONE, LANDLOCK]) is NONE
    assert weakest([BUBBLEWRAP, LANDLOCK]) is LANDLOCK
    assert weakest([]) is None
