"""Services of the contract over an archive in memory."""
# ruff: noqa: N802  # the contract names the methods

import hashlib
from collections.abc import Iterator, Mapping
from typing import NoReturn

import grpc
from google.rpc import error_details_pb2, status_pb2  # type: ignore[import-untyped]  # the package has no py.typed mark
from grpc_status import rpc_status

from scriba.v1 import (
    access_pb2,
    accounts_pb2,
    accounts_pb2_grpc,
    admin_pb2,
    admin_pb2_grpc,
    assignments_pb2,
    assignments_pb2_grpc,
    catalog_pb2,
    documents_pb2,
    documents_pb2_grpc,
    search_pb2,
    search_pb2_grpc,
)
from tests.clients.fake_archive import FakeArchive

_CODE = grpc.StatusCode


def refuse(
    context: grpc.ServicerContext,
    code: grpc.StatusCode,
    message: str,
    reason: str = "",
    metadata: Mapping[str, str] | None = None,
    violations: Mapping[str, str] | None = None,
) -> NoReturn:
    """End a call as the server does: canonical code, ErrorInfo, and BadRequest where fields are wrong."""
    status = status_pb2.Status(code=code.value[0], message=message)
    status.details.add().Pack(error_details_pb2.ErrorInfo(domain="scriba", reason=reason, metadata=metadata or {}))
    if violations:
        fields = [error_details_pb2.BadRequest.FieldViolation(field=name, description=text) for name, text in violations.items()]
        status.details.add().Pack(error_details_pb2.BadRequest(field_violations=fields))
    context.abort_with_status(rpc_status.to_status(status))


class FakeAccounts(accounts_pb2_grpc.AccountServiceServicer):
    def GetAccount(self, request: accounts_pb2.GetAccountRequest, context: grpc.ServicerContext) -> accounts_pb2.GetAccountResponse:
        return accounts_pb2.GetAccountResponse(name="local", role=access_pb2.ROLE_ADMIN)


class FakeDocuments(documents_pb2_grpc.DocumentServiceServicer):
    def __init__(self, archive: FakeArchive) -> None:
        self._archive = archive

    def UploadDocument(
        self, request_iterator: Iterator[documents_pb2.UploadDocumentRequest], context: grpc.ServicerContext
    ) -> documents_pb2.UploadDocumentResponse:
        start = next(request_iterator).start
        self._archive.requests.append(start)
        self._archive.upload_offsets.append(start.offset)
        part = self._archive.parts.setdefault(start.request_id, bytearray())
        if start.offset != len(part):
            refuse(context, _CODE.FAILED_PRECONDITION, f"{len(part)} bytes have arrived", "UPLOAD_OFFSET_WRONG")
        cut = self._archive.faults.uploads.pop(0) if self._archive.faults.uploads else None
        for request in request_iterator:
            if cut is not None and len(part) >= cut:
                context.abort(_CODE.UNAVAILABLE, "socket closed")
            part.extend(request.chunk)
        if hashlib.sha256(part).hexdigest() != start.sha256:
            refuse(context, _CODE.ABORTED, "the bytes are not those that were announced", "CHECKSUM_MISMATCH")
        for document in self._archive.documents.values():
            if document.sha256 == start.sha256:
                return documents_pb2.UploadDocumentResponse(document=document, duplicate=True)
        document = self._archive.add_document(
            start.title or start.filename, bytes(part), tags=start.tags, created_date=start.created_date, original_filename=start.filename
        )
        state = self._archive.settled_jobs.get(f"j{document.id}", admin_pb2.JOB_STATE_QUEUED)
        job = self._archive.put_job(f"j{document.id}", state, document_id=document.id, label=start.filename)
        return documents_pb2.UploadDocumentResponse(document=document, job_id=job.id)

    def WriteUpload(self, request: documents_pb2.WriteUploadRequest, context: grpc.ServicerContext) -> NoReturn:
        refuse(context, _CODE.UNIMPLEMENTED, "no client here asks for it")

    def GetUpload(self, request: documents_pb2.GetUploadRequest, context: grpc.ServicerContext) -> documents_pb2.GetUploadResponse:
        if request.request_id not in self._archive.parts:
            refuse(context, _CODE.NOT_FOUND, "no such upload", "UPLOAD_NOT_FOUND")
        return documents_pb2.GetUploadResponse(received_bytes=len(self._archive.parts[request.request_id]))

    def ListDocuments(
        self, request: documents_pb2.ListDocumentsRequest, context: grpc.ServicerContext
    ) -> documents_pb2.ListDocumentsResponse:
        self._archive.requests.append(request)
        check_query(request.filter, context)
        shown = [each for each in self._archive.documents.values() if each.HasField("delete_time") == request.show_deleted]
        begin = int(request.page_token or 0)
        end = begin + (request.page_size or 50)
        token = str(end) if end < len(shown) else ""
        return documents_pb2.ListDocumentsResponse(documents=shown[begin:end], next_page_token=token, total_size=len(shown))

    def GetDocument(self, request: documents_pb2.GetDocumentRequest, context: grpc.ServicerContext) -> documents_pb2.GetDocumentResponse:
        return documents_pb2.GetDocumentResponse(document=self._find(request.id, context))

    def UpdateDocument(
        self, request: documents_pb2.UpdateDocumentRequest, context: grpc.ServicerContext
    ) -> documents_pb2.UpdateDocumentResponse:
        self._archive.requests.append(request)
        document = self._find(request.document.id, context)
        if request.document.etag not in ("", document.etag):
            refuse(context, _CODE.ABORTED, "somebody changed it meanwhile", "STALE_ETAG")
        changed = documents_pb2.Document()
        changed.CopyFrom(document)
        request.update_mask.MergeMessage(request.document, changed, replace_repeated_field=True)
        if not request.validate_only:
            document.CopyFrom(changed)
        return documents_pb2.UpdateDocumentResponse(document=changed)

    def DeleteDocument(
        self, request: documents_pb2.DeleteDocumentRequest, context: grpc.ServicerContext
    ) -> documents_pb2.DeleteDocumentResponse:
        document = self._find(request.id, context)
        document.delete_time.FromJsonString("2024-03-02T12:00:00Z")
        return documents_pb2.DeleteDocumentResponse(document=document)

    def UndeleteDocument(
        self, request: documents_pb2.UndeleteDocumentRequest, context: grpc.ServicerContext
    ) -> documents_pb2.UndeleteDocumentResponse:
        document = self._find_in_trash(request.id, context)
        document.ClearField("delete_time")
        return documents_pb2.UndeleteDocumentResponse(document=document)

    def PurgeDocument(
        self, request: documents_pb2.PurgeDocumentRequest, context: grpc.ServicerContext
    ) -> documents_pb2.PurgeDocumentResponse:
        del self._archive.documents[self._find_in_trash(request.id, context).id]
        return documents_pb2.PurgeDocumentResponse()

    def DownloadZip(self, request: documents_pb2.DownloadZipRequest, context: grpc.ServicerContext) -> NoReturn:
        refuse(context, _CODE.UNIMPLEMENTED, "no client here asks for it")

    def DownloadDocument(
        self, request: documents_pb2.DownloadDocumentRequest, context: grpc.ServicerContext
    ) -> Iterator[documents_pb2.DownloadDocumentResponse]:
        document = self._find(request.id, context)
        kind = request.kind or documents_pb2.FILE_KIND_ORIGINAL
        content = self._archive.files.get((request.id, kind))
        if content is None:
            refuse(context, _CODE.NOT_FOUND, "the document has no such file", "NO_FILE")
        self._archive.download_offsets.append(request.offset)
        cut = self._archive.faults.downloads.pop(0) if self._archive.faults.downloads else len(content)
        is_original = kind == documents_pb2.FILE_KIND_ORIGINAL
        info = documents_pb2.DownloadDocumentResponse.Info(
            filename=document.original_filename,
            mime_type=document.mime_type,
            size_bytes=len(content),
            sha256=document.sha256 if is_original else "",
        )
        yield documents_pb2.DownloadDocumentResponse(info=info)
        for begin in range(request.offset, cut, 100_000):
            yield documents_pb2.DownloadDocumentResponse(chunk=content[begin : min(begin + 100_000, cut)])
        if cut < len(content):
            context.abort(_CODE.UNAVAILABLE, "socket closed")

    def ReprocessDocument(
        self, request: documents_pb2.ReprocessDocumentRequest, context: grpc.ServicerContext
    ) -> documents_pb2.ReprocessDocumentResponse:
        self._archive.requests.append(request)
        return documents_pb2.ReprocessDocumentResponse(job_id=f"j{self._find(request.id, context).id}")

    def UnlockDocument(
        self, request: documents_pb2.UnlockDocumentRequest, context: grpc.ServicerContext
    ) -> documents_pb2.UnlockDocumentResponse:
        document = self._find(request.id, context)
        if request.password != "sesame":
            refuse(
                context, _CODE.INVALID_ARGUMENT, "wrong password", "WRONG_PASSWORD", violations={"password": "it does not open the file"}
            )
        return documents_pb2.UnlockDocumentResponse(job_id=f"j{document.id}")

    def SuggestTags(self, request: documents_pb2.SuggestTagsRequest, context: grpc.ServicerContext) -> documents_pb2.SuggestTagsResponse:
        document = self._find(request.id, context)
        found = self._archive.suggestions.get(document.id, [])
        return documents_pb2.SuggestTagsResponse(
            suggestions=[
                documents_pb2.TagSuggestion(tag=one.name, probability=one.probability)
                for one in found
                if one.kind == catalog_pb2.LABEL_KIND_TAG
            ]
        )

    def SuggestValues(
        self, request: documents_pb2.SuggestValuesRequest, context: grpc.ServicerContext
    ) -> documents_pb2.SuggestValuesResponse:
        document = self._find(request.id, context)
        labels, dates = self._archive.suggestions.get(document.id, []), self._archive.dates.get(document.id, [])
        return documents_pb2.SuggestValuesResponse(labels=labels, dates=dates)

    def BatchGetDocuments(self, request: documents_pb2.BatchGetDocumentsRequest, context: grpc.ServicerContext) -> NoReturn:
        refuse(context, _CODE.UNIMPLEMENTED, "no client here asks for it")

    def BatchUpdateDocuments(self, request: documents_pb2.BatchUpdateDocumentsRequest, context: grpc.ServicerContext) -> NoReturn:
        refuse(context, _CODE.UNIMPLEMENTED, "no client here asks for it")

    def BatchDeleteDocuments(self, request: documents_pb2.BatchDeleteDocumentsRequest, context: grpc.ServicerContext) -> NoReturn:
        refuse(context, _CODE.UNIMPLEMENTED, "no client here asks for it")

    def _find(self, document_id: str, context: grpc.ServicerContext) -> documents_pb2.Document:
        document = self._archive.documents.get(document_id)
        if document is None:
            refuse(context, _CODE.NOT_FOUND, f"there is no document {document_id}", "DOCUMENT_NOT_FOUND", {"document_id": document_id})
        return document

    def _find_in_trash(self, document_id: str, context: grpc.ServicerContext) -> documents_pb2.Document:
        document = self._find(document_id, context)
        if not document.HasField("delete_time"):
            refuse(context, _CODE.FAILED_PRECONDITION, f"document {document_id} is not in the trash", "NOT_IN_TRASH")
        return document


def check_query(query: str, context: grpc.ServicerContext) -> None:
    """Refuse a query with a bracket that is never closed, as the grammar does."""
    if "(" in query and ")" not in query:
        message = f"column {len(query) + 1}: the bracket is not closed; expected )"
        refuse(
            context, _CODE.INVALID_ARGUMENT, message, "QUERY_INVALID", {"column": str(len(query) + 1), "expected": ")"}, {"query": message}
        )


class FakeAssignments(assignments_pb2_grpc.AssignmentServiceServicer):
    def __init__(self, archive: FakeArchive) -> None:
        self._archive = archive

    def ListAssignments(
        self, request: assignments_pb2.ListAssignmentsRequest, context: grpc.ServicerContext
    ) -> assignments_pb2.ListAssignmentsResponse:
        return assignments_pb2.ListAssignmentsResponse(assignments=self._archive.assignments.get(request.document_id, []))

    def UndoAssignment(self, request: assignments_pb2.UndoAssignmentRequest, context: grpc.ServicerContext) -> NoReturn:
        refuse(context, _CODE.UNIMPLEMENTED, "no client here asks for it")

    def ApplyRules(self, request: assignments_pb2.ApplyRulesRequest, context: grpc.ServicerContext) -> NoReturn:
        refuse(context, _CODE.UNIMPLEMENTED, "no client here asks for it")

    def TryRule(self, request: assignments_pb2.TryRuleRequest, context: grpc.ServicerContext) -> NoReturn:
        refuse(context, _CODE.UNIMPLEMENTED, "no client here asks for it")

    def TryExtraction(self, request: assignments_pb2.TryExtractionRequest, context: grpc.ServicerContext) -> NoReturn:
        refuse(context, _CODE.UNIMPLEMENTED, "no client here asks for it")


class FakeSearch(search_pb2_grpc.SearchServiceServicer):
    def __init__(self, archive: FakeArchive) -> None:
        self._archive = archive

    def SearchDocuments(
        self, request: search_pb2.SearchDocumentsRequest, context: grpc.ServicerContext
    ) -> search_pb2.SearchDocumentsResponse:
        self._archive.requests.append(request)
        check_query(request.query, context)
        found = [result for document in self._archive.documents.values() if (result := self._match(document, request.query))]
        begin = int(request.page_token or 0)
        end = begin + (request.page_size or 20)
        counts = [search_pb2.Facet.Count(value="tax", count=len(found))]
        return search_pb2.SearchDocumentsResponse(
            results=found[begin:end],
            next_page_token=str(end) if end < len(found) else "",
            total_size=len(found),
            facets=[search_pb2.Facet(field=each, counts=counts) for each in request.facets],
        )

    def SuggestQueries(self, request: search_pb2.SuggestQueriesRequest, context: grpc.ServicerContext) -> NoReturn:
        refuse(context, _CODE.UNIMPLEMENTED, "no client here asks for it")

    def FindSimilarDocuments(
        self, request: search_pb2.FindSimilarDocumentsRequest, context: grpc.ServicerContext
    ) -> search_pb2.FindSimilarDocumentsResponse:
        others = [search_pb2.SearchResult(document=each) for each in self._archive.documents.values() if each.id != request.id]
        return search_pb2.FindSimilarDocumentsResponse(results=others[: request.page_size])

    def FindNearDuplicates(
        self, request: search_pb2.FindNearDuplicatesRequest, context: grpc.ServicerContext
    ) -> search_pb2.FindNearDuplicatesResponse:
        self._archive.requests.append(request)
        if request.id not in self._archive.documents:
            refuse(context, _CODE.NOT_FOUND, f"there is no document {request.id}", "DOCUMENT_NOT_FOUND", {"document_id": request.id})
        found = self._archive.near_duplicates.get(request.id, [])
        return search_pb2.FindNearDuplicatesResponse(duplicates=found[: request.page_size or 10])

    def ListNearDuplicates(
        self, request: search_pb2.ListNearDuplicatesRequest, context: grpc.ServicerContext
    ) -> search_pb2.ListNearDuplicatesResponse:
        self._archive.requests.append(request)
        groups = self._archive.groups
        begin = int(request.page_token or 0)
        end = begin + (request.page_size or 20)
        return search_pb2.ListNearDuplicatesResponse(groups=groups[begin:end], next_page_token=str(end) if end < len(groups) else "")

    def _match(self, document: documents_pb2.Document, query: str) -> search_pb2.SearchResult | None:
        text = self._archive.files[document.id, documents_pb2.FILE_KIND_TEXT].decode()
        at = text.find(query)
        if at < 0:
            return None
        ranges = [search_pb2.Highlight.Range(start=at, end=at + len(query))]
        highlights = [search_pb2.Highlight(page=3, text=text, ranges=ranges)]
        return search_pb2.SearchResult(document=document, score=1.5, highlights=highlights)


class FakeAdmin(admin_pb2_grpc.AdminServiceServicer):
    def __init__(self, archive: FakeArchive) -> None:
        self._archive = archive

    def ListJobs(self, request: admin_pb2.ListJobsRequest, context: grpc.ServicerContext) -> admin_pb2.ListJobsResponse:
        self._archive.requests.append(request)
        jobs = [
            job
            for job in self._archive.jobs.values()
            if (not request.states or job.state in request.states) and request.document_id in ("", job.document_id)
        ]
        begin = int(request.page_token or 0)
        end = begin + (request.page_size or 50)
        return admin_pb2.ListJobsResponse(jobs=jobs[begin:end], next_page_token=str(end) if end < len(jobs) else "")

    def GetJob(self, request: admin_pb2.GetJobRequest, context: grpc.ServicerContext) -> admin_pb2.GetJobResponse:
        return admin_pb2.GetJobResponse(job=self._find(request.id, context))

    def RetryJob(self, request: admin_pb2.RetryJobRequest, context: grpc.ServicerContext) -> admin_pb2.RetryJobResponse:
        if self._find(request.id, context).state != admin_pb2.JOB_STATE_FAILED:
            refuse(context, _CODE.FAILED_PRECONDITION, f"job {request.id} has not failed", "JOB_NOT_FAILED")
        return admin_pb2.RetryJobResponse(job=self._archive.put_job(request.id, admin_pb2.JOB_STATE_QUEUED))

    def CancelJob(self, request: admin_pb2.CancelJobRequest, context: grpc.ServicerContext) -> admin_pb2.CancelJobResponse:
        self._find(request.id, context)
        return admin_pb2.CancelJobResponse(job=self._archive.put_job(request.id, admin_pb2.JOB_STATE_CANCELLED))

    def WatchJobs(self, request: admin_pb2.WatchJobsRequest, context: grpc.ServicerContext) -> Iterator[admin_pb2.WatchJobsResponse]:
        self._archive.watch_tokens.append(request.resume_token)
        left = self._archive.faults.watches.pop(0) if self._archive.faults.watches else None
        at = int(request.resume_token or 0)
        while context.is_active():
            with self._archive.changed:
                if len(self._archive.changes) == at:
                    self._archive.changed.wait(timeout=0.1)
                news = self._archive.changes[at:]
            for job in news:
                at += 1
                if request.job_ids and job.id not in request.job_ids:
                    continue
                if left == 0:
                    context.abort(_CODE.UNAVAILABLE, "socket closed")
                left = None if left is None else left - 1
                yield admin_pb2.WatchJobsResponse(job=job, resume_token=str(at))

    def ListNodes(self, request: admin_pb2.ListNodesRequest, context: grpc.ServicerContext) -> admin_pb2.ListNodesResponse:
        head = admin_pb2.Node(
            id="a",
            hostname="archive",
            head=True,
            alive=True,
            cores=2,
            memory_bytes=8 * 10**9,
            pages_reading=2,
            pages_read=1234,
            sandbox=admin_pb2.SANDBOX_LEVEL_BUBBLEWRAP,
        )
        laptop = admin_pb2.Node(id="b", hostname="laptop", cores=8, memory_bytes=16 * 10**9)
        return admin_pb2.ListNodesResponse(nodes=[head, laptop])

    def GetStatistics(self, request: admin_pb2.GetStatisticsRequest, context: grpc.ServicerContext) -> admin_pb2.GetStatisticsResponse:
        return admin_pb2.GetStatisticsResponse(
            documents=1234,
            pages=5678,
            original_bytes=10**9,
            documents_by_mime_type={"application/pdf": 1234},
            characters=9_876_543,
            tags=12,
        )

    def GetGrowth(self, request: admin_pb2.GetGrowthRequest, context: grpc.ServicerContext) -> NoReturn:
        refuse(context, _CODE.UNIMPLEMENTED, "no client here asks for it")

    def GetAttention(self, request: admin_pb2.GetAttentionRequest, context: grpc.ServicerContext) -> admin_pb2.GetAttentionResponse:
        return admin_pb2.GetAttentionResponse(documents_in_inbox=17, free_bytes=10**11, disk_bytes=10**12)

    def ListTasks(self, request: admin_pb2.ListTasksRequest, context: grpc.ServicerContext) -> admin_pb2.ListTasksResponse:
        return admin_pb2.ListTasksResponse(tasks=self._archive.tasks)

    def GetServerInfo(self, request: admin_pb2.GetServerInfoRequest, context: grpc.ServicerContext) -> admin_pb2.GetServerInfoResponse:
        return admin_pb2.GetServerInfoResponse(version="0.1.0", api_version="v1", ocr_languages=["deu", "eng"], ocr_engine="tesseract 5.3")

    def RebuildIndex(self, request: admin_pb2.RebuildIndexRequest, context: grpc.ServicerContext) -> NoReturn:
        refuse(context, _CODE.UNIMPLEMENTED, "no client here asks for it")

    def CheckArchive(self, request: admin_pb2.CheckArchiveRequest, context: grpc.ServicerContext) -> NoReturn:
        refuse(context, _CODE.UNIMPLEMENTED, "no client here asks for it")

    def RepairArchive(self, request: admin_pb2.RepairArchiveRequest, context: grpc.ServicerContext) -> NoReturn:
        refuse(context, _CODE.UNIMPLEMENTED, "no client here asks for it")

    def _find(self, job_id: str, context: grpc.ServicerContext) -> admin_pb2.Job:
        job = self._archive.jobs.get(job_id)
        if job is None:
            refuse(context, _CODE.NOT_FOUND, f"there is no job {job_id}", "JOB_NOT_FOUND", {"job_id": job_id})
        return job
