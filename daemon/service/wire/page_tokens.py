"""Opaque tokens that say where a list or a stream goes on, and hold only for the query they were given for.

Tokens are no secret and open nothing by themselves, so their seal is a checksum.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence

from google.protobuf.message import Message

from actors.store.rows.columns import clean_text
from daemon.service.refusals import TokenMismatch

Position = Sequence[str | int | float | None]
_PAGING_FIELDS = ("page_size", "page_token", "skip", "resume_token")
_SEAL_BYTES = 12
_LARGEST = 2**63 - 1  # what the databases call an integer


def page_token(position: Position, request: Message) -> str:
    """Seal a position in the answer to a request."""
    body = json.dumps(position, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_seal(body, request) + body).decode().rstrip("=")


def position_of(field: str, token: str, request: Message) -> Position:
    """Open the token of a field; raises TokenMismatch unless it was sealed for the same query (another page size is the same query)."""
    try:
        data = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise TokenMismatch(field) from None
    seal, body = data[:_SEAL_BYTES], data[_SEAL_BYTES:]
    if seal != _seal(body, request):
        raise TokenMismatch(field)
    try:
        position = json.loads(body)
    except (ValueError, RecursionError):  # whoever knows how the seal is made can seal anything
        raise TokenMismatch(field) from None
    if not isinstance(position, list) or not all(_is_place(value) for value in position):
        raise TokenMismatch(field)
    return position


def _is_place(value: object) -> bool:
    """Tell whether a value can be compared with a column of the database."""
    match value:
        case bool():
            return False
        case str():
            return clean_text(value) == value
        case int() | float():
            return abs(value) <= _LARGEST
        case _:
            return value is None


def _seal(body: bytes, request: Message) -> bytes:
    query = type(request)()
    query.CopyFrom(request)
    for field in _PAGING_FIELDS:
        if field in query.DESCRIPTOR.fields_by_name:
            query.ClearField(field)
    digest = hashlib.sha256(query.DESCRIPTOR.full_name.encode())
    digest.update(query.SerializeToString(deterministic=True))
    digest.update(body)
    return digest.digest()[:_SEAL_BYTES]
