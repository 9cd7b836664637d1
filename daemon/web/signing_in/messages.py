"""Messages of the contract as JSON over HTTP, and errors in the words of the one error table."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import grpc
from google.protobuf.json_format import MessageToDict, Parse, ParseError
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import RetryInfo  # type: ignore[import-untyped]  # the package has no py.typed
from google.rpc.status_pb2 import Status  # type: ignore[import-untyped]  # likewise
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from actors.store.errors import StoreError
from daemon.service.around.errors import status_of
from daemon.service.refusals import CalledFromElsewhere, InvalidRequest, Refusal, Violation

NEVER_KEPT = {"cache-control": "no-store"}
MOST_BYTES = 16 * 1024
M = TypeVar("M", bound=Message)
Answering = Callable[[Request], Awaitable[Response]]
_CODE = grpc.StatusCode
# As google.rpc.Code says of each.
_HTTP = {
    _CODE.INVALID_ARGUMENT: 400,
    _CODE.FAILED_PRECONDITION: 400,
    _CODE.UNAUTHENTICATED: 401,
    _CODE.PERMISSION_DENIED: 403,
    _CODE.NOT_FOUND: 404,
    _CODE.ALREADY_EXISTS: 409,
    _CODE.ABORTED: 409,
    _CODE.RESOURCE_EXHAUSTED: 429,
    _CODE.UNAVAILABLE: 503,
}
_STATUSES = {code.value[0]: http for code, http in _HTTP.items()}


async def read_message(request: Request, message: M, check: Callable[[Message], None]) -> M:
    """Read a message from JSON; raises InvalidRequest."""
    # A form of another site can send text, and never JSON by its name: for that a browser asks first, and is told no.
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise InvalidRequest(Violation("content-type", "must be application/json"))
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise InvalidRequest(Violation("request", f"has more than {MOST_BYTES:,} bytes"))
    try:
        Parse(body.decode("utf-8"), message)
    except (ParseError, UnicodeDecodeError):
        raise InvalidRequest(Violation("request", f"is no {type(message).__name__} in JSON")) from None
    check(message)
    return message


def as_json(message: Message, status: int = 200) -> JSONResponse:
    """Answer with a message, its fields named as in the contract."""
    told = MessageToDict(message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True)
    return JSONResponse(told, status_code=status, headers=NEVER_KEPT)


def telling(answering: Answering) -> Answering:
    """Tell what is refused as the RPCs do: a google.rpc.Status, in JSON."""

    async def answer(request: Request) -> Response:
        try:
            return await answering(request)
        except (Refusal, StoreError) as error:
            told = status_of(error)
            if told is None:
                raise
            return _refusal(told, 403 if isinstance(error, CalledFromElsewhere) else _STATUSES.get(told.code, 500))

    return answer


def _refusal(told: Status, http: int) -> Response:
    answer, retry = as_json(told, http), RetryInfo()
    if any(detail.Unpack(retry) for detail in told.details):
        answer.headers["retry-after"] = str(retry.retry_delay.seconds + 1)
    return answer
