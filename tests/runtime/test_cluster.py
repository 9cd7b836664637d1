"""Plain actors on a real Ray: calls, errors, cancellation, death and what follows."""

import json
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("stage")
    stage = Path(__file__).with_name("stage.py")
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, str(stage), str(folder)], capture_output=True, text=True, timeout=100, cwd=root, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    return cast("dict[str, object]", json.loads(run.stdout.splitlines()[-1]))


def test_an_actor_keeps_its_state_between_calls(seen: dict[str, object]) -> None:
    assert seen["counts"] == [1, 2]


def test_an_error_of_the_actor_arrives_as_it_was_raised(seen: dict[str, object]) -> None:
    assert seen["refused"] == "LookupError: not here"


def test_a_cancelled_call_is_cancelled_over_there(seen: dict[str, object]) -> None:
    assert seen["cancelled"] is True


def test_a_killed_actor_begins_again_empty_and_the_same_port_reaches_it(seen: dict[str, object]) -> None:
    assert (seen["count_after_kill"], seen["another_process"], seen["restarts"]) == (1, True, 1)


def test_a_pool_has_its_actors_on_each_machine_and_tells_when_one_is_lost(seen: dict[str, object]) -> None:
    assert (seen["pool"], seen["pool_member_killed"], seen["pool_without_nodes"]) == ([True], "lost", 0)


def test_a_pool_tells_what_its_actors_have_in_hand_and_have_done(seen: dict[str, object]) -> None:
    assert seen["pool_tells"] == [[["page 1", "page 2"], 0, 0], [["page 1"], 1, 1], [[], 2, 2]]


def test_another_member_of_a_pool_stands_in_while_a_killed_one_begins_again(seen: dict[str, object]) -> None:
    assert seen["other_member_stands_in"] is True


def test_ray_starts_what_it_needs_and_nothing_for_dashboards_autoscalers_or_terminals(seen: dict[str, object]) -> None:
    assert seen["started"] == ["agent_double.py", "agent_double.py", "gcs_server", "raylet"]


def test_nothing_of_ray_is_left_behind(seen: dict[str, object]) -> None:
    assert seen["left"] == []


def test_nothing_listens_but_on_loopback(seen: dict[str, object]) -> None:
    listeners = cast("list[str]", seen["listeners"])
    assert listeners
    assert set(listeners) <= {"127.0.0.1", "::ffff:127.0.0.1"}
