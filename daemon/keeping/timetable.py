"""What the daemon does by the clock."""

import os
import socket
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from actors.errands.planning import Planner
from actors.errands.scheduled import RunScheduled
from actors.scheduler.cron import parse
from actors.scheduler.emptying import EmptyTrash
from actors.scheduler.pruning import PruneAudit
from actors.scheduler.scheduler import Scheduler, Task
from actors.store.files.discarded import Discarded
from actors.store.nouns.audit import THE_ARCHIVE
from actors.store.nouns.tasks import TaskName
from actors.store.store import Store
from daemon.settings.model import Settings

EMPTY_TRASH = TaskName("empty_trash")
PRUNE_AUDIT = TaskName("prune_audit")
RUN_WORKFLOWS = TaskName("run_workflows")


def make_scheduler(settings: Settings, store: Store, planner: Planner, tell_index: Callable[[], Awaitable[object]]) -> Scheduler:
    """Put the tasks together."""
    now = partial(datetime.now, UTC)
    steady = partial(time.clock_gettime, time.CLOCK_BOOTTIME)
    delay = timedelta(days=settings.empty_trash_delay)
    empty_trash = EmptyTrash(store.acting(THE_ARCHIVE, now).documents, discarded_by(settings), delay, now, steady, tell_index)
    prune_audit = PruneAudit(store.audit, timedelta(days=settings.audit_keep_days), now, steady)
    run_workflows = RunScheduled(store, planner, settings.zone, now, steady, tell_index)
    tasks = (
        Task(EMPTY_TRASH, parse(settings.empty_trash_task_cron, settings.zone), empty_trash),
        Task(PRUNE_AUDIT, parse(settings.audit_prune_task_cron, settings.zone), prune_audit),
        Task(RUN_WORKFLOWS, parse(settings.workflow_scheduled_task_cron, settings.zone), run_workflows),
    )
    return Scheduler(store.tasks, tasks, f"{socket.gethostname()} {os.getpid()}", now)


def discarded_by(settings: Settings) -> Discarded | None:
    """Give the folder for originals of documents that are removed for ever, if there is to be one."""
    return None if settings.empty_trash_dir is None else Discarded(settings.data_dir / settings.empty_trash_dir.expanduser())
