"""The store as the index sees it."""

from collections.abc import Collection, Mapping, Sequence

from actors.index.source import IndexDocument
from actors.store.nouns.archive import DocumentId, IndexEntry
from actors.store.nouns.catalog import LabelId, NamedLabel
from actors.store.store import Store


class Shelf:
    """Gives the index what changed and what documents say; the index knows no database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def pending(self, limit: int) -> Sequence[tuple[DocumentId, int]]:
        """List changes that the index has not seen."""
        return self._store.outbox.pending(limit)

    def done(self, handled: Sequence[tuple[DocumentId, int]]) -> None:
        """Forget changes that are in the index for good."""
        self._store.outbox.done(handled)

    def for_index(self, ids: Collection[DocumentId]) -> Mapping[DocumentId, IndexDocument]:
        """Read documents; those in the trash are left out."""
        return {entry.document.id: index_document(entry) for entry in self._store.documents.for_index(list(ids))}

    def ids(self, after: DocumentId, limit: int) -> Sequence[DocumentId]:
        """List ids above `after`, ascending."""
        return self._store.documents.ids(after, limit)

    def count(self) -> int:
        """Count the documents that are not in the trash."""
        return self._store.documents.count(deleted=False)


def index_document(entry: IndexEntry) -> IndexDocument:
    """Give the index all that it may find a document by; of labels and fields their ids, since their names may change."""
    document = entry.document
    return IndexDocument(
        id=document.id,
        revision=document.revision,
        title=document.title,
        pages=entry.texts,
        added=document.added_time,
        updated=document.update_time,
        filename=document.original_filename,
        mime=document.mime_type,
        language=document.language,
        state=document.state,
        page_count=document.page_count,
        created=document.created_date,
        asn=document.asn,
        correspondent=label_id(document.correspondent),
        type=label_id(document.document_type),
        path=label_id(document.storage_path),
        tags=document.tag_ids,
        notes=entry.notes,
        custom=tuple((one.field.id, one.field.kind, one.value) for one in document.fields),
        access=document.access,
        size_bytes=document.size_bytes,
        warnings=document.warnings,
    )


def label_id(label: NamedLabel | None) -> LabelId | None:
    """Give what the index knows of a label."""
    return None if label is None else label.id
