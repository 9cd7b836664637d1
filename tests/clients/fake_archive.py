"""An archive in memory: what the fake services answer from, and where they break off."""

import hashlib
import threading
from dataclasses import dataclass, field

from scriba.v1 import admin_pb2, assignments_pb2, documents_pb2, folders_pb2, search_pb2


@dataclass
class Faults:
    """Where calls break off: each list is used up from its front, one entry for each call."""

    uploads: list[int] = field(default_factory=list)
    downloads: list[int] = field(default_factory=list)
    watches: list[int] = field(default_factory=list)


class FakeArchive:
    """Holds what the services answer from; tests fill it and look into it."""

    def __init__(self) -> None:
        self.documents: dict[str, documents_pb2.Document] = {}
        self.files: dict[tuple[str, int], bytes] = {}
        self.assignments: dict[str, list[assignments_pb2.Assignment]] = {}
        self.suggestions: dict[str, list[documents_pb2.LabelSuggestion]] = {}
        self.dates: dict[str, list[documents_pb2.DateSuggestion]] = {}
        self.near_duplicates: dict[str, list[search_pb2.NearDuplicate]] = {}
        self.tasks: list[admin_pb2.Task] = []
        self.groups: list[search_pb2.NearDuplicateGroup] = []
        self.folders = folders_pb2.ListFoldersResponse()
        self.jobs: dict[str, admin_pb2.Job] = {}
        self.changes: list[admin_pb2.Job] = []
        self.changed = threading.Condition()
        self.parts: dict[str, bytearray] = {}
        self.upload_offsets: list[int] = []
        self.download_offsets: list[int] = []
        self.watch_tokens: list[str] = []
        self.requests: list[object] = []
        self.settled_jobs: dict[str, int] = {}  # jobs that have ended when their upload is answered
        self.faults = Faults()

    def add_document(self, title: str, content: bytes = b"", text: str = "", **fields: object) -> documents_pb2.Document:
        """Put in a document that is ready unless `fields` say otherwise."""
        document = documents_pb2.Document(
            id=str(len(self.documents) + 1),
            etag="1",
            title=title,
            original_filename=f"{title}.pdf",
            mime_type="application/pdf",
            size_bytes=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            state=documents_pb2.DOCUMENT_STATE_READY,
            page_count=1,
        )
        document.MergeFrom(documents_pb2.Document(**fields))  # type: ignore[arg-type]  # the caller's keywords are the message's
        document.added_time.FromJsonString("2024-03-01T12:00:00Z")
        self.documents[document.id] = document
        self.files[document.id, documents_pb2.FILE_KIND_ORIGINAL] = content
        self.files[document.id, documents_pb2.FILE_KIND_TEXT] = text.encode()
        return document

    def put_job(self, job_id: str, state: int, **fields: object) -> admin_pb2.Job:
        """Change a job, or make it, and tell those who watch."""
        job = self.jobs.setdefault(job_id, admin_pb2.Job(id=job_id, kind=admin_pb2.JOB_KIND_DOCUMENT))
        job.MergeFrom(admin_pb2.Job(state=state, **fields))  # type: ignore[arg-type]  # the caller's keywords are the message's
        job.update_time.FromJsonString("2024-03-01T12:00:00Z")
        with self.changed:
            self.changes.append(admin_pb2.Job.FromString(job.SerializeToString()))
            self.changed.notify_all()
        return job
