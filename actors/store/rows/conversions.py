"""Rows become values, and values rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from actors.store.nouns.access import AccessId
from actors.store.nouns.archive import Document, DocumentId, DocumentWarning, JobId
from actors.store.nouns.catalog import FieldEntry, LabelId, NamedLabel
from actors.store.nouns.identity import UserId
from actors.store.nouns.jobs import Job, JobState
from actors.store.nouns.pages import PageRecord
from actors.store.rows.archive import DocumentRow, JobRow, PageRow
from actors.store.rows.ordering import UNDATED


def document_of(row: DocumentRow, tags: Sequence[LabelId], names: Mapping[int, str], fields: tuple[FieldEntry, ...]) -> Document:
    """Make a document of its row, its tags, the names of those of its labels that are seen, and its custom fields."""
    tags = [tag for tag in tags if tag in names]
    return Document(
        id=DocumentId(row.id),
        revision=row.revision,
        title=row.title,
        original_filename=row.original_filename,
        mime_type=row.mime_type,
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        state=row.state,
        page_count=row.page_count,
        language=row.language,
        tags=tuple(sorted(names[tag] for tag in tags)),
        created_date=None if row.created_date == UNDATED else row.created_date,
        added_time=row.added_time,
        update_time=row.update_time,
        delete_time=row.delete_time,
        warnings=tuple(map(warning_of, row.warnings)),
        has_archive=row.has_archive,
        encrypted=row.encrypted,
        signed=row.signed,
        duplicate_count=row.duplicate_count,
        correspondent=named(row.correspondent_id, names),
        document_type=named(row.type_id, names),
        storage_path=named(row.path_id, names),
        tag_ids=tuple(tags),
        asn=row.asn,
        fields=fields,
        form=row.form,
        version=row.version,
        version_count=row.version_count,
        owner=None if row.owner_id is None else UserId(row.owner_id),
        access=AccessId(row.access_id),
    )


def named(label_id: int | None, names: Mapping[int, str]) -> NamedLabel | None:
    """Name a label that a document has, if it has one that is seen."""
    return NamedLabel(LabelId(label_id), names[label_id]) if label_id is not None and label_id in names else None


def warnings_of(warnings: Iterable[DocumentWarning]) -> list[dict[str, Any]]:
    """Make JSON of warnings."""
    return [
        {"code": warning.code, "message": warning.message, "page": warning.page}
        | ({"documents": list(warning.documents)} if warning.documents else {})
        for warning in warnings
    ]


def warning_of(kept: Mapping[str, Any]) -> DocumentWarning:
    """Make a warning of its JSON."""
    documents = tuple(map(DocumentId, kept.get("documents", ())))
    return DocumentWarning(kept["code"], kept["message"], kept["page"], documents)


def job_of(row: JobRow) -> Job:
    """Make a job of its row."""
    return Job(
        id=JobId(row.id),
        document_id=None if row.document_id is None else DocumentId(row.document_id),
        kind=row.kind,
        state=row.state,
        step=row.step,
        pages_done=row.pages_done,
        pages_total=row.pages_total,
        error=row.error,
        attempt=row.attempt,
        fence=row.fence,
        label=row.label,
        options=dict(row.options),
        change=row.change,
        create_time=row.create_time,
        update_time=row.update_time,
        queue_time=row.queue_time or row.create_time,
        start_time=row.start_time,
        finish_time=row.finish_time,
        retry_time=row.due_time if row.state is JobState.RETRYING else None,
    )


def page_of(row: PageRow) -> PageRecord:
    """Make a page of its row."""
    return PageRecord(
        number=row.number,
        state=row.state,
        text=row.text,
        confidence=row.confidence,
        turned=row.turned,
        skew=row.skew,
        words=row.words,
        width=row.width,
        height=row.height,
        barcodes=tuple(row.barcodes or ()),
        barcodes_read=row.barcodes is not None,
        replaces=row.replaces,
        warning=row.warning,
        languages=tuple(row.languages.split()),
        script=row.script,
    )


def page_row(document_id: DocumentId, page: PageRecord) -> PageRow:
    """Make a row of a page."""
    return PageRow(
        document_id=document_id,
        number=page.number,
        state=page.state,
        text=page.text,
        confidence=page.confidence,
        turned=page.turned,
        skew=page.skew,
        words=page.words,
        width=page.width,
        height=page.height,
        barcodes=list(page.barcodes) if page.barcodes_read else None,
        replaces=page.replaces,
        warning=page.warning,
        languages=" ".join(page.languages),
        script=page.script,
    )
