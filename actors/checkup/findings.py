"""What a check can find, in words: what it means, and what repair does about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from actors.store.nouns.archive import DocumentId


class Kind(StrEnum):
    """What is not as it should be."""

    ORIGINAL_MISSING = "original_missing"
    ORIGINAL_CHANGED = "original_changed"
    ORIGINAL_UNREADABLE = "original_unreadable"
    ORIGINAL_WRITABLE = "original_writable"
    ORIGINAL_NOT_A_FILE = "original_not_a_file"
    ORIGINAL_EXTRA = "original_extra"
    ARCHIVE_MISSING = "archive_missing"
    ARCHIVE_DAMAGED = "archive_damaged"
    ARCHIVE_MISCOUNTED = "archive_miscounted"
    THUMBNAIL_MISSING = "thumbnail_missing"
    THUMBNAIL_DAMAGED = "thumbnail_damaged"
    FILE_EXTRA = "file_extra"
    INDEX_DAMAGED = "index_damaged"
    INDEX_MISSING = "index_missing"
    INDEX_STALE = "index_stale"
    INDEX_GHOST = "index_ghost"
    JOB_STUCK = "job_stuck"
    DOCUMENT_FORGOTTEN = "document_forgotten"
    PAGES_MISCOUNTED = "pages_miscounted"
    PAGES_UNREAD = "pages_unread"
    COUNTER_WRONG = "counter_wrong"
    ROW_ORPHANED = "row_orphaned"
    LEFT_OVER = "left_over"


class Outcome(StrEnum):
    """What was done about a finding."""

    FOUND = "found"
    MENDED = "mended"
    QUEUED = "queued"
    QUARANTINED = "quarantined"
    NEEDS_PERSON = "needs_person"


@dataclass(frozen=True, slots=True)
class Words:
    """What a kind of finding is called, and what repair does, as a sentence without its end."""

    title: str
    remedy: str


WORDS: Mapping[Kind, Words] = {
    Kind.ORIGINAL_MISSING: Words("Originals that are missing", "restore the file from a backup, or take the document in again"),
    Kind.ORIGINAL_CHANGED: Words(
        "Originals whose bytes have changed",
        "the wrong bytes go to quarantine; restore the file from a backup, or take the document in again",
    ),
    Kind.ORIGINAL_UNREADABLE: Words(
        "Originals that cannot be read", "permissions are set right; a file that the disk cannot read is restored from a backup by you"
    ),
    Kind.ORIGINAL_WRITABLE: Words("Originals with another mode than 0444", "the mode is set right"),
    Kind.ORIGINAL_NOT_A_FILE: Words(
        "Originals in whose place something else lies",
        "it goes to quarantine; restore the file from a backup, or take the document in again",
    ),
    Kind.ORIGINAL_EXTRA: Words("Files in originals/ that belong to no document", "they go to quarantine"),
    Kind.ARCHIVE_MISSING: Words("Searchable PDFs that are missing", "the document is read again"),
    Kind.ARCHIVE_DAMAGED: Words("Searchable PDFs that are damaged", "they go to quarantine, and the document is read again"),
    Kind.ARCHIVE_MISCOUNTED: Words("Searchable PDFs of which the database says something else", "the database is set right"),
    Kind.THUMBNAIL_MISSING: Words("Thumbnails that are missing", "they are drawn again"),
    Kind.THUMBNAIL_DAMAGED: Words("Thumbnails that are damaged", "they go to quarantine and are drawn again"),
    Kind.FILE_EXTRA: Words("Files made from documents that are gone or need them no more", "they go to quarantine"),
    Kind.INDEX_DAMAGED: Words("Damage to the search index", "it is built anew beside the old one"),
    Kind.INDEX_MISSING: Words("Documents that search does not know", "they are indexed"),
    Kind.INDEX_STALE: Words("Documents that search knows as they were before", "they are indexed again"),
    Kind.INDEX_GHOST: Words("Documents that search knows and that are gone", "they are taken out of the index"),
    Kind.JOB_STUCK: Words("Jobs that nobody would take up again", "they are queued again"),
    Kind.DOCUMENT_FORGOTTEN: Words("Documents that wait for a job that is not there", "they get a job; pages that are read stay read"),
    Kind.PAGES_MISCOUNTED: Words("Documents with more or fewer pages than they should have", "the document is read again"),
    Kind.PAGES_UNREAD: Words("Documents that are ready with pages unread", "the pages are read"),
    Kind.COUNTER_WRONG: Words("Wrong counts", "the database is set right"),
    Kind.ROW_ORPHANED: Words("Rows of documents that are gone", "they go to quarantine as JSON"),
    Kind.LEFT_OVER: Words("Files that work has left over", "they go to quarantine"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be. `path` begins at the data folder; `detail` is for a person.

    `evidence` is the finder's own: it tells whether the finding still stands.
    """

    kind: Kind
    document_id: DocumentId | None = None
    path: str = ""
    detail: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Treated:
    """What was done about a finding; `place` is where in the quarantine a thing lies now."""

    outcome: Outcome
    place: str = ""


FOUND = Treated(Outcome.FOUND)
MENDED = Treated(Outcome.MENDED)
QUEUED = Treated(Outcome.QUEUED)
NEEDS_PERSON = Treated(Outcome.NEEDS_PERSON)
