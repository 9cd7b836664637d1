"""What a document is besides its words: `is:inbox` and its like."""

from collections.abc import Iterator
from enum import StrEnum

from tantivy import Query

from actors.index.basis import Basis
from actors.index.clauses import any_of, any_term, choosing, term
from actors.index.field_terms import whole_value
from actors.index.source import IndexDocument
from actors.store.nouns.archive import DocumentState

# Of a document that bears a warning, and of one whose warning names nothing that could be hidden from who sees the document.
_WARNED, _WARNED_PLAINLY = "is.warned", "is.warned-plainly"
_QUOTE = "'"


class Mark(StrEnum):
    """The values of the field `is`."""

    INBOX = "inbox"
    PROCESSING = "processing"
    FAILED = "failed"
    WARNED = "warned"


_STATES = {Mark.PROCESSING: (DocumentState.ACCEPTED, DocumentState.PROCESSING), Mark.FAILED: (DocumentState.FAILED,)}


def kept_marks(source: IndexDocument) -> Iterator[str]:
    """Tell what is kept of a document's marks; the rest follows from its state and its tags."""
    if source.warnings:
        yield _WARNED
    if any(not warning.documents and _QUOTE not in warning.message for warning in source.warnings):
        yield _WARNED_PLAINLY


def mark_query(mark: Mark, basis: Basis) -> Query:
    """Find documents with a mark, as far as whoever asks may know of it."""
    match mark:
        case Mark.INBOX:
            return choosing(any_term("label", sorted(basis.names.inbox - basis.names.hidden)))
        case Mark.WARNED:
            return choosing(term("present", _WARNED if basis.finds is None else _WARNED_PLAINLY))
        case _:
            return choosing(any_of([term("whole", whole_value("state", state)) for state in _STATES[mark]]))
