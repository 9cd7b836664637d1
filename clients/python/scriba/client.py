"""The client: the server's own calls, and the few that streams need on top."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import BinaryIO, Self

from scriba import download, upload, watch
from scriba.backoff import Backoff
from scriba.channel import open_channel
from scriba.connection import find_connection
from scriba.errors import Error
from scriba.pages import pages
from scriba.trust import Trust
from scriba.upload import Progress
from scriba.v1.accounts_pb2_grpc import AccountServiceStub
from scriba.v1.admin_pb2 import Job, JobState, ListJobsRequest, WatchJobsResponse
from scriba.v1.admin_pb2_grpc import AdminServiceStub
from scriba.v1.assignments_pb2_grpc import AssignmentServiceStub
from scriba.v1.audit_pb2 import AuditEntry, AuditFilter, ListAuditEntriesRequest, ListDocumentHistoryRequest
from scriba.v1.audit_pb2_grpc import AuditServiceStub
from scriba.v1.bulk_edits_pb2_grpc import BulkEditServiceStub
from scriba.v1.catalog_pb2 import FieldValue, Label, LabelKind, ListLabelsRequest
from scriba.v1.catalog_pb2_grpc import CatalogServiceStub
from scriba.v1.cluster_pb2_grpc import ClusterServiceStub
from scriba.v1.documents_pb2 import Document, DownloadDocumentResponse, FileKind, ListDocumentsRequest, UploadDocumentResponse
from scriba.v1.documents_pb2_grpc import DocumentServiceStub
from scriba.v1.folders_pb2_grpc import FolderServiceStub
from scriba.v1.identity_pb2 import ListUsersRequest, User
from scriba.v1.identity_pb2_grpc import IdentityServiceStub
from scriba.v1.mail_pb2_grpc import MailServiceStub
from scriba.v1.notes_pb2_grpc import NoteServiceStub
from scriba.v1.notifications_pb2_grpc import NotificationServiceStub
from scriba.v1.permissions_pb2_grpc import PermissionServiceStub
from scriba.v1.search_pb2 import SearchDocumentsRequest, SearchResult
from scriba.v1.search_pb2_grpc import SearchServiceStub
from scriba.v1.shares_pb2_grpc import ShareServiceStub
from scriba.v1.sources_pb2_grpc import SourceServiceStub
from scriba.v1.versions_pb2_grpc import VersionServiceStub
from scriba.v1.workflows_pb2_grpc import WorkflowServiceStub

PAGE_SIZE = 200
_HANG_UP_SECONDS = 1.0


class Client:
    """A connection to one server. Its services are attributes, from `documents` to `audit`; failed calls raise `scriba.Error`.

    Threads may share it. It connects at the first call, and again by itself when the server comes back.
    """

    def __init__(
        self,
        server: str | None = None,
        token: str | None = None,
        *,
        timeout: float = 30.0,
        retry: Backoff | None = None,
        trust: Trust | None = None,
    ) -> None:
        """Look up what is not given as `scriba.find_connection` says.

        `timeout` is the deadline in seconds of every call but the streams; `retry` says how streams are taken up again. Afterwards `server`
        is where the server is, and `url` the same as browsers write it.
        """
        connection = find_connection(server, token, os.environ, Path.cwd(), trust)
        self.server = str(connection.address)
        self.url = f"{'https' if connection.address.tls else 'http'}://{self.server}"
        self._retry = retry or Backoff()
        self._channel = open_channel(connection, timeout)
        self.documents = DocumentServiceStub(self._channel)
        self.search = SearchServiceStub(self._channel)
        self.admin = AdminServiceStub(self._channel)
        self.cluster = ClusterServiceStub(self._channel)
        self.catalog = CatalogServiceStub(self._channel)
        self.notes = NoteServiceStub(self._channel)
        self.assignments = AssignmentServiceStub(self._channel)
        self.bulk_edits = BulkEditServiceStub(self._channel)
        self.versions = VersionServiceStub(self._channel)
        self.workflows = WorkflowServiceStub(self._channel)
        self.folders = FolderServiceStub(self._channel)
        self.identity = IdentityServiceStub(self._channel)
        self.accounts = AccountServiceStub(self._channel)
        self.permissions = PermissionServiceStub(self._channel)
        self.shares = ShareServiceStub(self._channel)
        self.sources = SourceServiceStub(self._channel)
        self.mail = MailServiceStub(self._channel)
        self.notifications = NotificationServiceStub(self._channel)
        self.audit = AuditServiceStub(self._channel)

    def close(self) -> None:
        """Hang up; calls that are under way fail."""
        # A Ctrl-C while a call begins makes gRPC wait for it without end: https://github.com/grpc/grpc/issues/20026
        hanging_up = Thread(target=self._channel.close, daemon=True)
        hanging_up.start()
        hanging_up.join(_HANG_UP_SECONDS)

    def __enter__(self) -> Self:
        """Use it in a `with` block, which hangs up at its end."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Hang up."""
        self.close()

    def upload(
        self,
        file: str | os.PathLike[str] | BinaryIO,
        *,
        filename: str | None = None,
        title: str = "",
        tags: Sequence[str] = (),
        created_date: str = "",
        correspondent: str = "",
        document_type: str = "",
        storage_path: str = "",
        archive_serial_number: int = 0,
        fields: Sequence[FieldValue] = (),
        owner_id: str | None = None,
        request_id: str | None = None,
        on_progress: Progress | None = None,
    ) -> UploadDocumentResponse:
        """Put a file into the archive, in chunks; a broken connection is taken up again where it stood.

        `file` is a path, or a seekable file open in binary mode. Calling again with the same `request_id` goes on with the same upload.
        Its document belongs to the caller unless `owner_id` says otherwise; "" is nobody.
        """
        facts = upload.UploadFacts(
            upload.as_text(filename) if filename else upload.name_of(file),
            title,
            tags,
            created_date,
            correspondent,
            document_type,
            storage_path,
            archive_serial_number,
            fields,
            owner_id,
        )
        with upload.open_source(file) as source:
            return upload.upload(self.documents, source, facts, request_id, self._retry, on_progress)

    def download(
        self,
        document_id: str,
        target: str | os.PathLike[str] = ".",
        kind: FileKind.ValueType = FileKind.FILE_KIND_ORIGINAL,
        *,
        page: int = 0,
        version: int = 0,
        replace: bool = True,
        on_progress: Progress | None = None,
    ) -> download.Downloaded:
        """Write a document's file to `target`, or under its own name into the folder `target`; what stands there afterwards is whole.

        `version` says which version of the original, the newest when 0. Raises FileExistsError when something is there and `replace` is
        not set.
        """
        wanted = download.Wanted(document_id, kind, page, version)
        return download.download(self.documents, wanted, Path(target), replace, self._retry, on_progress)

    def open_download(
        self, document_id: str, kind: FileKind.ValueType = FileKind.FILE_KIND_ORIGINAL, *, page: int = 0, version: int = 0
    ) -> tuple[DownloadDocumentResponse.Info, Iterator[bytes]]:
        """Learn what a document's file is, and get its bytes as they come."""
        return download.open_download(self.documents, download.Wanted(document_id, kind, page, version), self._retry)

    def watch_jobs(
        self,
        job_ids: Sequence[str] = (),
        *,
        resume_token: str = "",
        retry: Backoff | None = None,
        on_lost: Callable[[Error], None] | None = None,
    ) -> Iterator[WatchJobsResponse]:
        """Follow these jobs, or all, until the caller stops; `on_lost` is told of each break before the watch goes on.

        With a `resume_token` of an earlier watch, nothing that happened since is missed.
        """
        return watch.watch_jobs(self.admin, job_ids, resume_token, retry or self._retry, on_lost)

    def follow_jobs(
        self, job_ids: Sequence[str], *, retry: Backoff | None = None, on_lost: Callable[[Error], None] | None = None
    ) -> Iterator[Job]:
        """Give these jobs as they are and as they change, until all have ended."""
        return watch.follow_jobs(self.admin, job_ids, retry or self._retry, on_lost)

    def list_documents(
        self,
        filter: str = "",  # noqa: A002  # the contract's name
        *,
        order_by: str = "",
        show_deleted: bool = False,
        limit: int | None = None,
    ) -> Iterator[Document]:
        """Go through the documents that the filter lets pass, newest first unless `order_by` says otherwise."""
        request = ListDocumentsRequest(page_size=PAGE_SIZE, filter=filter, order_by=order_by, show_deleted=show_deleted)
        for page in pages(self.documents.ListDocuments, request, lambda page: len(page.documents), limit):
            yield from page.documents

    def search_documents(self, query: str, *, order_by: str = "", limit: int | None = None) -> Iterator[SearchResult]:
        """Go through what a search finds, best first unless `order_by` says otherwise."""
        request = SearchDocumentsRequest(page_size=PAGE_SIZE, query=query, order_by=order_by)
        for page in pages(self.search.SearchDocuments, request, lambda page: len(page.results), limit):
            yield from page.results

    def list_labels(self, kind: LabelKind.ValueType, name_part: str = "", *, limit: int | None = None) -> Iterator[Label]:
        """Go through the labels of one kind by name; those alone whose names hold a part, where one is given."""
        request = ListLabelsRequest(kind=kind, name_part=name_part, page_size=PAGE_SIZE)
        for page in pages(self.catalog.ListLabels, request, lambda page: len(page.labels), limit):
            yield from page.labels

    def list_users(self) -> Iterator[User]:
        """Go through the users by name."""
        for page in pages(self.identity.ListUsers, ListUsersRequest(page_size=PAGE_SIZE), lambda page: len(page.users)):
            yield from page.users

    def list_audit_entries(self, wanted: AuditFilter | None = None, *, limit: int | None = None) -> Iterator[AuditEntry]:
        """Go through the entries of the audit that a filter lets through, newest first."""
        request = ListAuditEntriesRequest(filter=wanted, page_size=PAGE_SIZE)
        for page in pages(self.audit.ListAuditEntries, request, lambda page: len(page.entries), limit):
            yield from page.entries

    def list_document_history(self, document_id: str, *, limit: int | None = None) -> Iterator[AuditEntry]:
        """Go through what was done to a document, newest first."""
        request = ListDocumentHistoryRequest(document_id=document_id, page_size=PAGE_SIZE)
        for page in pages(self.audit.ListDocumentHistory, request, lambda page: len(page.entries), limit):
            yield from page.entries

    def list_jobs(self, states: Sequence[JobState.ValueType] = (), *, document_id: str = "", limit: int | None = None) -> Iterator[Job]:
        """Go through the jobs, newest first."""
        request = ListJobsRequest(page_size=PAGE_SIZE, states=states, document_id=document_id)
        for page in pages(self.admin.ListJobs, request, lambda page: len(page.jobs), limit):
            yield from page.jobs
