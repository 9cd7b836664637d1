"""Many documents changed by one job: how long it takes, what it leaves of the time of others who write, and what it takes of memory."""

import resource
import threading
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from sqlalchemy import insert

from actors.pipeline.bulk_editing import DOCUMENTS_AT_ONCE, REST_PER_WORK
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentChanges, DocumentId, JobId
from actors.store.nouns.bulk_edits import BulkAction, BulkOrder
from actors.store.opening import open_store
from actors.store.rows.archive import DocumentRow
from actors.store.store import Store
from tests.bench.fingerprints import document_row
from tests.bench.report import Figures, Report
from tests.bench.timing import p50, p99, time_of
from tests.store.making import document_id

DOCUMENTS = 10_000
BATCH = 2_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)
EDIT = BulkOrder(BulkAction.EDIT, DocumentChanges(correspondent="Bank", document_type="Statement", add_tags=("tax", "2025")))


def measure(folder: Path) -> Report:
    """Change 10,000 documents, and change them back."""
    data = DataDir(folder / "archive")
    store = open_store(data.database_url, data)
    ids = filled(store)
    job_id = store.bulk_edits.start(EDIT, ids, "edit", NOW)
    there, back = carried_out(store, job_id), carried_out(store, store.bulk_edits.undo(job_id, NOW)[0])
    assert store.bulk_edits.get(job_id, 0).changed == DOCUMENTS
    store.close()
    return {"bulk_edit": {"documents": DOCUMENTS, **there, "undo_seconds": back["seconds"], "memory_mb": there["memory_mb"]}}


def filled(store: Store) -> list[DocumentId]:
    """Write rows of documents of which nothing is known, and one real one, which somebody else goes on changing."""
    for first in range(1, DOCUMENTS + 1, BATCH):
        with store.database.write() as session:
            session.execute(insert(DocumentRow), [document_row(each) for each in range(first, first + BATCH)])
    document_id(store, "somebody else's")
    return [DocumentId(each) for each in range(1, DOCUMENTS + 1)]


def carried_out(store: Store, job_id: JobId) -> Figures:
    """Do a bulk edit as the pipeline does, beside somebody who writes all the time."""
    job = next(job for job in store.jobs.lease("bench", 100, NOW) if job.id == job_id)
    before = peak()
    ended, waits, steps = threading.Event(), list[float](), list[float]()
    other = threading.Thread(target=write_on, args=(store, ended, waits))
    other.start()
    begun, position, ids = perf_counter(), 0, store.bulk_edits.documents(job_id)
    while position < len(ids):
        some, began = ids[position : position + DOCUMENTS_AT_ONCE], perf_counter()
        position = store.bulk_edits.step(job_id, job.fence, position, some, len(ids), NOW)
        steps.append(1000 * (perf_counter() - began))
        ended.wait(REST_PER_WORK * steps[-1] / 1000)
    seconds = perf_counter() - begun
    ended.set()
    other.join()
    store.jobs.succeed(job_id, job.fence, NOW)
    return {
        "seconds": seconds,
        "step_p50_ms": p50(steps),
        "step_p99_ms": p99(steps),
        "other_writer_p99_ms": p99(waits),
        "memory_mb": peak() - before,
    }


def peak() -> float:
    """Tell the most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def write_on(store: Store, ended: threading.Event, waits: list[float]) -> None:
    """Write something small again and again, and note how long each took."""
    numbers = iter(range(10**9))
    while not ended.wait(0.05):
        title = f"title {next(numbers)}"
        waits.append(time_of(lambda: store.documents.update(DocumentId(DOCUMENTS + 1), DocumentChanges(title=title), None, NOW)))  # noqa: B023  # called before the next
