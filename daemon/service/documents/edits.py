"""What a user asks to change of a document, checked before anything is touched."""

from collections.abc import Iterator, Mapping, Sequence

from actors.intake.names import shown_text
from actors.store.documents.documents import Update
from actors.store.nouns.archive import DocumentChanges
from actors.store.nouns.catalog import Field
from daemon.service.refusals import InvalidRequest, Violation
from daemon.service.wire.archive import document_id
from daemon.service.wire.fields import field_names, field_values
from daemon.service.wire.masks import paths_of
from daemon.service.wire.values import day_of, expected_revision
from scriba.v1 import documents_pb2

CHANGEABLE = (
    "title", "tags", "created_date", "correspondent", "document_type", "storage_path", "archive_serial_number", "fields",
)  # fmt: skip
# As for an upload (UploadDocumentRequest.Start); a Document carries no rules of its own, since the server sends it too.
LONGEST_TITLE, MOST_TAGS, LONGEST_NAME, MOST_FIELDS = 512, 100, 128, 100
LARGEST_ASN = 2**32 - 1
_LABELS = ("correspondent", "document_type", "storage_path")

Requests = Sequence[documents_pb2.UpdateDocumentRequest]
Fields = Mapping[str, Field]


def fields_named(requests: Requests) -> set[str]:
    """Name the custom fields that requests change; they are looked up before the requests are read."""
    return {name for request in requests if "fields" in request.update_mask.paths for name in field_names(request.document.fields)}


def update_of(request: documents_pb2.UpdateDocumentRequest, fields: Fields) -> Update:
    """Read a request; raises PathRefused for a path that cannot be changed and InvalidRequest for a value that cannot be."""
    changes = changes_of(request.document, paths_of(request.update_mask, CHANGEABLE), fields)
    return document_id(request.document.id), changes, expected_revision(request.document.etag)


def changes_of(document: documents_pb2.Document, paths: frozenset[str], fields: Fields) -> DocumentChanges:
    """Read the values at some paths of a document; raises InvalidRequest for one that cannot be."""
    if violations := tuple(_violations(document, paths)):
        raise InvalidRequest(*violations)
    day = day_of("document.created_date", document.created_date) if "created_date" in paths else None
    number = document.archive_serial_number if "archive_serial_number" in paths else None
    return DocumentChanges(
        title=shown_text(document.title) if "title" in paths else None,
        tags=tuple(dict.fromkeys(map(shown_text, document.tags))) if "tags" in paths else None,
        created_date=day,
        clear_created_date="created_date" in paths and day is None,
        correspondent=shown_text(document.correspondent) if "correspondent" in paths else None,
        document_type=shown_text(document.document_type) if "document_type" in paths else None,
        storage_path=shown_text(document.storage_path) if "storage_path" in paths else None,
        asn=number or None,
        clear_asn=number == 0,
        fields=field_values("document.fields", document.fields, fields) if "fields" in paths else (),
    )


def batch_of(requests: Requests, fields: Fields) -> tuple[list[Update], bool]:
    """Read many requests, and whether they are only to be checked; raises InvalidRequest when they disagree about that."""
    modes = {request.validate_only for request in requests}
    if len(modes) > 1:
        raise InvalidRequest(Violation("requests.validate_only", "must be the same in all requests: they are carried out together"))
    return [update_of(request, fields) for request in requests], modes.pop()


def _violations(document: documents_pb2.Document, paths: frozenset[str]) -> Iterator[Violation]:
    if "title" in paths and not 1 <= len(shown_text(document.title)) <= LONGEST_TITLE:
        yield Violation("document.title", f"must have 1 to {LONGEST_TITLE} characters")
    if "tags" in paths and len(document.tags) > MOST_TAGS:
        yield Violation("document.tags", f"must be at most {MOST_TAGS}")
    if "tags" in paths and not all(1 <= len(shown_text(tag)) <= LONGEST_NAME for tag in document.tags):
        yield Violation("document.tags", f"must each have 1 to {LONGEST_NAME} characters")
    for label in _LABELS:
        if label in paths and len(shown_text(getattr(document, label))) > LONGEST_NAME:
            yield Violation(f"document.{label}", f"must have at most {LONGEST_NAME} characters")
    if "archive_serial_number" in paths and not 0 <= document.archive_serial_number <= LARGEST_ASN:
        yield Violation("document.archive_serial_number", f"must be 1 to {LARGEST_ASN:,}, or 0 for none")
    if "fields" in paths and len(document.fields) > MOST_FIELDS:
        yield Violation("document.fields", f"must be at most {MOST_FIELDS}")
