"""Two nodes of one Ray, under TLS: who is let in, what works where, and what follows when one is gone."""

import json
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest

from tests.ports import free_row


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("cluster")
    command = [sys.executable, "-m", "tests.runtime.two_nodes", str(folder), str(free_row()), str(free_row())]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=Path(__file__).parents[2], check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    return cast("dict[str, object]", json.loads(run.stdout.splitlines()[-1]))


def test_a_machine_that_joins_tells_its_number_cores_and_memory(seen: dict[str, object]) -> None:
    assert (seen["said"], seen["nodes"]) == ("joined", [[False, "17", 3, 2_000_000_000]])


def test_strangers_are_refused_without_a_certificate_and_without_the_token(seen: dict[str, object]) -> None:
    assert seen["strangers"] == {"without certificate": "UNAVAILABLE", "without token": "UNAUTHENTICATED"}


def test_actors_work_on_the_machine_that_they_are_placed_on(seen: dict[str, object]) -> None:
    assert seen["works_there"] is True


def test_what_a_lost_machine_had_in_hand_is_told_as_lost_and_its_actors_are_forgotten(seen: dict[str, object]) -> None:
    assert (seen["in_hand"], seen["forgotten"]) == ("lost", True)


def test_every_port_lies_in_the_hundred_that_a_firewall_lets_through(seen: dict[str, object]) -> None:
    assert seen["ports_outside"] == []
