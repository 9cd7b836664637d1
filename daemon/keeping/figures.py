"""What /metrics shows, looked up when a monitor asks."""

import shutil
from collections.abc import Callable
from datetime import datetime

from actors.store.nouns.jobs import JobState
from actors.store.store import Store
from daemon.keeping.reconciling import Reconciled
from daemon.metrics import ArchiveFigures

# More jobs run at once only on a cluster of hundreds of cores; the oldest is among them anyway, since old ones are leased first.
RUNNING_LOOKED_AT = 1_000


class Figures:
    """Looks at the store; `pages_read` is asked of whoever counts them."""

    def __init__(
        self, store: Store, pages_read: Callable[[], int], now: Callable[[], datetime], reconciled: Callable[[], Reconciled] = Reconciled
    ) -> None:
        self._store = store
        self._reconciled = reconciled
        self._pages_read = pages_read
        self._now = now

    def __call__(self) -> ArchiveFigures:
        """Take one look."""
        statistics = self._store.statistics()
        running = self._store.jobs.list([JobState.RUNNING], None, None, RUNNING_LOOKED_AT)
        oldest = min((job.create_time for job in running), default=None)
        reconciled = self._reconciled()
        return ArchiveFigures(
            documents=statistics.documents,
            documents_failed=statistics.documents_failed,
            jobs={"queued": statistics.jobs_queued, "running": statistics.jobs_running, "failed": statistics.jobs_failed},
            oldest_running_job_seconds=0.0 if oldest is None else (self._now() - oldest).total_seconds(),
            pages_read=self._pages_read(),
            free_bytes=shutil.disk_usage(self._store.data.root).free,
            reconciled_time=reconciled.time,
            index_differences={
                "missing": reconciled.missing,
                "stale": reconciled.stale,
                "ghost": reconciled.ghosts,
                "damaged": reconciled.damaged,
            },
        )
