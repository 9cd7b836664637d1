"""Tasks that are done by the clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

TaskName = NewType("TaskName", str)


@dataclass(frozen=True, slots=True)
class ScheduledTask:
    """What is known of one task. `due_time` is empty for one that is never done by itself; `lease_time` while nobody is at it.

    `outcome` and `error` tell of the last run that came to its end; `done_time` is when the last one did that did not fail.
    """

    name: TaskName
    schedule: str
    due_time: datetime | None
    lease_time: datetime | None
    start_time: datetime | None
    end_time: datetime | None
    done_time: datetime | None
    outcome: str
    error: str
