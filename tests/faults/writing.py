"""One of eight writers on a store: `python -m tests.faults.writing ROOT NAME TRANSACTIONS`. Prints how many transactions it made."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentChanges, DocumentState
from actors.store.nouns.jobs import Job
from actors.store.nouns.pages import PageRecord, PageState
from actors.store.opening import open_store
from actors.store.store import Store
from tests.store.making import deliver

# Accept, edit, lease, begin, save, result, end: what a document costs.
EACH = 7


def main(root: Path, name: str, transactions: int) -> None:
    """Take documents in, edit them, and do whatever job is next, until so many transactions are made."""
    data = DataDir(root)
    store = open_store(data.database_url, data)
    for number in range(-(-transactions // EACH)):
        now = datetime.now(UTC)
        accepted = deliver(store, f"{name} {number}", now=now)
        store.documents.update(accepted.document_id, DocumentChanges(title=f"edited {name} {number}"), None, now)
        job = next_job(store, name)
        assert job.document_id is not None
        store.pages.begin(job.document_id, job.id, job.fence, [(1, "", True)])
        store.pages.save(job.document_id, job.id, job.fence, PageRecord(1, PageState.DONE, f"read by {name}"))
        store.documents.set_result(job.document_id, job.fence, DocumentState.READY, "en", (), False, now)
        store.jobs.succeed(job.id, job.fence, now)
        sys.stdout.write(f"{EACH}\n")
    store.close()


def next_job(store: Store, name: str) -> Job:
    """Lease whatever job is next. There is one for each writer, but it may have become due after the moment that was asked for."""
    while not (leased := store.jobs.lease(name, 1, datetime.now(UTC))):
        continue
    return leased[0]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
