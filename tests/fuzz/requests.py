"""What a stranger can send to the port: page tokens, requests of every kind, and what is answered to a wrong one."""

import base64
from collections.abc import Callable, Mapping
from functools import cache

from google.protobuf.message import DecodeError, Message

from actors.intake.names import shown_text
from actors.store.nouns.catalog import Field, FieldFacts, FieldId, FieldKind
from daemon.service.around.errors import status_of
from daemon.service.around.validation import request_check
from daemon.service.documents import edits, listing, uploads
from daemon.service.finding import finding
from daemon.service.refusals import Refusal, TokenMismatch
from daemon.service.wire import archive as conversions
from daemon.service.wire import fields as field_conversions
from daemon.service.wire import page_tokens
from scriba.v1 import admin_pb2, documents_pb2, search_pb2
from tests.fuzz.target import Target, split, text

MOST_STATUS_BYTES = 8 * 1024
LARGEST = 2**63 - 1


def fuzz_page_token(data: bytes) -> None:
    """Any token, and any position under a seal that a stranger has worked out, is a place to go on from or a wrong token."""
    request = documents_pb2.ListDocumentsRequest(filter="tax")
    for token in (text(data), forged(data, request)):
        try:
            position = page_tokens.position_of("page_token", token, request)
        except TokenMismatch:
            continue
        assert isinstance(position, list)
        for value in position:
            assert isinstance(value, str | int | float | None), value
            assert not isinstance(value, int) or abs(value) <= LARGEST
            assert not isinstance(value, str) or "\0" not in value.encode().decode()


def forged(body: bytes, request: Message) -> str:
    """Seal a position as the server does; the seal is no secret."""
    return base64.urlsafe_b64encode(page_tokens._seal(body, request) + body).decode().rstrip("=")


def fuzz_request(data: bytes) -> None:
    """Any bytes are a request that can be read, or are refused in words that fit into the answer's metadata."""
    which, body = split(data, 2)
    name = tuple(READERS)[sum(which) % len(READERS)]
    kind, read = READERS[name]
    try:
        request = kind.FromString(body)
    except DecodeError:
        return
    try:
        check()(request)
        read(request)
    except Refusal as refusal:
        status = status_of(refusal)
        assert status is not None, refusal
        assert status.ByteSize() < MOST_STATUS_BYTES, refusal


FIELDS = tuple(
    Field(FieldId(number), kind, 1, FieldFacts(kind, {1: "one", 2: "two"} if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else None))
    for number, kind in enumerate(FieldKind, 1)
)


@cache
def check() -> Callable[[Message], None]:
    """Compile the rules of the contract once."""
    return request_check()


def _read_update(request: documents_pb2.UpdateDocumentRequest) -> None:
    fields = {name: FIELDS[sum(name.encode()) % len(FIELDS)] for name in edits.fields_named([request])}
    _, changes, _ = edits.update_of(request, fields)
    for value in (changes.title or "a title", *(changes.tags or ())):
        assert value == shown_text(value) != "", ascii(value)


def _read_list(request: documents_pb2.ListDocumentsRequest) -> None:
    after = listing._after(request, listing.order_of(request.order_by))
    assert after is None or abs(after.id) <= LARGEST
    finding.found_order(request.order_by, listing.DEFAULT_ORDER)
    finding.found_after(request)


def _read_search(request: search_pb2.SearchDocumentsRequest) -> None:
    finding.found_order(request.order_by, "relevance")
    finding.found_after(request)
    for value in request.facets:
        conversions.facet_field(value)


def _read_jobs(request: admin_pb2.ListJobsRequest) -> None:
    for state in request.states:
        conversions.job_state(state)
    if request.document_id:
        conversions.document_id(request.document_id)


def _read_start(request: documents_pb2.UploadDocumentRequest) -> None:
    named = field_conversions.field_names(request.start.fields)
    uploads.given_of(request.start, {name: FIELDS[sum(name.encode()) % len(FIELDS)] for name in named})


def _read_id(request: documents_pb2.GetDocumentRequest) -> None:
    assert 0 < conversions.document_id(request.id) <= LARGEST


def _read_batch(request: documents_pb2.BatchUpdateDocumentsRequest) -> None:
    edits.batch_of(request.requests, dict.fromkeys(edits.fields_named(request.requests), FIELDS[0]))


def _read_reprocess(request: documents_pb2.ReprocessDocumentRequest) -> None:
    conversions.ocr_mode(request.ocr_mode)


READERS: Mapping[str, tuple[type[Message], Callable[..., None]]] = {
    "update": (documents_pb2.UpdateDocumentRequest, _read_update),
    "batch": (documents_pb2.BatchUpdateDocumentsRequest, _read_batch),
    "list": (documents_pb2.ListDocumentsRequest, _read_list),
    "search": (search_pb2.SearchDocumentsRequest, _read_search),
    "jobs": (admin_pb2.ListJobsRequest, _read_jobs),
    "upload": (documents_pb2.UploadDocumentRequest, _read_start),
    "get": (documents_pb2.GetDocumentRequest, _read_id),
    "reprocess": (documents_pb2.ReprocessDocumentRequest, _read_reprocess),
}


def _update(title: str, *paths: str, **fields: object) -> documents_pb2.UpdateDocumentRequest:
    request = documents_pb2.UpdateDocumentRequest(document=documents_pb2.Document(id="1", etag="2", title=title, **fields))  # type: ignore[arg-type]
    request.update_mask.paths.extend(paths)
    return request


def _sample(name: str, request: Message) -> bytes:
    return bytes([tuple(READERS).index(name)]) + b"\xff" + request.SerializeToString()


_START = documents_pb2.UploadDocumentRequest.Start(request_id="12345678", filename="a")
_FACETS = (search_pb2.FACET_FIELD_TAG, search_pb2.FACET_FIELD_TYPE)
_STATES = (admin_pb2.JOB_STATE_QUEUED, admin_pb2.JOB_STATE_FAILED)
_AGAIN = documents_pb2.ReprocessDocumentRequest(id="1", ocr_mode=documents_pb2.OCR_MODE_SKIP, ocr_language="deu+eng")
_LIST = documents_pb2.ListDocumentsRequest(order_by="title desc", page_size=10, filter="tax")
_TAGGED = _update("A", "title", "tags", "created_date", tags=["a", "b"], created_date="2024-02-29")
TARGETS = (
    Target(
        fuzz_page_token,
        (
            b'["2024-01-01T00:00:00",5]',
            b"[5]",
            b"[1.5,null]",
            page_tokens.page_token(["a", 1], documents_pb2.ListDocumentsRequest(filter="tax")).encode(),
        ),
    ),
    Target(
        fuzz_request,
        (
            _sample("update", _TAGGED),
            _sample("update", _update("A", "id")),
            _sample("batch", documents_pb2.BatchUpdateDocumentsRequest(requests=[_TAGGED, _update("B", "title")])),
            _sample("list", _LIST),
            _sample("search", search_pb2.SearchDocumentsRequest(query="a", order_by="relevance", facets=_FACETS)),
            _sample("jobs", admin_pb2.ListJobsRequest(states=_STATES, document_id="5")),
            _sample(
                "upload",
                documents_pb2.UploadDocumentRequest(start=_START),
            ),
            _sample("upload", documents_pb2.UploadDocumentRequest(chunk=b"chunk")),
            _sample("get", documents_pb2.GetDocumentRequest(id="12")),
            _sample("reprocess", _AGAIN),
        ),
    ),
)
