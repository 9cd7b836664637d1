"""`scribad reindex`: a running daemon is asked; without one, the order waits in the database for the next start."""

from datetime import UTC, datetime

from actors.store.errors import JobActive
from actors.store.files.data_dir import DataDir
from actors.store.nouns.jobs import JobKind
from actors.store.opening import open_store
from daemon.commands.client import client_of
from daemon.instance import AlreadyRunning, only_instance
from daemon.settings.model import Settings
from scriba.v1.admin_pb2 import RebuildIndexRequest


def reindex(settings: Settings) -> str:
    """Order a new index and say what happens now; raise scriba.Error when the running daemon says no or doesn't answer."""
    try:
        with only_instance(settings.data_dir, patience_seconds=0):
            return _leave_order(settings)
    except AlreadyRunning:
        return _ask_daemon(settings)


def _leave_order(settings: Settings) -> str:
    data = DataDir(settings.data_dir)
    data.create()
    store = open_store(settings.store_url, data)
    try:
        job_id = store.jobs.enqueue(None, JobKind.REBUILD_INDEX, "search index", {}, datetime.now(UTC))
    except JobActive:
        return "A new index is ordered already; it is built when the daemon starts."
    finally:
        store.close()
    return f"No daemon is running: job {job_id} builds the index when it starts. Documents and the old index stay as they are."


def _ask_daemon(settings: Settings) -> str:
    with client_of(settings) as client:
        answer = client.admin.RebuildIndex(RebuildIndexRequest())
    return f"Job {answer.job_id} builds the index beside the one in use; `scriba jobs` shows how far it is."
