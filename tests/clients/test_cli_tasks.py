"""`scriba tasks`: what is done by the clock."""

import json
from pathlib import Path

import pytest

from scriba.v1.admin_pb2 import Task
from scriba_cli.main import run
from tests.clients.fake_archive import FakeArchive

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def tasks(archive: FakeArchive, signed_in: Path, monkeypatch: pytest.MonkeyPatch) -> FakeArchive:
    """Give an archive that empties its trash."""
    task = Task(name="empty_trash", schedule="0 1 * * *", outcome="12 removed for ever")
    task.next_time.FromJsonString("2026-11-28T01:00:00Z")
    task.start_time.FromJsonString("2026-11-27T01:00:00Z")
    task.end_time.FromJsonString("2026-11-27T01:00:02Z")
    archive.tasks = [task]
    return archive


def shown(capsys: Capture) -> list[str]:
    assert run(["tasks"]) == 0
    return capsys.readouterr().out.splitlines()


def test_a_task_is_shown_with_its_next_and_its_last_run(tasks: FakeArchive, capsys: Capture) -> None:
    head, line = shown(capsys)
    assert head.split() == ["Task", "Schedule", "Next", "Last", "Outcome"]
    assert line.startswith("empty_trash  0 1 * * *  2026-11-2")
    assert len(line) <= 80


def test_a_task_that_failed_says_why(tasks: FakeArchive, capsys: Capture) -> None:
    tasks.tasks[0].error = "the original of document 7 cannot be copied to /kept: No space left on device"
    _, line, *why = shown(capsys)
    assert line.split()[-1] == "failed"
    assert " ".join(part.strip() for part in why) == f"empty_trash: {tasks.tasks[0].error}"


@pytest.mark.parametrize(("running", "words"), [(True, "now"), (False, "never")])
def test_a_task_without_a_next_run_says_so(tasks: FakeArchive, capsys: Capture, running: bool, words: str) -> None:
    tasks.tasks[0].running = running
    tasks.tasks[0].ClearField("next_time")
    assert f"  {words}  " in shown(capsys)[1]


def test_a_server_without_tasks_says_so(archive: FakeArchive, signed_in: Path, capsys: Capture) -> None:
    assert run(["tasks"]) == 0
    assert "no tasks" in capsys.readouterr().err


def test_json_is_the_servers_answer_whole(tasks: FakeArchive, capsys: Capture) -> None:
    assert run(["tasks", "--json"]) == 0
    (task,) = json.loads(capsys.readouterr().out)["tasks"]
    assert (task["name"], task["next_time"], task["running"]) == ("empty_trash", "2026-11-28T01:00:00Z", False)
