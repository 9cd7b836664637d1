"""Our values and the contract's, in pairs."""

from collections.abc import Collection, Mapping, Sequence

from actors.checkup.findings import WORDS, Kind, Outcome
from actors.checkup.messages import Progress, Reported, Subject
from actors.index.messages import FacetCount, FacetField, Highlight, Hit, SuggestAnswer
from actors.ocr.messages import OcrMode
from actors.sandbox.level import SandboxLevel
from actors.store.nouns.archive import Document, DocumentId, DocumentState, DocumentWarning, JobId, Statistics
from actors.store.nouns.catalog import LabelKind
from actors.store.nouns.jobs import Job, JobKind, JobState
from actors.store.rows.columns import clean_text
from daemon.service.ports import Node, NodeState
from daemon.service.refusals import InvalidRequest, NoSuchDocument, NoSuchJob, Violation
from daemon.service.wire.fields import field_value_message
from daemon.service.wire.values import etag, number, timestamp
from scriba.v1 import admin_pb2, documents_pb2, search_pb2

DOCUMENT_STATES = {
    DocumentState.ACCEPTED: documents_pb2.DOCUMENT_STATE_ACCEPTED,
    DocumentState.PROCESSING: documents_pb2.DOCUMENT_STATE_PROCESSING,
    DocumentState.READY: documents_pb2.DOCUMENT_STATE_READY,
    DocumentState.FAILED: documents_pb2.DOCUMENT_STATE_FAILED,
}
JOB_STATES = {
    JobState.QUEUED: admin_pb2.JOB_STATE_QUEUED,
    JobState.RUNNING: admin_pb2.JOB_STATE_RUNNING,
    JobState.RETRYING: admin_pb2.JOB_STATE_RETRYING,
    JobState.SUCCEEDED: admin_pb2.JOB_STATE_SUCCEEDED,
    JobState.FAILED: admin_pb2.JOB_STATE_FAILED,
    JobState.CANCELLED: admin_pb2.JOB_STATE_CANCELLED,
}
JOB_KINDS = {
    JobKind.DOCUMENT: admin_pb2.JOB_KIND_DOCUMENT,
    JobKind.REBUILD_INDEX: admin_pb2.JOB_KIND_REBUILD_INDEX,
    JobKind.BULK_EDIT: admin_pb2.JOB_KIND_BULK_EDIT,
    JobKind.PAGES: admin_pb2.JOB_KIND_PAGES,
}
SANDBOX_LEVELS = {
    SandboxLevel.BUBBLEWRAP: admin_pb2.SANDBOX_LEVEL_BUBBLEWRAP,
    SandboxLevel.LANDLOCK: admin_pb2.SANDBOX_LEVEL_LANDLOCK,
    SandboxLevel.NONE: admin_pb2.SANDBOX_LEVEL_NONE,
}
NODE_STATES = {state: admin_pb2.NodeState.Value(f"NODE_STATE_{state.name}") for state in NodeState}
OCR_MODES = {
    OcrMode.SKIP: documents_pb2.OCR_MODE_SKIP,
    OcrMode.REDO: documents_pb2.OCR_MODE_REDO,
    OcrMode.FORCE: documents_pb2.OCR_MODE_FORCE,
    OcrMode.OFF: documents_pb2.OCR_MODE_OFF,
}
FACET_FIELDS = {
    FacetField.TAG: search_pb2.FACET_FIELD_TAG,
    FacetField.CORRESPONDENT: search_pb2.FACET_FIELD_CORRESPONDENT,
    FacetField.TYPE: search_pb2.FACET_FIELD_TYPE,
    FacetField.LANGUAGE: search_pb2.FACET_FIELD_LANGUAGE,
    FacetField.MIME: search_pb2.FACET_FIELD_MIME,
    FacetField.CREATED_YEAR: search_pb2.FACET_FIELD_CREATED_YEAR,
}
CHECK_SUBJECTS = {subject: admin_pb2.CheckSubject.Value(f"CHECK_SUBJECT_{subject.name}") for subject in Subject}
FINDING_KINDS = {kind: admin_pb2.FindingKind.Value(f"FINDING_KIND_{kind.name}") for kind in Kind}
FINDING_OUTCOMES = {outcome: admin_pb2.FindingOutcome.Value(f"FINDING_OUTCOME_{outcome.name}") for outcome in Outcome}
_JOB_STATES_BACK: Mapping[int, JobState] = {value: state for state, value in JOB_STATES.items()}
_OCR_MODES_BACK: Mapping[int, OcrMode] = {value: mode for mode, value in OCR_MODES.items()}
_CHECK_SUBJECTS_BACK: Mapping[int, Subject] = {value: subject for subject, value in CHECK_SUBJECTS.items()}
_FACET_FIELDS_BACK: Mapping[int, FacetField] = {value: field for field, value in FACET_FIELDS.items()}


def job_state(value: int) -> JobState:
    """Return our state for one of the contract's; raises InvalidRequest for _UNSPECIFIED."""
    if value not in _JOB_STATES_BACK:
        raise InvalidRequest(Violation("states", "must be a state that a job can have"))
    return _JOB_STATES_BACK[value]


def facet_field(value: int) -> FacetField:
    """Return our field for one of the contract's; raises InvalidRequest for _UNSPECIFIED."""
    if value not in _FACET_FIELDS_BACK:
        raise InvalidRequest(Violation("facets", "must be a field that finds can be counted by"))
    return _FACET_FIELDS_BACK[value]


def check_subjects(values: Sequence[int]) -> tuple[Subject, ...]:
    """Return our subjects for the contract's, all of them for none."""
    return tuple(_CHECK_SUBJECTS_BACK[value] for value in values) or tuple(Subject)


def ocr_mode(value: int) -> OcrMode | None:
    """Return our mode for one of the contract's; None for _UNSPECIFIED."""
    return _OCR_MODES_BACK.get(value)


def document_message(document: Document) -> documents_pb2.Document:
    """Tell a document."""
    return documents_pb2.Document(
        id=str(document.id),
        etag=etag(document.revision),
        title=document.title,
        original_filename=document.original_filename,
        mime_type=document.mime_type,
        size_bytes=document.size_bytes,
        sha256=document.sha256,
        state=DOCUMENT_STATES[document.state],
        page_count=document.page_count,
        language=document.language,
        tags=document.tags,
        created_date=document.created_date.isoformat() if document.created_date else "",
        added_time=timestamp(document.added_time),
        update_time=timestamp(document.update_time),
        delete_time=timestamp(document.delete_time),
        warnings=[warning_message(warning) for warning in document.warnings],
        has_archive=document.has_archive,
        encrypted=document.encrypted,
        signed=document.signed,
        duplicate_count=document.duplicate_count,
        correspondent=document.correspondent.name if document.correspondent else "",
        document_type=document.document_type.name if document.document_type else "",
        storage_path=document.storage_path.name if document.storage_path else "",
        archive_serial_number=document.asn or 0,
        fields=map(field_value_message, document.fields),
        version=document.version,
        version_count=document.version_count,
    )


def warning_message(warning: DocumentWarning) -> documents_pb2.Warning:
    """Tell a warning."""
    return documents_pb2.Warning(code=warning.code, message=warning.message, page=warning.page)


def job_message(job: Job) -> admin_pb2.Job:
    """Tell a job."""
    return admin_pb2.Job(
        id=str(job.id),
        document_id="" if job.document_id is None else str(job.document_id),
        kind=JOB_KINDS[job.kind],
        state=JOB_STATES[job.state],
        step=job.step,
        pages_done=job.pages_done,
        pages_total=job.pages_total,
        error=job.error,
        attempt=job.attempt,
        label=job.label,
        create_time=timestamp(job.create_time),
        update_time=timestamp(job.update_time),
        queue_time=timestamp(job.queue_time),
        start_time=timestamp(job.start_time),
        finish_time=timestamp(job.finish_time),
        retry_time=timestamp(job.retry_time),
    )


def document_id(text: str) -> DocumentId:
    """Read an id; raises NoSuchDocument for one that no document can have."""
    if not (row := number(text)):
        raise NoSuchDocument(text)
    return DocumentId(row)


def job_id(text: str) -> JobId:
    """Read an id; raises NoSuchJob for one that no job can have."""
    if not (row := number(text)):
        raise NoSuchJob(text)
    return JobId(row)


def statistics_message(figures: Statistics) -> admin_pb2.GetStatisticsResponse:
    """Tell the figures of the archive."""
    return admin_pb2.GetStatisticsResponse(
        documents=figures.documents,
        documents_deleted=figures.documents_deleted,
        documents_failed=figures.documents_failed,
        pages=figures.pages,
        original_bytes=figures.original_bytes,
        archive_bytes=figures.archive_bytes,
        index_bytes=figures.index_bytes,
        jobs_queued=figures.jobs_queued,
        jobs_running=figures.jobs_running,
        jobs_failed=figures.jobs_failed,
        documents_by_mime_type=figures.documents_by_mime_type,
        documents_by_language=figures.documents_by_language,
        tags=figures.labels[LabelKind.TAG],
        correspondents=figures.labels[LabelKind.CORRESPONDENT],
        document_types=figures.labels[LabelKind.DOCUMENT_TYPE],
        storage_paths=figures.labels[LabelKind.STORAGE_PATH],
        database=figures.database,
        database_bytes=figures.database_bytes,
    )


def node_message(node: Node, seen: Collection[DocumentId]) -> admin_pb2.Node:
    """Tell a machine, and of the pages that it reads those of documents that are seen."""
    minute, ten_minutes, hour = node.pages_lately
    return admin_pb2.Node(
        id=node.id,
        hostname=node.hostname,
        head=node.head,
        alive=node.state is not NodeState.AWAY,
        state=NODE_STATES[node.state],
        join_time=timestamp(node.join_time) if node.join_time else None,
        last_seen_time=timestamp(node.seen_time) if node.seen_time else None,
        languages=node.languages,
        cores=node.cores,
        memory_bytes=node.memory_bytes,
        pages_reading=len(node.reading),
        pages_read=node.pages_read,
        reading=[
            admin_pb2.Node.Reading(document_id=str(one.document_id), page=one.page, since_time=timestamp(one.since))
            for one in node.reading
            if one.document_id in seen
        ],
        pages_read_in_minute=minute,
        pages_read_in_ten_minutes=ten_minutes,
        pages_read_in_hour=hour,
        sandbox=SANDBOX_LEVELS[node.sandbox] if node.sandbox else admin_pb2.SANDBOX_LEVEL_UNSPECIFIED,
    )


def result_message(hit: Hit, document: Document) -> search_pb2.SearchResult:
    """Tell a find."""
    return search_pb2.SearchResult(
        document=document_message(document), score=hit.score, highlights=[highlight_message(highlight) for highlight in hit.highlights]
    )


def highlight_message(highlight: Highlight) -> search_pb2.Highlight:
    """Tell where in a document the words stand."""
    ranges = [search_pb2.Highlight.Range(start=start, end=end) for start, end in highlight.ranges]
    return search_pb2.Highlight(page=highlight.page, text=highlight.text, ranges=ranges)


def facet_message(field: FacetField, counts: Sequence[FacetCount]) -> search_pb2.Facet:
    """Tell how many finds have which value."""
    told = [search_pb2.Facet.Count(value=count.value, count=count.count) for count in counts]
    return search_pb2.Facet(field=FACET_FIELDS[field], counts=told)


def suggestions_message(answer: SuggestAnswer) -> search_pb2.SuggestQueriesResponse:
    """Tell how a query can go on."""
    suggestions = [search_pb2.SuggestQueriesResponse.Suggestion(text=one.text, document_count=one.count) for one in answer.suggestions]
    return search_pb2.SuggestQueriesResponse(suggestions=suggestions, start=answer.start)


def progress_message(progress: Progress) -> admin_pb2.CheckProgress:
    """Tell how far a check is."""
    return admin_pb2.CheckProgress(subject=CHECK_SUBJECTS[progress.subject], done=progress.done, total=progress.total)


def finding_message(reported: Reported) -> admin_pb2.Finding:
    """Tell what a check has found; a file's name may be any bytes."""
    finding, words = reported.finding, WORDS[reported.finding.kind]
    return admin_pb2.Finding(
        kind=FINDING_KINDS[finding.kind],
        title=words.title,
        remedy=words.remedy,
        outcome=FINDING_OUTCOMES[reported.treated.outcome],
        document_id="" if finding.document_id is None else str(finding.document_id),
        path=clean_text(finding.path),
        detail=clean_text(finding.detail),
        quarantine_path=clean_text(reported.treated.place),
    )
