"""What /metrics shows, looked up when a monitor asks."""

import shutil
from collections.abc import Callable
from datetime import datetime

from actors.store.store import Store
from daemon.keeping.reconciling import Reconciled
from daemon.metrics import ArchiveFigures


class Figures:
    """Looks at the store."""

    def __init__(self, store: Store, now: Callable[[], datetime], reconciled: Callable[[], Reconciled] = Reconciled) -> None:
        self._store = store
        self._reconciled = reconciled
        self._now = now

    def __call__(self) -> ArchiveFigures:
        """Take one look."""
        statistics, operation, reconciled = self._store.statistics(), self._store.figures.operation(), self._reconciled()
        return ArchiveFigures(
            documents=statistics.documents,
            documents_failed=statistics.documents_failed,
            documents_in_inbox=operation.documents_in_inbox,
            pages=statistics.pages,
            pages_waiting=operation.pages_waiting,
            jobs=operation.jobs,
            oldest_running_job_seconds=self._since(operation.longest_running),
            oldest_queued_job_seconds=self._since(operation.longest_queued),
            free_bytes=shutil.disk_usage(self._store.data.root).free,
            index_pending=operation.index_pending,
            stored_bytes={
                "originals": statistics.original_bytes,
                "archive": statistics.archive_bytes,
                "index": statistics.index_bytes,
                "database": operation.database_bytes,
            },
            mailboxes={"reached": operation.mailboxes - operation.mailboxes_failing, "failing": operation.mailboxes_failing},
            tasks={task.name: bool(task.error) for task in self._store.tasks.all()},
            backup_time=self._backup_time(),
            reconciled_time=reconciled.time,
            index_differences={
                "missing": reconciled.missing,
                "stale": reconciled.stale,
                "ghost": reconciled.ghosts,
                "damaged": reconciled.damaged,
            },
        )

    def _backup_time(self) -> float:
        try:
            return self._store.data.backed_up.stat().st_mtime
        except FileNotFoundError:
            return 0.0

    def _since(self, moment: datetime | None) -> float:
        """Tell for how many seconds something lasts; a clock that was set back makes it no less than nothing."""
        return 0.0 if moment is None else max(0.0, (self._now() - moment).total_seconds())
