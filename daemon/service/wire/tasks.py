"""Tasks as they are told over the wire."""

from datetime import datetime

from actors.store.jobs.tasks import is_held
from actors.store.nouns.tasks import ScheduledTask
from daemon.service.wire.values import timestamp
from scriba.v1 import admin_pb2


def task_message(task: ScheduledTask, now: datetime) -> admin_pb2.Task:
    """Tell a task."""
    return admin_pb2.Task(
        name=task.name,
        schedule=task.schedule,
        next_time=timestamp(task.due_time),
        running=is_held(task.lease_time, now),
        start_time=timestamp(task.start_time),
        end_time=timestamp(task.end_time),
        outcome=task.outcome,
        error=task.error,
    )
