"""Tasks that are done by the clock: when each is due, who is at it, and what came of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.database import Database
from actors.store.nouns.tasks import ScheduledTask, TaskName
from actors.store.rows.tasks import TaskRow

LEASE = timedelta(minutes=5)


class Tasks:
    """Gives each run of a task to one of all who ask. Safe for any number of daemons; one that dies holds a task for five minutes more."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> Sequence[ScheduledTask]:
        """List the tasks that there have ever been, by name."""
        with self._database.read() as session:
            return [task_of(row) for row in session.scalars(select(TaskRow).order_by(TaskRow.name))]

    def take(self, name: TaskName, schedule: str, next_time: datetime | None, owner: str, now: datetime) -> int | None:
        """Plan a task by its schedule, and take it if it is due; answer the fence, None where there is nothing to do.

        `next_time` is when it is due next by its schedule. A run that was missed is due at once, but never more than one.
        """
        with self._database.write() as session:
            row = planned(session, name, schedule, next_time)
            if row.due_time is None or row.due_time > now or is_held(row.lease_time, now):
                return None
            row.owner, row.start_time, row.lease_time = owner, now, now + LEASE
            row.fence += 1
            return row.fence

    def heartbeat(self, name: TaskName, fence: int, now: datetime) -> bool:
        """Make a lease last five minutes from now; False when another has the task."""
        with self._database.write() as session:
            row = held_row(session, name, fence)
            if row is None:
                return False
            row.lease_time = now + LEASE
            return True

    def finish(self, name: TaskName, fence: int, next_time: datetime | None, outcome: str, error: str, now: datetime) -> bool:
        """Write down what came of a run, and when the task is due next; False when another has the task."""
        with self._database.write() as session:
            row = held_row(session, name, fence)
            if row is None:
                return False
            row.due_time, row.lease_time, row.end_time, row.outcome, row.error = next_time, None, now, outcome, error
            if not error:
                row.done_time = now
            return True

    def release(self, name: TaskName, fence: int) -> bool:
        """Give back a task that could not be done to its end; it stays due. False when another has it."""
        with self._database.write() as session:
            row = held_row(session, name, fence)
            if row is None:
                return False
            row.lease_time = None
            return True


def planned(session: Session, name: TaskName, schedule: str, next_time: datetime | None) -> TaskRow:
    """Give the row of a task, brought up to its schedule."""
    row = session.get(TaskRow, name)
    if row is None:
        row = TaskRow(
            name=name,
            schedule=schedule,
            due_time=next_time,
            owner="",
            fence=0,
            lease_time=None,
            start_time=None,
            end_time=None,
            done_time=None,
            outcome="",
            error="",
        )
        session.add(row)
    elif row.schedule != schedule or row.due_time is None or next_time is None:
        row.schedule, row.due_time = schedule, next_time
    else:
        # What is due later than by the schedule was planned when the clock said something else.
        row.due_time = min(row.due_time, next_time)
    return row


def is_held(lease_time: datetime | None, now: datetime) -> bool:
    """Tell whether a lease lasts; one that lasts longer than any was given when the clock said something else."""
    return lease_time is not None and now < lease_time <= now + LEASE


def held_row(session: Session, name: TaskName, fence: int) -> TaskRow | None:
    """Give the row of a task to whoever has it."""
    row = session.get(TaskRow, name)
    return row if row is not None and row.fence == fence and row.lease_time is not None else None


def task_of(row: TaskRow) -> ScheduledTask:
    """Make a task of its row."""
    return ScheduledTask(
        name=TaskName(row.name),
        schedule=row.schedule,
        due_time=row.due_time,
        lease_time=row.lease_time,
        start_time=row.start_time,
        end_time=row.end_time,
        done_time=row.done_time,
        outcome=row.outcome,
        error=row.error,
    )
