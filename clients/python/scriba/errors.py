"""What the server, or the way to it, answers instead of what was asked for: one class per status code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, cast

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.message import DecodeError
from google.rpc import error_details_pb2, status_pb2  # type: ignore[import-untyped]  # the package has no py.typed mark
from grpc_status import rpc_status


@dataclass(frozen=True, slots=True)
class Violation:
    """One field of a request that the server refuses, and why."""

    field: str
    description: str


class Error(Exception):
    """A call that failed; `str()` of it is meant for a person, `reason` and `metadata` for a program."""

    code: ClassVar[grpc.StatusCode] = grpc.StatusCode.UNKNOWN

    def __init__(
        self,
        message: str,
        *,
        reason: str = "",
        metadata: Mapping[str, str] | None = None,
        violations: Sequence[Violation] = (),
        retry_seconds: float | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason
        self.metadata = dict(metadata or {})
        self.violations = tuple(violations)
        self.retry_seconds = retry_seconds


class Cancelled(Error):
    """The call was given up, by this side or by the server."""

    code = grpc.StatusCode.CANCELLED


class InvalidArgument(Error):
    """The request itself is wrong; `violations` name the fields."""

    code = grpc.StatusCode.INVALID_ARGUMENT


class DeadlineExceeded(Error):
    """The answer did not come in time; what was asked for may have happened all the same."""

    code = grpc.StatusCode.DEADLINE_EXCEEDED


class NotFound(Error):
    """There is no such thing, or the caller may not see it."""

    code = grpc.StatusCode.NOT_FOUND


class AlreadyExists(Error):
    """What should be made is there already."""

    code = grpc.StatusCode.ALREADY_EXISTS


class PermissionDenied(Error):
    """The token's role does not suffice."""

    code = grpc.StatusCode.PERMISSION_DENIED


class ResourceExhausted(Error):
    """The server is out of room, or the request is above a limit."""

    code = grpc.StatusCode.RESOURCE_EXHAUSTED


class FailedPrecondition(Error):
    """The thing is not in a state in which this can be done."""

    code = grpc.StatusCode.FAILED_PRECONDITION


class Aborted(Error):
    """Somebody else changed the thing meanwhile, or the bytes did not arrive as they were sent."""

    code = grpc.StatusCode.ABORTED


class OutOfRange(Error):
    """There is no such page, or nothing at that offset."""

    code = grpc.StatusCode.OUT_OF_RANGE


class Unimplemented(Error):
    """This server does not know the call."""

    code = grpc.StatusCode.UNIMPLEMENTED


class Internal(Error):
    """The server has a fault; its log knows more."""

    code = grpc.StatusCode.INTERNAL


class Unavailable(Error):
    """The server cannot be reached, or is starting or stopping; trying again later may help."""

    code = grpc.StatusCode.UNAVAILABLE


class CertificateRefused(Error):
    """Server and caller don't believe each other's certificates; nothing was sent. Trying again changes nothing."""

    code = grpc.StatusCode.UNAVAILABLE


class DataLoss(Error):
    """Bytes are lost or damaged."""

    code = grpc.StatusCode.DATA_LOSS


class Unauthenticated(Error):
    """The token is missing or not valid."""

    code = grpc.StatusCode.UNAUTHENTICATED


BY_CODE: Mapping[grpc.StatusCode, type[Error]] = {
    kind.code: kind
    for kind in (
        Error, Cancelled, InvalidArgument, DeadlineExceeded, NotFound, AlreadyExists, PermissionDenied, ResourceExhausted,
        FailedPrecondition, Aborted, OutOfRange, Unimplemented, Internal, Unavailable, DataLoss, Unauthenticated,
    )
}  # fmt: skip


# How gRPC says that we don't believe the server, and that the server ends what we have begun; there are no codes for it.
_SERVER_REFUSED = "CERTIFICATE_VERIFY_FAILED"
_CALLER_REFUSED = "TSI_DATA_CORRUPTED"


def _refused_certificate(words: str) -> CertificateRefused | None:
    if _SERVER_REFUSED in words:
        why = words.partition(f"{_SERVER_REFUSED}: ")[2].removesuffix(": OK")
        return CertificateRefused(f"the server's certificate is not trusted ({why})", reason="SERVER_CERTIFICATE")
    if _CALLER_REFUSED in words:
        return CertificateRefused(
            "the server wants a certificate of the caller, from an authority that it knows", reason="CALLER_CERTIFICATE"
        )
    return None


def error_of(failure: grpc.RpcError) -> Error:
    """Turn a failed RPC into ours, with the details that the server attached."""
    words = failure.details() or ""
    if failure.code() is grpc.StatusCode.UNAVAILABLE and (refused := _refused_certificate(words)):
        return refused
    details = _details(failure)
    info = error_details_pb2.ErrorInfo()
    bad_request = error_details_pb2.BadRequest()
    retry = error_details_pb2.RetryInfo()
    for detail in details:
        for message in (info, bad_request, retry):
            detail.Unpack(message)
    return BY_CODE.get(failure.code(), Error)(
        words or failure.code().name.replace("_", " ").lower(),
        reason=info.reason,
        metadata=info.metadata,
        violations=[Violation(each.field, each.description) for each in bad_request.field_violations],
        retry_seconds=retry.retry_delay.ToTimedelta().total_seconds() if retry.HasField("retry_delay") else None,
    )


def _details(failure: grpc.RpcError) -> Sequence[AnyMessage]:
    try:
        status: status_pb2.Status | None = rpc_status.from_call(cast("grpc.Call", failure))
    except (ValueError, DecodeError):  # details of another failure, or of no shape that we know: the code and the words still stand
        return ()
    return tuple(status.details) if status is not None else ()
