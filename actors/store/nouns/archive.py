"""The nouns of the archive: ids, states, and the values that rows become."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from actors.store.nouns.access import NOBODYS, AccessId
from actors.store.nouns.audit import Author
from actors.store.nouns.catalog import FieldEntry, FieldId, FieldValue, LabelId, LabelKind, NamedLabel
from actors.store.nouns.identity import UserId

DocumentId = NewType("DocumentId", int)
JobId = NewType("JobId", int)


class DocumentState(StrEnum):
    """Where a document stands, as its users see it."""

    ACCEPTED = "accepted"
    PROCESSING = "processing"
    READY = "ready"
    FAILED = "failed"


class DocumentForm(StrEnum):
    """Whether a document may still be divided or put together with another, is whole for good, or was replaced by others."""

    OPEN = "open"
    WHOLE = "whole"
    REPLACED = "replaced"


class SourceKind(StrEnum):
    """The door a document came in by."""

    FOLDER = "folder"
    UPLOAD = "upload"
    MAIL = "mail"
    SPLIT = "split"
    JOINED = "joined"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class DocumentWarning:
    """What a person should know about a document that is stored all the same; page 0 is the whole document.

    `documents` are the others that its message names: who may not see all of these is not told it.
    """

    code: str
    message: str
    page: int = 0
    documents: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentChanges:
    """What a person changes of a document, or sends along with it: None leaves a thing as it is, and an empty name empties it.

    Names of labels that are not there make new ones. `tags` are all that there shall be; `fields` are set or, with None, emptied.
    """

    title: str | None = None
    tags: tuple[str, ...] | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    created_date: date | None = None
    clear_created_date: bool = False
    correspondent: str | None = None
    document_type: str | None = None
    storage_path: str | None = None
    asn: int | None = None
    clear_asn: bool = False
    fields: tuple[tuple[FieldId, FieldValue | None], ...] = ()


NOTHING_GIVEN = DocumentChanges()


@dataclass(frozen=True, slots=True)
class ScanSide:
    """One side of some sheets, whose other side comes as another file into the same folder, within `patience`.

    `folder` is the digest of its path, `scan_ns` the time at which the file came to be there, in nanoseconds.
    """

    folder: str
    scan_ns: int
    patience: timedelta


@dataclass(frozen=True, slots=True)
class KeptSide:
    """A document that is one side of some sheets. `problem` says why it is read alone, '' while it may still be joined."""

    document_id: DocumentId
    folder: str
    scan_ns: int
    waits_until: datetime
    problem: str


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A file whose original is stored for good and that waits for its row. `title` is the file's own; a person's is in `given`.

    `owner` is whose it is to be, None for everyone's; `author` who brings it, and None, or no user, for a machine.
    `by` tells in words how it came, where that is worth a word.
    """

    sha256: str
    size_bytes: int
    mime_type: str
    original_filename: str
    title: str
    given: DocumentChanges = NOTHING_GIVEN
    side: ScanSide | None = None
    owner: UserId | None = None
    author: Author | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class SourceKey:
    """Names one delivery, so that the same delivery twice is one document (RELIABILITY R4).

    `key` is unique within `kind`: the request id of an upload, or of a file that came by mail; path, size, modification time and sha256 of
    a dropped file; sha256, job and pages of the scan that a document is a part of; job and both sha256 of the two sides that it was joined
    of; job and place of a part of a page order.
    """

    kind: SourceKind
    key: str

    @property
    def path(self) -> str:
        """Give the path of a dropped file, which stands last in its key (actors/intake/folder_door.py); '' for what came another way."""
        return self.key.split(" ", 4)[-1] if self.kind is SourceKind.FOLDER else ""


@dataclass(frozen=True, slots=True)
class Successor:
    """A document that takes the place of others. `payloads` are those of each of its pages' barcodes, None where nobody has looked.

    `warnings` tell what a person should know of how it was made.
    """

    new: NewDocument
    source: SourceKey
    payloads: tuple[tuple[str, ...] | None, ...] = ()
    warnings: tuple[DocumentWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of accepting: a new document with its job, or the one that was there."""

    document_id: DocumentId
    job_id: JobId | None
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Document:
    """One document as the database knows it. Times are UTC. What is said of its file is said of its newest version.

    `access` is the class that says who may see it.
    """

    id: DocumentId
    revision: int
    title: str
    original_filename: str
    mime_type: str
    size_bytes: int
    sha256: str
    state: DocumentState
    page_count: int
    language: str
    tags: tuple[str, ...]
    created_date: date | None
    added_time: datetime
    update_time: datetime
    delete_time: datetime | None
    warnings: tuple[DocumentWarning, ...]
    has_archive: bool
    encrypted: bool
    signed: bool
    duplicate_count: int
    correspondent: NamedLabel | None = None
    document_type: NamedLabel | None = None
    storage_path: NamedLabel | None = None
    tag_ids: tuple[LabelId, ...] = ()
    asn: int | None = None
    fields: tuple[FieldEntry, ...] = ()
    form: DocumentForm = DocumentForm.OPEN
    version: int = 1
    version_count: int = 1
    owner: UserId | None = None
    access: AccessId = NOBODYS


class SortField(StrEnum):
    """What a list of documents can be sorted by; equal documents stand in the order of their ids."""

    ADDED_TIME = "added_time"
    CREATED_DATE = "created_date"
    TITLE = "title"
    ID = "id"
    ASN = "archive_serial_number"
    PAGE_COUNT = "page_count"
    SIZE_BYTES = "size_bytes"


@dataclass(frozen=True, slots=True)
class DocumentOrder:
    """How a list of documents is sorted. Titles sort without case and accents.

    Documents without a date stand before all dates, and those without an archive serial number last in both directions.
    """

    field: SortField = SortField.ADDED_TIME
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of one document in an order: its sort key as text, and its id. Made by `cursor_of` (store/ordering.py)."""

    key: str
    id: DocumentId


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What the search index keeps of one document: `texts` holds one string per page, page 1 first."""

    document: Document
    texts: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FiledState:
    """How many documents are filed and read; `change` is another text as soon as one of them is another."""

    documents: int
    change: str


@dataclass(frozen=True, slots=True)
class FiledDocument:
    """What a document is filed under; its text is the same as long as its revision is."""

    id: DocumentId
    revision: int
    labels: Mapping[LabelKind, tuple[LabelId, ...]]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures of the archive. `pages`, `original_bytes` and the rest of a document count while it is not in the trash."""

    documents: int
    documents_deleted: int
    documents_failed: int
    pages: int
    original_bytes: int
    archive_bytes: int
    index_bytes: int
    jobs_queued: int
    jobs_running: int
    jobs_failed: int
    documents_by_mime_type: dict[str, int]
    documents_by_language: dict[str, int]
    labels: dict[LabelKind, int]
    database: str = ""
    database_bytes: int = 0
