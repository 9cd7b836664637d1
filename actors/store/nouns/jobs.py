"""The nouns of the queue: what jobs do, where they stand, and how far they are."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from actors.store.nouns.archive import DocumentId, JobId


class JobState(StrEnum):
    """Where a job stands in the queue."""

    QUEUED = "queued"
    RUNNING = "running"
    RETRYING = "retrying"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class JobKind(StrEnum):
    """What a job does."""

    DOCUMENT = "document"
    REBUILD_INDEX = "rebuild_index"
    BULK_EDIT = "bulk_edit"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the holder of a lease has come with its job."""

    job_id: JobId
    fence: int
    step: str
    pages_done: int
    pages_total: int


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work in the queue. `fence` grows with every lease; a write with an older one is refused.

    It has waited from `queue_time` to `start_time`, which is empty until work begins and once it is given back to the queue.
    """

    id: JobId
    document_id: DocumentId | None
    kind: JobKind
    state: JobState
    step: str
    pages_done: int
    pages_total: int
    error: str
    attempt: int
    fence: int
    label: str
    options: dict[str, str]
    change: int
    create_time: datetime
    update_time: datetime
    queue_time: datetime
    start_time: datetime | None
    finish_time: datetime | None
    retry_time: datetime | None
