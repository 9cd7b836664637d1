"""What is done by the clock is shown."""

import json

from tests.end_to_end.person import Person


def test_what_is_done_by_the_clock_is_shown(person: Person) -> None:
    person.wait_until(lambda: bool(json.loads(person.type("tasks", "--json").out)["tasks"]))
    (task,) = json.loads(person.type("tasks", "--json").out)["tasks"]
    assert (task["name"], task["schedule"], task["error"]) == ("empty_trash", "0 1 * * *", "")
    assert task["next_time"].endswith(":00:00Z")
    assert "empty_trash  0 1 * * *" in person.type("tasks").out
