"""What is asked of documents, their pages, notes and reasons, and by search."""

from google.protobuf.message import Message

from scriba.v1 import assignments_pb2 as assignments
from scriba.v1 import bulk_edits_pb2 as bulk
from scriba.v1 import catalog_pb2 as catalog
from scriba.v1 import documents_pb2 as documents
from scriba.v1 import notes_pb2 as notes
from scriba.v1 import search_pb2 as search
from scriba.v1 import versions_pb2 as versions
from tests.service.matrix.line import Line, Needs, mask
from tests.service.matrix.thing import Thing


def _page(thing: Thing, request: type[Message], **more: object) -> Message:
    return request(request_id=f"request-{thing.document}", document_id=thing.document, **more)


def _update(thing: Thing) -> documents.UpdateDocumentRequest:
    return documents.UpdateDocumentRequest(document=documents.Document(id=thing.document, title="x"), update_mask=mask("title"))


def _upload(thing: Thing) -> list[Message]:
    start = documents.UploadDocumentRequest.Start(request_id=f"new-{thing.document}", filename="a.txt", size_bytes=8)
    return [documents.UploadDocumentRequest(start=start), documents.UploadDocumentRequest(chunk=thing.document.encode())]


def _write(thing: Thing) -> documents.WriteUploadRequest:
    start, chunk = (getattr(part, part.WhichOneof("part")) for part in _upload(thing))
    return documents.WriteUploadRequest(start=start, chunk=chunk)


_TURNED = [versions.TurnedPage(number=1)]
_PARTS = [versions.SplitDocumentRequest.Part(pages=[versions.TurnedPage(number=number)]) for number in (1, 2)]
_DOCUMENTS = {
    "UploadDocument": Line(_upload),
    "WriteUpload": Line(_write),
    "GetUpload": Line(lambda t: documents.GetUploadRequest(request_id=t.upload), Needs.VIEW, "UPLOAD_NOT_FOUND"),
    "ListDocuments": Line(lambda _: documents.ListDocumentsRequest()),
    "GetDocument": Line(lambda t: documents.GetDocumentRequest(id=t.document), Needs.VIEW),
    "BatchGetDocuments": Line(lambda t: documents.BatchGetDocumentsRequest(ids=[t.document]), Needs.VIEW),
    "UpdateDocument": Line(_update, Needs.EDIT),
    "BatchUpdateDocuments": Line(lambda t: documents.BatchUpdateDocumentsRequest(requests=[_update(t)]), Needs.EDIT),
    "DeleteDocument": Line(lambda t: documents.DeleteDocumentRequest(id=t.document), Needs.EDIT),
    "BatchDeleteDocuments": Line(lambda t: documents.BatchDeleteDocumentsRequest(ids=[t.document]), Needs.EDIT),
    "UndeleteDocument": Line(lambda t: documents.UndeleteDocumentRequest(id=t.trashed), Needs.EDIT),
    "PurgeDocument": Line(lambda t: documents.PurgeDocumentRequest(id=t.trashed), Needs.EDIT),
    "DownloadDocument": Line(lambda t: documents.DownloadDocumentRequest(id=t.document, kind=documents.FILE_KIND_TEXT), Needs.VIEW),
    "DownloadZip": Line(lambda t: documents.DownloadZipRequest(ids=[t.document]), Needs.VIEW, comes_to=("ORIGINAL_MISSING",)),
    "ReprocessDocument": Line(lambda t: documents.ReprocessDocumentRequest(id=t.document), Needs.EDIT),
    "UnlockDocument": Line(
        lambda t: documents.UnlockDocumentRequest(id=t.encrypted, password="x"), Needs.EDIT, comes_to=("ORIGINAL_MISSING",)
    ),
    "SuggestTags": Line(lambda t: documents.SuggestTagsRequest(id=t.document), Needs.VIEW),
    "SuggestValues": Line(lambda t: documents.SuggestValuesRequest(id=t.document), Needs.VIEW),
}
_ASSIGNMENTS = {
    "ListAssignments": Line(lambda t: assignments.ListAssignmentsRequest(document_id=t.document), Needs.VIEW),
    "UndoAssignment": Line(lambda t: assignments.UndoAssignmentRequest(document_id=t.document, id=t.assignment), Needs.EDIT),
    "TryRule": Line(
        lambda t: assignments.TryRuleRequest(matching=catalog.MATCHING_ANY, pattern="x", label_id=t.label),
        Needs.EXISTENCE,
        "LABEL_NOT_FOUND",
    ),
    "TryExtraction": Line(
        lambda _: assignments.TryExtractionRequest(field=catalog.Field(kind=catalog.FIELD_KIND_TEXT, extraction="x"), max_documents=1)
    ),
    "ApplyRules": Line(lambda t: assignments.ApplyRulesRequest(document_ids=[t.document], validate_only=True), Needs.VIEW),
}
_BULK_EDITS = {
    # What may not be changed, or is not there, is among the failures of the job.
    "StartBulkEdit": Line(
        lambda t: bulk.StartBulkEditRequest(documents=bulk.DocumentIds(ids=[t.document]), action=bulk.BULK_ACTION_DELETE),
        Needs.VIEW_OR_NO_WORD,
    ),
    "GetBulkEdit": Line(lambda t: bulk.GetBulkEditRequest(job_id=t.bulk_job), Needs.ORDERED, "JOB_NOT_FOUND"),
    "UndoBulkEdit": Line(
        lambda t: bulk.UndoBulkEditRequest(job_id=t.bulk_job), Needs.ORDERED, "JOB_NOT_FOUND", comes_to=("NOTHING_TO_UNDO",)
    ),
}
_NOTES = {
    "ListNotes": Line(lambda t: notes.ListNotesRequest(document_id=t.document), Needs.VIEW),
    "CreateNote": Line(lambda t: notes.CreateNoteRequest(document_id=t.document, text="x"), Needs.EDIT),
    "UpdateNote": Line(lambda t: notes.UpdateNoteRequest(document_id=t.document, id=t.note, text="x"), Needs.EDIT),
    "DeleteNote": Line(lambda t: notes.DeleteNoteRequest(document_id=t.document, id=t.note), Needs.EDIT),
}
_SEARCH = {
    "SearchDocuments": Line(lambda _: search.SearchDocumentsRequest(query="*")),
    "SuggestQueries": Line(lambda _: search.SuggestQueriesRequest(query="l", cursor=1)),
    "FindSimilarDocuments": Line(lambda t: search.FindSimilarDocumentsRequest(id=t.document), Needs.VIEW),
    "FindNearDuplicates": Line(lambda t: search.FindNearDuplicatesRequest(id=t.document), Needs.VIEW),
    "ListNearDuplicates": Line(lambda _: search.ListNearDuplicatesRequest()),
}
_VERSIONS = {
    "EditPages": Line(lambda t: _page(t, versions.EditPagesRequest, pages=_TURNED), Needs.EDIT),
    "MergeDocuments": Line(
        lambda t: versions.MergeDocumentsRequest(
            request_id=f"request-{t.document}",
            sources=[versions.MergeDocumentsRequest.Source(document_id=one) for one in (t.document, t.partner)],
        ),
        Needs.VIEW,
    ),
    "SplitDocument": Line(lambda t: _page(t, versions.SplitDocumentRequest, parts=_PARTS, delete_source=True), Needs.EDIT),
    "GetPageOrder": Line(lambda t: versions.GetPageOrderRequest(job_id=t.page_job), Needs.ORDERED, "JOB_NOT_FOUND"),
    "ListVersions": Line(lambda t: versions.ListVersionsRequest(document_id=t.document), Needs.VIEW),
    "UpdateVersion": Line(
        lambda t: versions.UpdateVersionRequest(
            version=versions.Version(document_id=t.document, number=1, label="x"), update_mask=mask("label")
        ),
        Needs.EDIT,
    ),
    "DeleteVersion": Line(lambda t: versions.DeleteVersionRequest(document_id=t.document, number=2), Needs.EDIT),
}
DOCUMENTS = {
    "DocumentService": _DOCUMENTS,
    "AssignmentService": _ASSIGNMENTS,
    "BulkEditService": _BULK_EDITS,
    "NoteService": _NOTES,
    "SearchService": _SEARCH,
    "VersionService": _VERSIONS,
}
