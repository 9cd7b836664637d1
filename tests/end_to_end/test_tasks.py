"""What is done by the clock is shown."""

import json
from pathlib import Path

from tests.end_to_end.person import Person


def test_what_is_done_by_the_clock_is_shown(person: Person) -> None:
    person.wait_until(lambda: bool(json.loads(person.type("tasks", "--json").out)["tasks"]))
    told = json.loads(person.type("tasks", "--json").out)["tasks"]
    assert [(task["name"], task["schedule"], task["error"], task["next_time"][-7:]) for task in told] == [
        ("empty_trash", "0 1 * * *", "", ":00:00Z"),
        ("prune_audit", "30 1 * * *", "", ":30:00Z"),
        ("run_workflows", "5 * * * *", "", ":05:00Z"),
    ]
    assert "empty_trash    0 1 * * *" in person.type("tasks").out


def test_a_dry_run_says_on_which_day_a_workflow_runs_by_the_clock(person: Person, tmp_path: Path) -> None:
    written = tmp_path / "old.toml"
    written.write_text(
        """
        name = "Older than a month"
        [[triggers]]
        kind = "scheduled"
        schedule = { date = "added", offset_days = 30, every_days = 7 }
        filename = "nothing of anybody else"
        [[actions]]
        trash = {}
        """
    )
    document = person.put("by-the-clock.txt", b"looked at by the clock").id
    assert person.type("workflows", "create", "--from", str(written)).code == 0
    assert "30 days after it was added, and every 7 days again" in person.type("workflows", "show", "Older than a month").out
    told = person.type("workflows", "dry-run", "Older than a month", document).out
    assert "- day: 30 days after the day it was added (20" in told
    assert "Older than a month: would not run" in told
    person.type("workflows", "delete", "--yes", "Older than a month")
