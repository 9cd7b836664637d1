"""What a user asks to change of a document, checked before anything is touched."""

from collections.abc import Iterator, Sequence

from actors.intake.names import shown_text
from actors.store.documents import Update
from actors.store.types import DocumentChanges
from daemon.service.conversions import created_date, document_id, expected_revision
from daemon.service.refusals import InvalidRequest, PathRefused, Violation
from scriba.v1 import documents_pb2

CHANGEABLE = ("title", "tags", "created_date")
# As for an upload (UploadDocumentRequest.Start); a Document carries no rules of its own, since the server sends it too.
LONGEST_TITLE, MOST_TAGS, LONGEST_TAG = 512, 100, 128


def update_of(request: documents_pb2.UpdateDocumentRequest) -> Update:
    """Read a request; raises PathRefused for a path that cannot be changed and InvalidRequest for a value that cannot be."""
    for path in request.update_mask.paths:
        if path not in CHANGEABLE:
            raise PathRefused(path, CHANGEABLE)
    document, paths = request.document, frozenset(request.update_mask.paths)
    if violations := tuple(_violations(document, paths)):
        raise InvalidRequest(*violations)
    day = created_date("document.created_date", document.created_date) if "created_date" in paths else None
    changes = DocumentChanges(
        title=shown_text(document.title) if "title" in paths else None,
        tags=tuple(dict.fromkeys(map(shown_text, document.tags))) if "tags" in paths else None,
        created_date=day,
        clear_created_date="created_date" in paths and day is None,
    )
    return document_id(document.id), changes, expected_revision(document.etag)


def batch_of(requests: Sequence[documents_pb2.UpdateDocumentRequest]) -> tuple[list[Update], bool]:
    """Read many requests, and whether they are only to be checked; raises InvalidRequest when they disagree about that."""
    modes = {request.validate_only for request in requests}
    if len(modes) > 1:
        raise InvalidRequest(Violation("requests.validate_only", "must be the same in all requests: they are carried out together"))
    return [update_of(request) for request in requests], modes.pop()


def _violations(document: documents_pb2.Document, paths: frozenset[str]) -> Iterator[Violation]:
    if not paths:
        yield Violation("update_mask", f"must name what is to change: {', '.join(CHANGEABLE)}")
    if "title" in paths and not 1 <= len(shown_text(document.title)) <= LONGEST_TITLE:
        yield Violation("document.title", f"must have 1 to {LONGEST_TITLE} characters")
    if "tags" in paths and len(document.tags) > MOST_TAGS:
        yield Violation("document.tags", f"must be at most {MOST_TAGS}")
    if "tags" in paths and not all(1 <= len(shown_text(tag)) <= LONGEST_TAG for tag in document.tags):
        yield Violation("document.tags", f"must each have 1 to {LONGEST_TAG} characters")
