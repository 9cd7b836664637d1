"""The one error table: what each of our exceptions tells a caller. A test proves it complete; what is not in it is INTERNAL."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import grpc

from daemon.service import refusals
from daemon.service.refusals import Violation
from daemon.service.statuses import Status, status

E = TypeVar("E", bound=Exception)
Row = tuple[type[Exception], Callable[[Exception], Status]]
_CODE = grpc.StatusCode


def status_of(error: Exception) -> Status | None:
    """Return what to tell of an error, or None when the table doesn't know it."""
    for kind in type(error).__mro__:
        if tell := TABLE.get(kind):
            return tell(error)
    return None


def _row(
    kind: type[E],
    code: grpc.StatusCode,
    reason: str,
    metadata: Callable[[E], Mapping[str, str]] = lambda _: {},
    violations: Callable[[E], Sequence[Violation]] = lambda _: (),
    retry_seconds: float = 0.0,
) -> Row:
    def tell(error: Exception) -> Status:
        if not isinstance(error, kind):
            raise TypeError(f"{type(error)} is not {kind}")
        return status(code, str(error), reason, metadata(error), violations(error), retry_seconds)

    return kind, tell


TABLE: dict[type, Callable[[Exception], Status]] = dict(
    [
        _row(refusals.NotSignedIn, _CODE.UNAUTHENTICATED, "NOT_SIGNED_IN"),
        _row(refusals.RoleTooLow, _CODE.PERMISSION_DENIED, "ROLE_TOO_LOW", lambda error: {"role": error.least}),
        _row(refusals.DeadlineExceeded, _CODE.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED"),
        _row(refusals.ShuttingDown, _CODE.UNAVAILABLE, "SHUTTING_DOWN", retry_seconds=2.0),
        _row(refusals.InvalidRequest, _CODE.INVALID_ARGUMENT, "INVALID_REQUEST", violations=lambda error: error.violations),
        _row(
            refusals.PathRefused,
            _CODE.INVALID_ARGUMENT,
            "PATH_REFUSED",
            lambda error: {"path": error.path, "allowed": ",".join(error.allowed)},
            lambda error: [Violation("update_mask", str(error))],
        ),
        _row(
            refusals.TokenMismatch,
            _CODE.INVALID_ARGUMENT,
            "PAGE_TOKEN_MISMATCH",
            lambda error: {"field": error.field},
            lambda error: [Violation(error.field, str(error))],
        ),
        _row(refusals.UploadNotFound, _CODE.NOT_FOUND, "UPLOAD_NOT_FOUND"),
        _row(refusals.UploadBusy, _CODE.ABORTED, "UPLOAD_BUSY", retry_seconds=1.0),
        _row(
            refusals.UploadOffsetWrong,
            _CODE.FAILED_PRECONDITION,
            "UPLOAD_OFFSET_WRONG",
            lambda error: {"received_bytes": str(error.received)},
        ),
        _row(refusals.UploadIncomplete, _CODE.INVALID_ARGUMENT, "UPLOAD_INCOMPLETE", lambda error: {"received_bytes": str(error.received)}),
        _row(refusals.UploadTooLarge, _CODE.RESOURCE_EXHAUSTED, "UPLOAD_TOO_LARGE", lambda error: {"max_upload_bytes": str(error.most)}),
        _row(refusals.NoRoom, _CODE.RESOURCE_EXHAUSTED, "NO_ROOM", retry_seconds=60.0),
        _row(refusals.NoSuchFile, _CODE.NOT_FOUND, "NO_SUCH_FILE", lambda error: {"kind": error.kind}),
        _row(
            refusals.OutOfRange,
            _CODE.OUT_OF_RANGE,
            "OUT_OF_RANGE",
            lambda error: {"field": error.field, "last": str(error.most)},
            lambda error: [Violation(error.field, str(error))],
        ),
        _row(refusals.NotEncrypted, _CODE.FAILED_PRECONDITION, "NOT_ENCRYPTED"),
    ]
)
