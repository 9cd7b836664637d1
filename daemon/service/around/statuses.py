"""Rich statuses: a canonical code with ErrorInfo, BadRequest and RetryInfo (AIP-193), and the concern that sends them."""

import secrets
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import grpc
import structlog
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo  # type: ignore[import-untyped]  # the package has no py.typed
from google.rpc.status_pb2 import Status  # type: ignore[import-untyped]  # likewise
from grpc_status import rpc_status

from daemon.service.around.calls import Call, Concern, Context
from daemon.service.refusals import Violation

DOMAIN = "scriba"
# These bounds keep a whole status within the 8 KiB of metadata that a client takes.
_MOST_VIOLATIONS = 8
_MOST_BYTES = 240

log = structlog.get_logger()


def status(
    code: grpc.StatusCode,
    message: str,
    reason: str,
    metadata: Mapping[str, str],
    violations: Sequence[Violation] = (),
    retry_seconds: float = 0.0,
) -> Status:
    """Build what a failed call tells. `reason` is UPPER_SNAKE_CASE, for programs; `message` is for a person."""
    told = Status(code=code.value[0], message=_short(message))
    details: list[Message] = [ErrorInfo(domain=DOMAIN, reason=reason, metadata={key: _short(value) for key, value in metadata.items()})]
    if violations:
        shown = violations[:_MOST_VIOLATIONS]
        details.append(
            BadRequest(
                field_violations=[BadRequest.FieldViolation(field=_short(one.field), description=_short(one.description)) for one in shown]
            )
        )
    if retry_seconds:
        retry = RetryInfo()
        retry.retry_delay.FromTimedelta(timedelta(seconds=retry_seconds))
        details.append(retry)
    for detail in details:
        told.details.add().Pack(detail)
    return told


def _field_violation(violation: Violation) -> Message:
    told: Message = BadRequest.FieldViolation(field=_short(violation.field), description=_short(violation.description))
    return told


def told(status_of: Callable[[Exception], Status | None]) -> Concern:
    """End a failed call with the status of its error; one nobody foresaw is logged whole and told by its id only."""

    @asynccontextmanager
    async def tell(call: Call) -> AsyncIterator[None]:
        try:
            yield
        except grpc.aio.BaseError:
            raise  # a status has been sent already
        except Exception as error:  # noqa: BLE001  # the edge of the server: nothing may leave it unnamed
            await _end(call.context, status_of(error) or _unforeseen(call, error))

    return tell


def _unforeseen(call: Call, error: Exception) -> Status:
    incident = secrets.token_hex(6)
    log.error("call failed", method=call.method, incident=incident, exc_info=error)
    message = f"something went wrong here; the server's log says more under {incident}"
    return status(grpc.StatusCode.INTERNAL, message, "UNFORESEEN", {"incident": incident})


async def _end(context: Context, reply: Status) -> None:
    final = rpc_status.to_status(reply)
    await context.abort(final.code, final.details or "", final.trailing_metadata or ())


def _short(text: str) -> str:
    data = text.encode()
    return text if len(data) <= _MOST_BYTES else data[: _MOST_BYTES - 3].decode(errors="ignore") + "…"
